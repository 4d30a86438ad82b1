using System.Buffers.Text;
using System.Formats.Cbor;

namespace Auth.Host.Passkeys;

/// <summary>Whether a new passkey is believed (Level 3 §7.1).</summary>
/// <param name="Credential">The row to insert, without a name; null where there is a flaw.</param>
public sealed record EnrolmentVerdict(PasskeyFlaw? Flaw, PasskeyCredential? Credential);

/// <summary>
/// Registers a credential. No attestation is asked for: a statement that comes nevertheless proves nothing here and is not read, because whoever would lie in it
/// could as well leave it out.
/// </summary>
public static class PasskeyEnrolment
{
    /// <summary>Verifies the answer to <see cref="PasskeyOptions.Creation"/>.</summary>
    /// <param name="existing">The row of that credential id, if there is one, whosever it is.</param>
    /// <param name="passkey">The id it gets.</param>
    public static async Task<EnrolmentVerdict> Verify(NewPasskeyAnswer answer, PasskeyCredential? existing, Ceremony ceremony, Guid passkey, DateTimeOffset now)
    {
        var user = ceremony.User ?? throw new ArgumentException("A passkey is made for somebody.", nameof(ceremony));
        if (ClientData.Flaw(answer.ClientData, "webauthn.create", ceremony) is { } lie) return new(lie, null);
        if (Cbor.Read(answer.Attestation, Open) is not { } attestation || AuthenticatorData.Read(attestation.Data) is not { } data) return new(PasskeyFlaw.Malformed, null);
        if ((data.Flaw(ceremony) ?? Flaw(answer, attestation, data, existing)) is { } flaw) return new(flaw, null);
        if (await FrameworkCheck.Of(answer, ceremony, user) is not { } believed) return new(PasskeyFlaw.PublicKey, null);

        return new(null, new(
            PasskeyCredential.IdOf(believed.CredentialId), user, passkey, Base64Url.EncodeToString(believed.CredentialId), Base64Url.EncodeToString(believed.PublicKey),
            believed.SignCount, answer.Transports, believed.IsUserVerified, believed.IsBackupEligible, believed.IsBackedUp, data.Attested!.Aaguid, now));
    }

    private static PasskeyFlaw? Flaw(NewPasskeyAnswer answer, Attestation attestation, AuthenticatorData data, PasskeyCredential? existing) =>
        data.Attested is not { } made ? PasskeyFlaw.NoCredential
        : !made.Key.IsAskedFor ? PasskeyFlaw.Algorithm
        : !made.Key.IsSound ? PasskeyFlaw.PublicKey
        : attestation is { Format: "none", IsEmpty: false } ? PasskeyFlaw.Attestation
        : !made.Id.AsSpan().SequenceEqual(answer.CredentialId) ? PasskeyFlaw.CredentialId
        : existing is not null ? PasskeyFlaw.CredentialTaken
        : null;

    private static Attestation Open(CborReader reader)
    {
        var (format, isEmpty, data) = ("", false, (byte[]?)null);
        if (reader.ReadStartMap() != 3) throw new CborContentException("An attestation object has three parts.");
        for (var part = 0; part < 3; part++)
        {
            switch (reader.ReadTextString())
            {
                case "fmt": format = reader.ReadTextString(); break;
                case "authData": data = reader.ReadByteString(); break;
                case "attStmt" when reader.PeekState() == CborReaderState.StartMap: isEmpty = reader.ReadEncodedValue().Span is [0xA0]; break;
                default: throw new CborContentException("An attestation object has three parts.");
            }
        }

        reader.ReadEndMap();
        return reader.BytesRemaining == 0 && data is not null ? new(format, isEmpty, data) : throw new CborContentException("Something is left over, or missing.");
    }

    private readonly record struct Attestation(string Format, bool IsEmpty, byte[] Data);
}
