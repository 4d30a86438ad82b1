namespace Auth.Domain.SignIns;

/// <summary>Step 3: offer the first proof. It converts on its own only where the person has nothing else to prove (R04).</summary>
public sealed record AttemptFirstFactor(Strategy? Strategy) : Guess
{
    /// <summary>What is guessed at; null where this strategy proves nothing here, or nothing was sent yet.</summary>
    public static Authenticator? On(Strategy? strategy, SignIn signIn) => strategy?.Traits() switch
    {
        { First: true, Prepared: true } => signIn is SignIn.AwaitingFirstFactor { Prepared: { } sent } && sent.Authenticator.Strategy == strategy ? sent.Authenticator : null,
        { First: true, Begins: false }  => new Authenticator(strategy.Value),
        _                               => null,
    };

    internal Decision? Before(SignIn.AwaitingFirstFactor signIn, Circumstances now) =>
        Strategy?.Traits() is not { First: true, Begins: false } traits          ? Decision.Refuse(Refusal.StrategyInvalid)
        : On(Strategy, signIn) is not { } authenticator                          ? Decision.Refuse(Refusal.NotPrepared)
        : FirstFactorRules.Refused(signIn, authenticator, now)
          ?? (traits.Prepared && now.Now >= signIn.Prepared!.Code.ExpiresAt      ? FirstFactorRules.Refused(signIn, authenticator, Refusal.CodeExpired, RefusalReason.CodeExpired, null)
        : null);

    internal Decision Decide(SignIn.AwaitingFirstFactor signIn, Circumstances now) =>
        Before(signIn, now) ?? Decide(On(Strategy, signIn)!, signIn, now);

    private Decision Decide(Authenticator authenticator, SignIn.AwaitingFirstFactor signIn, Circumstances now) => (Verdict, now.User) switch
    {
        (Verdict.Wrong, _)                        => Decision.Refuse(authenticator.Strategy is SignIns.Strategy.Password ? Refusal.WrongPassword : Refusal.WrongCode, leaving: new FirstFactorRejected(authenticator)),
        (Verdict.Right, null)                     => throw new InvalidOperationException("Nobody is right about a stranger."),
        (Verdict.Right, { } user) when !user.Has(authenticator)
                                                  => throw new InvalidOperationException("Nobody is right about a proof that is not there."),
        (Verdict.Right, _)                        => Proved(authenticator, Session, signIn, now),
        _                                         => throw new InvalidOperationException("A guess was decided that nobody compared."),
    };

    /// <summary>What a right first factor leads to, whatever it was: nothing for the locked, a second factor for who has one, else a session (R04).</summary>
    internal static Decision Proved(Authenticator authenticator, Guid session, SignIn.AwaitingFirstFactor signIn, Circumstances now) => now.User! switch
    {
        var user when user.IsLocked(now.Now)                => FirstFactorRules.Refused(signIn, authenticator, Refusal.UserLocked, RefusalReason.Locked, user.LockedUntil),
        { HasSecondFactor: true } user                      => Decision.Accept(new FirstFactorVerified(authenticator, Demand.SecondFactor, user.Epoch, now.Now + now.Dials.SecondFactorLife)),
        var user when authenticator.Strategy.Traits().Resets => Decision.Accept(new FirstFactorVerified(authenticator, Demand.Nothing, user.Epoch, null)),
        var user                                            => Decision.Accept(
                                                                   new FirstFactorVerified(authenticator, Demand.Nothing, user.Epoch, null),
                                                                   new Converted(session, now.Now + now.Dials.SessionLife)),
    };
}
