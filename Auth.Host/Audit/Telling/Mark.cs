using Auth.Domain.SignIns;

namespace Auth.Host.Audit.Telling;

/// <summary>How a fact of a sign-in is marked, at a terminal and in a picture.</summary>
internal enum Mark { Told, Right, Spared, Wrong, Refused, Ended }

/// <summary>One row per mark.</summary>
internal static class Marks
{
    /// <summary>The mark of a fact.</summary>
    internal static Mark Of(object fact) => fact switch
    {
        FirstFactorVerified or PasswordReset or SecondFactorVerified or Converted => Mark.Right,
        SecondFactorSkipped                                                       => Mark.Spared,
        FirstFactorRejected or SecondFactorRejected or TextUndeliverable          => Mark.Wrong,
        FirstFactorRefused or SecondFactorRefused                                 => Mark.Refused,
        Expired or Superseded or Invalidated                                      => Mark.Ended,
        _                                                                         => Mark.Told,
    };

    /// <summary>What it means.</summary>
    internal static string Words(this Mark mark) => mark switch
    {
        Mark.Right   => "right",
        Mark.Spared  => "not asked for",
        Mark.Wrong   => "wrong",
        Mark.Refused => "refused without a look",
        Mark.Ended   => "ended",
        _            => "told",
    };
}
