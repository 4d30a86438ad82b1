using Auth.Domain.SignIns;
using Auth.Domain.Users;

namespace Auth.Host.Audit.Telling;

/// <summary>Where a sign-in stands, in words.</summary>
public static class Stages
{
    /// <summary>By its own facts alone.</summary>
    public static string Words(this SignIn signIn) => signIn switch
    {
        SignIn.NotStarted                            => "not begun",
        SignIn.AwaitingFirstFactor { Prepared: not null } => "waiting for the first factor; a code was sent",
        SignIn.AwaitingFirstFactor                   => "waiting for the first factor",
        SignIn.AwaitingNewPassword                   => "waiting for a new password",
        SignIn.AwaitingSecondFactor { Prepared: null } => "waiting for a second factor to be chosen",
        SignIn.AwaitingSecondFactor                  => "waiting for the code",
        SignIn.Proven                                => "proved, becoming a session",
        SignIn.Finished                              => "converted",
        SignIn.Ended { Why: Expired }                => "expired",
        SignIn.Ended { Why: Superseded }             => "superseded",
        SignIn.Ended                                 => "invalidated",
        _                                            => signIn.GetType().Name,
    };

    /// <summary>At an instant: time, and a change of the person's factors, end it for every reader before that is told (R01, R10).</summary>
    public static string WordsAt(this SignIn signIn, DateTimeOffset at, User? user, Dials dials) => signIn switch
    {
        SignIn.Open open when at >= open.EndsAt => "expired: its time is over, not yet told",
        SignIn.Open open when Proof(open) is not null && user is { Erased: true } => "invalidated: the person was erased, not yet told",
        SignIn.Open open when Proof(open) is { } first && user is not null && user.Epoch != first.Epoch => "invalidated: the person's factors changed, not yet told",
        SignIn.Open open when Closed(open, dials) is { } authenticator => $"waiting, with the {Changes.Name(authenticator)} closed by wrong guesses",
        SignIn.Open open when at >= Changes.Prepared(open)?.Code.ExpiresAt => "waiting for a code; the one sent has run out",
        _ => signIn.Words(),
    };

    private static FirstFactorVerified? Proof(SignIn.Open signIn) => signIn switch
    {
        SignIn.AwaitingNewPassword s  => s.First,
        SignIn.AwaitingSecondFactor s => s.First,
        _                             => null,
    };

    /// <summary>What this step could have been done with, and no longer can: the code that was sent last before anything else.</summary>
    private static Authenticator? Closed(SignIn.Open signIn, Dials dials) =>
        signIn.Record.WrongGuesses.Where(row => row.Value >= dials.Tries && IsAsked(signIn, row.Key)).Select(row => row.Key)
            .OrderBy(authenticator => authenticator == Changes.Prepared(signIn)?.Authenticator ? 0 : 1).FirstOrDefault();

    private static bool IsAsked(SignIn.Open signIn, Authenticator authenticator) => (authenticator.Strategy.Traits(), signIn) switch
    {
        ({ Prepared: true }, _)                            => authenticator == Changes.Prepared(signIn)?.Authenticator,
        ({ First: true }, SignIn.AwaitingFirstFactor)      => true,
        ({ Second: true }, SignIn.AwaitingSecondFactor)    => true,
        _                                                  => false,
    };
}
