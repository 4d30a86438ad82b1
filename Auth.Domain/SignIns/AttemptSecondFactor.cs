using Auth.Domain.Users;

namespace Auth.Domain.SignIns;

/// <summary>Step 5: offer the second proof. The decision that accepts the last factor converts; there is no other place (R03).</summary>
/// <param name="Trust">The id of the trust in this device, where they want it to be trusted; it is given only where the operator allows it.</param>
public sealed record AttemptSecondFactor(Strategy? Strategy, Guid? Trust = null) : Guess
{
    /// <summary>What is guessed at; null where they have no such thing, or nothing was sent yet.</summary>
    public static Authenticator? On(Strategy? strategy, SignIn signIn, User? user) => strategy switch
    {
        SignIns.Strategy.Totp       => user?.Totp is { } app ? new Authenticator(SignIns.Strategy.Totp, app) : null,
        SignIns.Strategy.Passkey    => signIn is SignIn.AwaitingSecondFactor { Challenge: not null } ? Authenticator.AnyPasskey : null,
        SignIns.Strategy.BackupCode => user is { HasBackupCodes: true } ? Authenticator.BackupCode : null,
        _ => signIn is SignIn.AwaitingSecondFactor { Prepared: { } sent } && sent.Authenticator.Strategy == strategy ? sent.Authenticator : null,
    };

    internal Decision? Before(SignIn.AwaitingSecondFactor signIn, Circumstances now) =>
        Strategy?.Traits() is not { Second: true } traits || !now.Settings.MaySecond(Strategy.Value) ? Decision.Refuse(Refusal.StrategyInvalid)
        : On(Strategy, signIn, now.User) is not { } authenticator       ? Decision.Refuse(traits.Prepared || traits.Signs ? Refusal.NotPrepared : Refusal.NotForThisSignIn)
        : SecondFactorRules.Refused(signIn, authenticator, now)
          ?? (Expires(traits, signIn) <= now.Now                        ? SecondFactorRules.Refused(signIn, authenticator, Refusal.CodeExpired, RefusalReason.CodeExpired, null)
        : null);

    private static DateTimeOffset? Expires(StrategyTraits traits, SignIn.AwaitingSecondFactor signIn) =>
        traits.Signs ? signIn.Challenge!.ExpiresAt : traits.Prepared ? signIn.Prepared!.Code.ExpiresAt : null;

    internal Decision Decide(SignIn.AwaitingSecondFactor signIn, Circumstances now) =>
        Before(signIn, now) ?? Decide(Signing?.Authenticator ?? On(Strategy, signIn, now.User)!, now);

    private Decision Decide(Authenticator authenticator, Circumstances now) => Verdict switch
    {
        Verdict.Wrong when authenticator.Strategy is SignIns.Strategy.Passkey
                      => Decision.Refuse(Refusal.WrongPasskey, leaving: new SecondFactorRejected(authenticator, Signing?.Flaw)),
        Verdict.Right when !now.User!.Has(authenticator)
                      => throw new InvalidOperationException("Nobody is right about a proof that is not there."),
        Verdict.Wrong => Decision.Refuse(Refusal.WrongCode, leaving: new SecondFactorRejected(authenticator)),
        Verdict.Right => Decision.Accept(
                             [
                                 new SecondFactorVerified(authenticator, Signing is { UserVerified: true }),
                                 .. Trust is { } trust && now.Settings.TrustedDevices is { On: true } devices ? new SignInEvent[] { new DeviceTrusted(trust, now.Now + devices.Life) } : [],
                                 now.Convert(Session),
                             ]),
        _             => throw new InvalidOperationException("A guess was decided that nobody compared."),
    };
}
