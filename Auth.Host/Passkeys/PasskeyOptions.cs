using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Auth.Domain.Passkeys;
using Auth.Host.Http;

namespace Auth.Host.Passkeys;

/// <summary>What a page hands to <c>navigator.credentials</c>, in the JSON of WebAuthn Level 3 §5.1.8 and §5.1.9.</summary>
public static class PasskeyOptions
{
    /// <summary>For <c>create</c>. A passkey that verifies its user must also be found without a typed name; a mere security key need not.</summary>
    /// <param name="name">What tells two accounts of a person apart; the authenticator keeps and shows it.</param>
    /// <param name="existing">The person's passkeys: the same authenticator makes no second one.</param>
    public static JsonObject Creation(Ceremony ceremony, string name, string displayName, IEnumerable<PasskeyCredential> existing) => new()
    {
        ["rp"] = new JsonObject { ["id"] = ceremony.Party.Id, ["name"] = ceremony.Party.Name },
        ["user"] = new JsonObject
        {
            ["id"] = Base64Url.EncodeToString(HandleOf(ceremony.User ?? throw new ArgumentException("A passkey is made for somebody.", nameof(ceremony)))),
            ["name"] = name,
            ["displayName"] = displayName,
        },
        ["challenge"] = Base64Url.EncodeToString(ceremony.Challenge),
        ["pubKeyCredParams"] = new JsonArray([.. CoseKey.Algorithms.Select(algorithm => new JsonObject { ["type"] = "public-key", ["alg"] = algorithm })]),
        ["timeout"] = PasskeyChallenge.Life.TotalMilliseconds,
        ["excludeCredentials"] = Named(existing),
        ["authenticatorSelection"] = new JsonObject
        {
            ["residentKey"] = ceremony.VerifiesUser ? "required" : "preferred",
            ["requireResidentKey"] = ceremony.VerifiesUser,
            ["userVerification"] = Verification(ceremony),
        },
        ["attestation"] = "none",
        ["extensions"] = new JsonObject { ["credProps"] = true },
    };

    /// <summary>For <c>get</c>.</summary>
    public static JsonObject Request(Ceremony ceremony) => new()
    {
        ["challenge"] = Base64Url.EncodeToString(ceremony.Challenge),
        ["timeout"] = PasskeyChallenge.Life.TotalMilliseconds,
        ["rpId"] = ceremony.Party.Id,
        ["allowCredentials"] = Named(ceremony.Allowed ?? []),
        ["userVerification"] = Verification(ceremony),
    };

    /// <summary>How an authenticator knows a person: by the id that tokens carry too, and by nothing that tells who they are (§14.6.1).</summary>
    public static byte[] HandleOf(Guid user) => Encoding.UTF8.GetBytes(new UserId(user).ToString());

    private static string Verification(Ceremony ceremony) => ceremony.VerifiesUser ? "required" : "preferred";

    private static JsonArray Named(IEnumerable<PasskeyCredential> credentials) => new([.. credentials.Select(credential => new JsonObject
    {
        ["type"] = "public-key",
        ["id"] = credential.CredentialId,
        ["transports"] = new JsonArray([.. credential.Transports.Select(transport => JsonValue.Create(transport))]),
    })]);
}
