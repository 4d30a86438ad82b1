using Auth.Domain.Users;

namespace Auth.Domain.SignIns;

/// <summary>The table: who may ask for what, when. Rows are tried top down.</summary>
public static class SignInDecider
{
    /// <summary>What happens when this is asked of that sign-in, now.</summary>
    public static Decision Decide(SignInCommand command, SignIn signIn, Circumstances now) => (command, signIn) switch
    {
        (CreateSignIn c,        SignIn.NotStarted)                                => c.Decide(now),
        (BeginProved c,         SignIn.NotStarted)                                => c.Decide(now),
        (_,                     SignIn.NotStarted)                                => Decision.Refuse(Refusal.NoSuchSignIn),
        (CreateSignIn or BeginProved, _)                                                => Decision.Refuse(Refusal.OutOfOrder),
        (_,                     SignIn.Begun s) when s.IsOfAnother(now.User)      => throw new InvalidOperationException("These are the circumstances of another person."),

        (_,                     SignIn.Finished)                                  => Decision.Refuse(Refusal.AlreadyConverted),
        (_,                     SignIn.Ended { Why: Superseded })                 => Decision.Refuse(Refusal.SignInSuperseded),
        (_,                     SignIn.Ended)                                     => Decision.Refuse(Refusal.SignInExpired),

        (_,                     SignIn.Open s) when s.IsOver(now.Now)             => Decision.Refuse(Refusal.SignInExpired, leaving: new Expired()),
        (_,                     SignIn.Open s) when s.IsVoid(now)         => Decision.Refuse(Refusal.SignInExpired, leaving: new Invalidated(now.User?.Epoch)),

        (PrepareFirstFactor c,  SignIn.AwaitingFirstFactor s)                     => c.Decide(s, now),
        (ChallengeFirstFactor c, SignIn.AwaitingFirstFactor s)                    => c.Decide(s, now),
        (AttemptFirstFactor c,  SignIn.AwaitingFirstFactor s)                     => c.Decide(s, now),
        (ResetPassword c,       SignIn.AwaitingNewPassword s)                     => c.Decide(s, now),
        (PrepareSecondFactor c, SignIn.AwaitingSecondFactor s)                    => c.Decide(s, now),
        (ChallengeSecondFactor c, SignIn.AwaitingSecondFactor s)                  => c.Decide(s, now),
        (AttemptSecondFactor c, SignIn.AwaitingSecondFactor s)                    => c.Decide(s, now),
        _                                                                         => Decision.Refuse(Refusal.OutOfOrder),
    };

    /// <summary>Whether the host may compare this guess at all. If not, it computes nothing and the decision refuses (R55).</summary>
    public static bool MayGuess(Guess guess, SignIn signIn, Circumstances now) => (guess, signIn) switch
    {
        (_,                     SignIn.Begun s) when s.IsOfAnother(now.User)      => false,
        (_,                     SignIn.Open s) when s.IsOver(now.Now)             => false,
        (_,                     SignIn.Open s) when s.IsVoid(now)         => false,
        (CreateSignIn c,        SignIn.NotStarted)                                => c.Offered is not null && c.Before(now) is null,
        (AttemptFirstFactor c,  SignIn.AwaitingFirstFactor s)                     => c.Before(s, now) is null,
        (AttemptSecondFactor c, SignIn.AwaitingSecondFactor s)                    => c.Before(s, now) is null,
        _                                                                         => false,
    };

    /// <summary>Its time is over, for every reader at once, whether or not that was told yet (R10).</summary>
    public static bool IsOver(this SignIn.Open signIn, DateTimeOffset now) => now >= signIn.EndsAt;

    /// <summary>The person's factors are not those it was proved against (R06, R22, R63).</summary>
    public static bool IsVoid(this SignIn.Open signIn, Circumstances now) => signIn switch
    {
        SignIn.AwaitingSecondFactor s => now.User?.Epoch != s.First.Epoch,
        SignIn.AwaitingNewPassword s  => now.User?.Epoch != s.First.Epoch,
        _                             => false,
    };

    private static bool IsOfAnother(this SignIn.Begun signIn, User? user) => user is not null && user.Id != signIn.Identity.User && !signIn.IsUnnamed;
}
