namespace Auth.Domain.SignIns;

/// <summary>Step 3: offer the first proof. It converts on its own only where the person has nothing else to prove (R04).</summary>
public sealed record AttemptFirstFactor(Strategy? Strategy) : Guess
{
    /// <summary>What is guessed at.</summary>
    public static Authenticator Authenticator => Authenticator.Password;

    internal Decision? Before(SignIn.AwaitingFirstFactor signIn, Circumstances now) =>
        Strategy?.Traits() is not { First: true }                              ? Decision.Refuse(Refusal.StrategyInvalid)
        : signIn.Record.WrongGuessesOn(Authenticator) >= now.Dials.Tries       ? Refused(signIn, Refusal.TooManyAttempts, RefusalReason.Closed, null)
        : now.Standing.Waits(now.Now)                                          ? Refused(signIn, Refusal.Waiting, RefusalReason.Waiting, now.Standing.WaitUntil)
        : null;

    internal Decision Decide(SignIn.AwaitingFirstFactor signIn, Circumstances now) => Before(signIn, now) ?? (Verdict, now.User) switch
    {
        (Verdict.Wrong, _)                        => Decision.Refuse(Refusal.WrongPassword, leaving: new FirstFactorRejected(Authenticator)),
        (Verdict.Right, not { HasPassword: true })
                                                  => throw new InvalidOperationException("Nobody is right about a password that is not there."),
        (Verdict.Right, { Banned: true })         => Refused(signIn, Refusal.UserBanned, RefusalReason.Banned, null),
        (Verdict.Right, { } user) when user.IsLocked(now.Now)
                                                  => Refused(signIn, Refusal.UserLocked, RefusalReason.Locked, user.LockedUntil),
        (Verdict.Right, { HasSecondFactor: true } user)
                                                  => Decision.Accept(new FirstFactorVerified(Authenticator, Demand.SecondFactor, user.Epoch, now.Now + now.Dials.SecondFactorLife)),
        (Verdict.Right, { } user)                 => Decision.Accept(
                                                         new FirstFactorVerified(Authenticator, Demand.Nothing, user.Epoch, null),
                                                         new Converted(Session, now.Now + now.Dials.SessionLife)),
        _                                         => throw new InvalidOperationException("A guess was decided that nobody compared."),
    };

    private static Decision Refused(SignIn.AwaitingFirstFactor signIn, Refusal refusal, RefusalReason reason, DateTimeOffset? until) =>
        signIn.Record.Refusals.Contains((Authenticator, reason, until))
            ? Decision.RefuseUntil(until, refusal)
            : Decision.RefuseUntil(until, refusal, leaving: new FirstFactorRefused(Authenticator, reason, until));
}
