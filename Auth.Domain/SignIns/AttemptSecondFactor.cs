namespace Auth.Domain.SignIns;

/// <summary>Step 5: offer the code. The decision that accepts the last factor converts; there is no other place (R03).</summary>
public sealed record AttemptSecondFactor(Strategy? Strategy) : Guess
{
    internal Decision? Before(SignIn.AwaitingSecondFactor signIn, Circumstances now) =>
        Strategy?.Traits() is not { Second: true }                                    ? Decision.Refuse(Refusal.StrategyInvalid)
        : signIn.Prepared is not { } text || text.Authenticator.Strategy != Strategy  ? Decision.Refuse(Refusal.NotPrepared)
        : SecondFactorRules.Refused(signIn, text.Authenticator, now)
          ?? (now.Now < text.Code.ExpiresAt ? null : SecondFactorRules.Refused(signIn, text.Authenticator, Refusal.CodeExpired, RefusalReason.CodeExpired, null));

    internal Decision Decide(SignIn.AwaitingSecondFactor signIn, Circumstances now) => Before(signIn, now) ?? Verdict switch
    {
        Verdict.Wrong => Decision.Refuse(Refusal.WrongCode, leaving: new SecondFactorRejected(signIn.Prepared!.Authenticator)),
        Verdict.Right => Decision.Accept(
                             new SecondFactorVerified(signIn.Prepared!.Authenticator),
                             new Converted(Session, now.Now + now.Dials.SessionLife)),
        _             => throw new InvalidOperationException("A guess was decided that nobody compared."),
    };
}
