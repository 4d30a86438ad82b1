using System.Buffers.Text;
using System.Security.Cryptography;
using Auth.Host.Passkeys;

namespace Auth.Specs.Passkeys;

/// <summary>A new passkey: the truth is kept, and each single lie is refused by its name (R39, R42).</summary>
public class PasskeyEnrolmentSpecs
{
    [Theory]
    [InlineData(CoseKey.Es256)]
    [InlineData(CoseKey.Rs256)]
    public async Task the_truth_is_kept(int algorithm)
    {
        using var authenticator = SoftwareAuthenticator.Of(algorithm);

        var (_, credential) = await Passkey.New(authenticator, new() { SignCount = 3 });

        credential.ShouldBe(new(
            PasskeyCredential.IdOf(authenticator.CredentialId), Passkey.Ann, Passkey.Id, Base64Url.EncodeToString(authenticator.CredentialId),
            Base64Url.EncodeToString(authenticator.PublicKey(new())), 3, credential.Transports, VerifiesUser: true, BackupEligible: true, BackedUp: true, Passkey.Make, Passkey.NineOClock));
        credential.Transports.ShouldBe(["hybrid", "internal"]);
    }

    public static TheoryData<PasskeyFlaw, Lie> Lies => new()
    {
        { PasskeyFlaw.Malformed, new() { Kind = "password" } },
        { PasskeyFlaw.IdMismatch, new() { RawId = Base64Url.EncodeToString(new byte[32]) } },
        { PasskeyFlaw.CredentialId, new() { Id = Base64Url.EncodeToString(new byte[32]) } },
        { PasskeyFlaw.CredentialId, new() { InnerId = new byte[32] } },
        { PasskeyFlaw.CredentialId, new() { InnerId = [] } },
        { PasskeyFlaw.CeremonyType, new() { Type = "webauthn.get" } },
        { PasskeyFlaw.Challenge, new() { Challenge = new byte[32] } },
        { PasskeyFlaw.Origin, new() { Origin = "https://evil.example.net" } },
        { PasskeyFlaw.CrossOrigin, new() { CrossOrigin = true } },
        { PasskeyFlaw.CrossOrigin, new() { TopOrigin = Passkey.Page } },
        { PasskeyFlaw.RelyingParty, new() { Party = "evil.example.net" } },
        { PasskeyFlaw.UserNotPresent, new() { Flags = Lie.Honest & ~AuthenticatorFlags.UserPresent } },
        { PasskeyFlaw.UserNotVerified, new() { Flags = Lie.Honest & ~AuthenticatorFlags.UserVerified } },
        { PasskeyFlaw.BackupState, new() { Flags = Lie.Honest & ~AuthenticatorFlags.BackupEligible } },
        { PasskeyFlaw.NoCredential, new() { NoCredential = true } },
        { PasskeyFlaw.Algorithm, new() { Algorithm = -8 } },
        { PasskeyFlaw.Algorithm, new() { Algorithm = -35 } },
        { PasskeyFlaw.Algorithm, new() { Algorithm = -65535 } },
        { PasskeyFlaw.Algorithm, new() { Algorithm = 0 } },
        { PasskeyFlaw.PublicKey, new() { Algorithm = CoseKey.Rs256 } },
        { PasskeyFlaw.PublicKey, new() { Curve = 3 } },
        { PasskeyFlaw.PublicKey, new() { OffTheCurve = true } },
        { PasskeyFlaw.PublicKey, new() { PrivateKey = true } },
        { PasskeyFlaw.Attestation, new() { Statement = true } },
        { PasskeyFlaw.Malformed, new() { AuthenticatorData = [] } },
        { PasskeyFlaw.Malformed, new() { Leftover = [0] } },
        { PasskeyFlaw.Malformed, new() { Attestation = [0xA3] } },
        { PasskeyFlaw.Malformed, new() { Attestation = [0xA0] } },
        { PasskeyFlaw.Malformed, new() { Attestation = [0x9F, 0xFF] } },
        { PasskeyFlaw.Malformed, new() { Attestation = [0xA1, 0x68, 0x61, 0x75, 0x74, 0x68, 0x44, 0x61, 0x74, 0x61, 0x5B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] } },
        { PasskeyFlaw.Oversized, new() { Attestation = new byte[8193] } },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Lies))]
    public async Task one_lie_is_refused_by_its_name(PasskeyFlaw flaw, Lie lie)
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var ceremony = Passkey.ForAnn;

        (await Passkey.Enrolled(authenticator.Create(ceremony, lie), ceremony)).ShouldBe(new(flaw, null));
    }

    public static TheoryData<Lie> BadRsaKeys => new(
        new Lie { Modulus = [.. Enumerable.Repeat<byte>(0xFF, 255)] },
        new Lie { Modulus = [.. Enumerable.Repeat<byte>(0xFF, 513)] },
        new Lie { Modulus = [0, .. Enumerable.Repeat<byte>(0xFF, 256)] },
        new Lie { PrivateKey = true },
        new Lie { Exponent = [3] },
        new Lie { Exponent = [1] },
        new Lie { Exponent = [.. Enumerable.Repeat<byte>(0xFF, 256)] });

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(BadRsaKeys))]
    public async Task an_RSA_key_that_is_weak_or_too_much_work_is_refused(Lie lie)
    {
        using var authenticator = SoftwareAuthenticator.Rs256();
        var ceremony = Passkey.ForAnn;

        (await Passkey.Enrolled(authenticator.Create(ceremony, lie), ceremony)).Flaw.ShouldBe(PasskeyFlaw.PublicKey);
    }

    [Fact]
    public async Task ES256_is_on_its_own_curve()
    {
        using var authenticator = SoftwareAuthenticator.On(ECCurve.NamedCurves.nistP384);
        var ceremony = Passkey.ForAnn;

        (await Passkey.Enrolled(authenticator.Create(ceremony, new() { Curve = 2 }), ceremony)).Flaw.ShouldBe(PasskeyFlaw.PublicKey);
    }

    [Fact]
    public async Task a_credential_is_enrolled_once()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var (_, existing) = await Passkey.New(authenticator);
        var ceremony = Passkey.ForAnn with { User = Passkey.Bob };

        (await Passkey.Enrolled(authenticator.Create(ceremony), ceremony, existing)).Flaw.ShouldBe(PasskeyFlaw.CredentialTaken);
    }

    [Fact]
    public async Task an_attestation_that_nobody_asked_for_is_not_read()
    {
        using var authenticator = SoftwareAuthenticator.Es256();

        (await Passkey.New(authenticator, new() { Format = "packed", Statement = true })).Credential.Aaguid.ShouldBe(Passkey.Make);
    }
}
