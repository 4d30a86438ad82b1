using Auth.Domain.SignIns;
using Auth.Domain.Users;

namespace Auth.Host.Audit;

/// <summary>Where a sign-in stands, in words.</summary>
public static class Stages
{
    /// <summary>By its own facts alone.</summary>
    public static string Words(this SignIn signIn) => signIn switch
    {
        SignIn.NotStarted                            => "not begun",
        SignIn.AwaitingFirstFactor                   => "waiting for the first factor",
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
    public static string WordsAt(this SignIn signIn, DateTimeOffset at, User? user) => signIn switch
    {
        SignIn.Open open when at >= open.EndsAt => "expired: its time is over, not yet told",
        SignIn.AwaitingSecondFactor when user is { Erased: true } => "invalidated: the person was erased, not yet told",
        SignIn.AwaitingSecondFactor second when user is not null && user.Epoch != second.First.Epoch => "invalidated: the person's factors changed, not yet told",
        SignIn.AwaitingFirstFactor first when IsClosed(first, Authenticator.Password) => "waiting, with the password closed by wrong guesses",
        SignIn.AwaitingSecondFactor { Prepared: { } text } second when IsClosed(second, text.Authenticator) => "waiting, with the code closed by wrong guesses",
        SignIn.AwaitingSecondFactor { Prepared: { } text } when at >= text.Code.ExpiresAt => "waiting for a code; the one sent has run out",
        _ => signIn.Words(),
    };

    private static bool IsClosed(SignIn.Open signIn, Authenticator authenticator) => signIn.Record.WrongGuessesOn(authenticator) >= Dials.Shipped.Tries;
}
