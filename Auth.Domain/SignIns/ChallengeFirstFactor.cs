using Auth.Domain.Passkeys;

namespace Auth.Domain.SignIns;

/// <summary>Step 2 with a passkey: have it asked for. Nothing tells whether the person has one, or is there at all (R51).</summary>
/// <param name="Challenge">A fresh one, should it be needed.</param>
public sealed record ChallengeFirstFactor(PasskeyChallenge Challenge) : SignInCommand
{
    internal Decision Decide(SignIn.AwaitingFirstFactor signIn, Circumstances now) =>
        !now.Settings.FirstFactors.Contains(Strategy.Passkey) ? Decision.Refuse(Refusal.StrategyInvalid)
        : FirstFactorRules.Refused(signIn, Authenticator.AnyPasskey, now)
        ?? (Challenging.IsStillGood(signIn.Challenge, now) ? Decision.Accept() : Decision.Accept(new FirstFactorChallenged(Challenge)));
}
