using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Auth.Host.Http;
using Auth.Host.Passkeys;

namespace Auth.Specs.Passkeys;

/// <summary>What a page is given for <c>navigator.credentials</c>.</summary>
public class PasskeyOptionsSpecs
{
    private static readonly Ceremony Ceremony = new(Passkey.Party, new byte[32], VerifiesUser: true, Passkey.Ann);

    private static readonly PasskeyCredential Phone = new(
        "", Passkey.Ann, Passkey.Id, "cGhvbmU", "", 0, ["hybrid", "internal"], VerifiesUser: true, BackupEligible: true, BackedUp: true, Passkey.Make, Passkey.NineOClock);

    [Fact]
    public void to_make_one() => Same(PasskeyOptions.Creation(Ceremony, "ann@example.com", "Ann", [Phone]), """
        {
          "rp": { "id": "example.com", "name": "Example" },
          "user": { "id": "dXNlcl8wMWszMDAwMDAwZTAwODAwMDAwMDAwMDAwYQ", "name": "ann@example.com", "displayName": "Ann" },
          "challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
          "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -257 }],
          "timeout": 300000,
          "excludeCredentials": [{ "type": "public-key", "id": "cGhvbmU", "transports": ["hybrid", "internal"] }],
          "authenticatorSelection": { "residentKey": "required", "requireResidentKey": true, "userVerification": "required" },
          "attestation": "none",
          "extensions": { "credProps": true }
        }
        """);

    [Fact]
    public void to_make_a_second_factor_that_need_not_check_its_owner() =>
        Same(PasskeyOptions.Creation(Ceremony with { VerifiesUser = false }, "", "", [])["authenticatorSelection"]!, """
            { "residentKey": "preferred", "requireResidentKey": false, "userVerification": "preferred" }
            """);

    [Fact]
    public void to_use_any() => Same(PasskeyOptions.Request(Ceremony with { User = null }), """
        {
          "challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
          "timeout": 300000,
          "rpId": "example.com",
          "allowCredentials": [],
          "userVerification": "required"
        }
        """);

    [Fact]
    public void to_use_one_of_those_named() => Same(PasskeyOptions.Request(Ceremony with { Allowed = [Phone], VerifiesUser = false }), """
        {
          "challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
          "timeout": 300000,
          "rpId": "example.com",
          "allowCredentials": [{ "type": "public-key", "id": "cGhvbmU", "transports": ["hybrid", "internal"] }],
          "userVerification": "preferred"
        }
        """);

    [Fact]
    public void the_handle_is_the_id_that_tokens_carry_and_fits_an_authenticator()
    {
        var handle = Base64Url.DecodeFromChars((string)PasskeyOptions.Creation(Ceremony, "", "", [])["user"]!["id"]!);

        Encoding.UTF8.GetString(handle).ShouldBe(new UserId(Passkey.Ann).ToString());
        handle.Length.ShouldBeLessThanOrEqualTo(64);
    }

    private static void Same(JsonNode drawn, string expected) => drawn.ToJsonString().ShouldBe(JsonNode.Parse(expected)!.ToJsonString());
}
