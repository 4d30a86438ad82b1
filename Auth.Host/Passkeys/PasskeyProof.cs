using System.Buffers.Text;

namespace Auth.Host.Passkeys;

/// <summary>Whether a passkey's answer is believed (Level 3 §7.2).</summary>
/// <param name="Credential">
/// The row to store in the transaction that tells of the verdict: used now, its counter and backup state as of now; or, with <see cref="PasskeyFlaw.Counter"/>, suspected.
/// Null with every other flaw.
/// </param>
/// <param name="UserVerified">The authenticator checked who touched it, and may be believed that it can: then this one passkey is both factors (R43).</param>
public sealed record ProofVerdict(PasskeyFlaw? Flaw, PasskeyCredential? Credential, bool UserVerified);

/// <summary>
/// Verifies an assertion. The counter comes last, behind the signature: only who has the key can make a passkey suspect. A suspect passkey stays good for answers whose counter
/// grows, so a copy that was overtaken is shut out and its owner is not (R41).
/// </summary>
public static class PasskeyProof
{
    /// <summary>Verifies the answer to <see cref="PasskeyOptions.Request"/>.</summary>
    /// <param name="stored">The row of the credential that the answer names, or null.</param>
    public static async Task<ProofVerdict> Verify(PasskeyProofAnswer answer, PasskeyCredential? stored, Ceremony ceremony, DateTimeOffset now)
    {
        if (stored is null || stored.Id != PasskeyCredential.IdOf(answer.CredentialId)) return Refused(PasskeyFlaw.UnknownCredential);
        if ((Whose(answer, stored, ceremony) ?? ClientData.Flaw(answer.ClientData, "webauthn.get", ceremony)) is { } lie) return Refused(lie);
        if (AuthenticatorData.Read(answer.AuthenticatorData) is not { } data) return Refused(PasskeyFlaw.Malformed);
        if (data.Flaw(ceremony) is { } flaw) return Refused(flaw);
        if (data.BackupEligible != stored.BackupEligible) return Refused(PasskeyFlaw.BackupState);
        if (!await FrameworkCheck.Of(answer, ceremony, stored)) return Refused(PasskeyFlaw.Signature);

        var verified = data.UserVerified && stored.VerifiesUser;
        if (ceremony.VerifiesUser && !verified) return Refused(PasskeyFlaw.UserNotVerified);
        return Grew(data.SignCount, stored.SignCount)
            ? new(null, stored with { SignCount = data.SignCount, BackedUp = data.BackedUp, LastUsedAt = now }, verified)
            : new(PasskeyFlaw.Counter, stored with { SuspectedAt = now }, false);
    }

    /// <summary>A counter that is 0 and was 0 is none; any other one grows with every answer (§6.1.1).</summary>
    public static bool Grew(long now, long before) => now > before || (now == 0 && before == 0);

    private static PasskeyFlaw? Whose(PasskeyProofAnswer answer, PasskeyCredential stored, Ceremony ceremony) =>
        ceremony.Allowed is { } allowed && allowed.All(credential => credential.Id != stored.Id) ? PasskeyFlaw.NotAllowed
        : ceremony.User is { } user && user != stored.UserId ? PasskeyFlaw.AnotherUser
        : answer.UserHandle is null ? (ceremony.User is null ? PasskeyFlaw.NoUserHandle : null)
        : answer.UserHandle.AsSpan().SequenceEqual(PasskeyOptions.HandleOf(stored.UserId)) ? null : PasskeyFlaw.AnotherUser;

    private static ProofVerdict Refused(PasskeyFlaw flaw) => new(flaw, null, false);
}
