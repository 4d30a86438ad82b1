using System.Buffers.Text;
using Auth.Host.Passkeys;

namespace Auth.Specs.Passkeys;

/// <summary>A passkey's proof with one lie in it and everything else true is refused by the lie's name (R39).</summary>
public class PasskeyLieSpecs
{
    public static TheoryData<PasskeyFlaw, Lie> Lies => new()
    {
        { PasskeyFlaw.Malformed, new() { Kind = "password" } },
        { PasskeyFlaw.Malformed, new() { Id = "with spaces, thus no base64url" } },
        { PasskeyFlaw.CredentialId, new() { Id = Base64Url.EncodeToString(new byte[15]) } },
        { PasskeyFlaw.Oversized, new() { Id = Base64Url.EncodeToString(new byte[1024]) } },
        { PasskeyFlaw.IdMismatch, new() { RawId = Base64Url.EncodeToString(new byte[32]) } },
        { PasskeyFlaw.UnknownCredential, new() { Id = Base64Url.EncodeToString(new byte[32]) } },
        { PasskeyFlaw.AnotherUser, new() { User = Passkey.Bob } },
        { PasskeyFlaw.NoUserHandle, new() { NoUserHandle = true } },
        { PasskeyFlaw.Malformed, new() { ClientData = "no json" } },
        { PasskeyFlaw.Malformed, new() { ClientData = "[]" } },
        { PasskeyFlaw.Malformed, new() { ClientData = """{ "type": "webauthn.get", "type": "webauthn.get", "challenge": "", "origin": "" }""" } },
        { PasskeyFlaw.Malformed, new() { ClientData = """{ "type": "webauthn.get", "challenge": 1, "origin": "" }""" } },
        { PasskeyFlaw.Malformed, new() { ClientData = """{ "type": "webauthn.get", "challenge": "\ud800", "origin": "" }""" } },
        { PasskeyFlaw.Oversized, new() { ClientData = new('x', 4097) } },
        { PasskeyFlaw.CeremonyType, new() { Type = "webauthn.create" } },
        { PasskeyFlaw.CeremonyType, new() { Type = "WebAuthn.Get" } },
        { PasskeyFlaw.Challenge, new() { Challenge = new byte[32] } },
        { PasskeyFlaw.Challenge, new() { Challenge = [] } },
        { PasskeyFlaw.Origin, new() { Origin = "https://evil.example.net" } },
        { PasskeyFlaw.Origin, new() { Origin = "https://app.example.com.evil.net" } },
        { PasskeyFlaw.Origin, new() { Origin = "http://app.example.com" } },
        { PasskeyFlaw.Origin, new() { Origin = "https://app.example.com:8443" } },
        { PasskeyFlaw.Origin, new() { Origin = "https://APP.example.com" } },
        { PasskeyFlaw.Origin, new() { Origin = "http://localhost:5080" } },
        { PasskeyFlaw.Origin, new() { Origin = "null" } },
        { PasskeyFlaw.CrossOrigin, new() { CrossOrigin = true } },
        { PasskeyFlaw.CrossOrigin, new() { CrossOrigin = true, TopOrigin = Passkey.Page } },
        { PasskeyFlaw.CrossOrigin, new() { TopOrigin = "https://evil.example.net" } },
        { PasskeyFlaw.Malformed, new() { TokenBinding = true } },
        { PasskeyFlaw.RelyingParty, new() { Party = "app.example.com" } },
        { PasskeyFlaw.UserNotPresent, new() { Flags = Lie.Honest & ~AuthenticatorFlags.UserPresent } },
        { PasskeyFlaw.UserNotVerified, new() { Flags = Lie.Honest & ~AuthenticatorFlags.UserVerified } },
        { PasskeyFlaw.BackupState, new() { Flags = Lie.Honest & ~AuthenticatorFlags.BackupEligible } },
        { PasskeyFlaw.BackupState, new() { Flags = Lie.Honest & ~(AuthenticatorFlags.BackupEligible | AuthenticatorFlags.BackedUp) } },
        { PasskeyFlaw.Malformed, new() { AuthenticatorData = new byte[36] } },
        { PasskeyFlaw.Malformed, new() { Leftover = [0] } },
        { PasskeyFlaw.Malformed, new() { Flags = Lie.Honest | AuthenticatorFlags.Attested } },
        { PasskeyFlaw.Malformed, new() { Flags = Lie.Honest | AuthenticatorFlags.Extensions } },
        { PasskeyFlaw.Malformed, new() { Flags = Lie.Honest | AuthenticatorFlags.Extensions, Leftover = [0x01] } },
        { PasskeyFlaw.Malformed, new() { Flags = Lie.Honest | AuthenticatorFlags.Extensions, Leftover = [0xA1, 0xBF] } },
        { PasskeyFlaw.Oversized, new() { Leftover = new byte[5000] } },
        { PasskeyFlaw.Signature, new() { SpoilsSignature = true } },
        { PasskeyFlaw.Signature, new() { Signature = [0x30] } },
        { PasskeyFlaw.Signature, new() { Signature = new byte[256] } },
        { PasskeyFlaw.Oversized, new() { Signature = new byte[1025] } },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Lies))]
    public async Task one_lie_is_refused_by_its_name(PasskeyFlaw flaw, Lie lie)
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var passkey = await Passkey.New(authenticator);

        (await passkey.Used(Passkey.ForAnybody, lie)).ShouldBe(new(flaw, null, false));
    }
}
