using Auth.Domain.Passkeys;

namespace Auth.Domain.SignIns;

/// <summary>Step 4 with a passkey: have one of theirs asked for.</summary>
/// <param name="Challenge">A fresh one, should it be needed.</param>
public sealed record ChallengeSecondFactor(PasskeyChallenge Challenge) : SignInCommand
{
    internal Decision Decide(SignIn.AwaitingSecondFactor signIn, Circumstances now) =>
        now.User!.Passkeys.IsEmpty                                               ? Decision.Refuse(Refusal.NoSuchFactor)
        : Authenticator.AnyPasskey.SharesChannelWith(signIn.First.Authenticator) ? Decision.Refuse(Refusal.NotForThisSignIn)
        : SecondFactorRules.Refused(signIn, Authenticator.AnyPasskey, now)
          ?? (Challenging.IsStillGood(signIn.Challenge, now) ? Decision.Accept() : Decision.Accept(new SecondFactorChallenged(Challenge, now.User.Epoch)));
}
