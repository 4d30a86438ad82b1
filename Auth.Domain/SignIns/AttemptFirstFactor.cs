using Auth.Domain.Users;

namespace Auth.Domain.SignIns;

/// <summary>Step 3: offer the first proof. It converts on its own only where the person has nothing else to prove (R04).</summary>
public sealed record AttemptFirstFactor(Strategy? Strategy) : Guess
{
    /// <summary>What is guessed at; null where this strategy proves nothing here, or nothing was sent yet.</summary>
    public static Authenticator? On(Strategy? strategy, SignIn signIn) => strategy?.Traits() switch
    {
        { First: true, Signs: true }    => signIn is SignIn.AwaitingFirstFactor { Challenge: not null } ? Authenticator.AnyPasskey : null,
        { First: true, Prepared: true } => signIn is SignIn.AwaitingFirstFactor { Prepared: { } sent } && sent.Authenticator.Strategy == strategy ? sent.Authenticator : null,
        { First: true, Begins: false }  => new Authenticator(strategy.Value),
        _                               => null,
    };

    internal Decision? Before(SignIn.AwaitingFirstFactor signIn, Circumstances now) =>
        Strategy?.Traits() is not { First: true, Begins: false } traits || !now.Settings.FirstFactors.Contains(Strategy.Value) ? Decision.Refuse(Refusal.StrategyInvalid)
        : signIn.IsUnnamed && !traits.Signs                                      ? Decision.Refuse(Refusal.StrategyInvalid)
        : On(Strategy, signIn) is not { } authenticator                          ? Decision.Refuse(Refusal.NotPrepared)
        : FirstFactorRules.Refused(signIn, authenticator, now)
          ?? (Expires(traits, signIn) <= now.Now                                 ? FirstFactorRules.Refused(signIn, authenticator, Refusal.CodeExpired, RefusalReason.CodeExpired, null)
        : null);

    private static DateTimeOffset? Expires(StrategyTraits traits, SignIn.AwaitingFirstFactor signIn) =>
        traits.Signs ? signIn.Challenge!.ExpiresAt : traits.Prepared ? signIn.Prepared!.Code.ExpiresAt : null;

    internal Decision Decide(SignIn.AwaitingFirstFactor signIn, Circumstances now) =>
        Before(signIn, now) ?? (Strategy is SignIns.Strategy.Passkey ? DecidePasskey(signIn, now) : Decide(On(Strategy, signIn)!, signIn, now));

    /// <summary>With user verification it is both factors; without it, something they have, and something else has to stand beside it (R43).</summary>
    private Decision DecidePasskey(SignIn.AwaitingFirstFactor signIn, Circumstances now) => (Verdict, now.User, Signing ?? new(null)) switch
    {
        (Verdict.Wrong, _, var s)                 => Decision.Refuse(Refusal.WrongPasskey, leaving: new FirstFactorRejected(s.Authenticator, s.Flaw)),
        (Verdict.Right, null, _)                  => throw new InvalidOperationException("Nobody is right about a stranger."),
        (Verdict.Right, { } user, var s) when !user.Has(s.Authenticator)
                                                  => throw new InvalidOperationException("Nobody is right about a proof that is not there."),
        (Verdict.Right, { Banned: true }, var s)  => Decision.Refuse(Refusal.UserBanned, leaving: new FirstFactorRefused(s.Authenticator, RefusalReason.Banned, null)),
        (Verdict.Right, { } user, var s) when user.IsLocked(now.Now)
                                                  => Decision.RefuseUntil(user.LockedUntil, Refusal.UserLocked, leaving: new FirstFactorRefused(s.Authenticator, RefusalReason.Locked, user.LockedUntil)),
        (Verdict.Right, { } user, { UserVerified: true } s) when user.VerifiesWith(s.Passkey)
                                                  => Decision.Accept(
                                                         new FirstFactorVerified(s.Authenticator, Demand.Nothing, user.Epoch, null, UserVerified: true, Named(signIn, user)),
                                                         now.Convert(Session)),
        (Verdict.Right, { } user, var s) when user.HasSecondFactorBeside(s.Authenticator)
                                                  => Decision.Accept(new FirstFactorVerified(s.Authenticator, Demand.SecondFactor, user.Epoch, now.Now + now.Dials.SecondFactorLife, User: Named(signIn, user))),
        (Verdict.Right, _, var s)                 => Decision.Refuse(Refusal.WrongPasskey, leaving: new FirstFactorRejected(s.Authenticator, SignIns.Signing.NotVerified)),
        _                                         => throw new InvalidOperationException("A guess was decided that nobody compared."),
    };

    private static Guid? Named(SignIn.AwaitingFirstFactor signIn, User user) => signIn.IsUnnamed ? user.Id : null;

    private Decision Decide(Authenticator authenticator, SignIn.AwaitingFirstFactor signIn, Circumstances now) => (Verdict, now.User) switch
    {
        (Verdict.Wrong, _)                        => Decision.Refuse(authenticator.Strategy is SignIns.Strategy.Password ? Refusal.WrongPassword : Refusal.WrongCode, leaving: new FirstFactorRejected(authenticator)),
        (Verdict.Right, null)                     => throw new InvalidOperationException("Nobody is right about a stranger."),
        (Verdict.Right, { } user) when !user.Has(authenticator)
                                                  => throw new InvalidOperationException("Nobody is right about a proof that is not there."),
        (Verdict.Right, _)                        => Proved(authenticator, Session, signIn, now),
        _                                         => throw new InvalidOperationException("A guess was decided that nobody compared."),
    };

    /// <summary>What a right first factor leads to, whatever it was: nothing for the banned and the locked, a second factor for who has one, else a session (R04).</summary>
    internal static Decision Proved(Authenticator authenticator, Guid session, SignIn.AwaitingFirstFactor signIn, Circumstances now) => now.User! switch
    {
        { Banned: true }                                     => FirstFactorRules.Refused(signIn, authenticator, Refusal.UserBanned, RefusalReason.Banned, null),
        var user when user.IsLocked(now.Now)                 => FirstFactorRules.Refused(signIn, authenticator, Refusal.UserLocked, RefusalReason.Locked, user.LockedUntil),
        { HasSecondFactor: true } user when now.Trusted(user) is { } trust && !authenticator.Strategy.Traits().Resets
                                                             => Decision.Accept(
                                                                    new FirstFactorVerified(authenticator, Demand.SecondFactor, user.Epoch, now.Now + now.Dials.SecondFactorLife),
                                                                    new SecondFactorSkipped(trust.Id, trust.SignIn),
                                                                    now.Convert(session)),
        { HasSecondFactor: true } user                       => Decision.Accept(new FirstFactorVerified(authenticator, Demand.SecondFactor, user.Epoch, now.Now + now.Dials.SecondFactorLife)),
        var user when authenticator.Strategy.Traits().Resets => Decision.Accept(new FirstFactorVerified(authenticator, Demand.Nothing, user.Epoch, null)),
        var user                                             => Decision.Accept(new FirstFactorVerified(authenticator, Demand.Nothing, user.Epoch, null), now.Convert(session)),
    };
}
