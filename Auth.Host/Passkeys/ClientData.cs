using System.Buffers.Text;
using System.Text.Json;

namespace Auth.Host.Passkeys;

/// <summary>What the browser says about the page that asked (Level 3 §5.8.1). Its hash is signed, so it is as good as the browser.</summary>
public static class ClientData
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>The first of its claims that is not as it must be. An embedded page is never believed: nobody can see whose page it is in. Token binding is gone from browsers and standard.</summary>
    /// <param name="type"><c>webauthn.create</c> or <c>webauthn.get</c>.</param>
    public static PasskeyFlaw? Flaw(ReadOnlyMemory<byte> json, string type, Ceremony ceremony)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var said = document.RootElement;
            if (said.ValueKind != JsonValueKind.Object) return PasskeyFlaw.Malformed;
            return Text(said, "type") is not { } itsType || Text(said, "challenge") is not { } challenge || Text(said, "origin") is not { } origin ? PasskeyFlaw.Malformed
                : itsType != type ? PasskeyFlaw.CeremonyType
                : challenge != Base64Url.EncodeToString(ceremony.Challenge) ? PasskeyFlaw.Challenge
                : !ceremony.Party.Believes(origin) ? PasskeyFlaw.Origin
                : IsEmbedded(said) ? PasskeyFlaw.CrossOrigin
                : said.TryGetProperty("tokenBinding", out _) ? PasskeyFlaw.Malformed
                : null;
        }
        catch (Exception no) when (no is JsonException or InvalidOperationException)
        {
            return PasskeyFlaw.Malformed;
        }
    }

    private static bool IsEmbedded(JsonElement said) =>
        (said.TryGetProperty("crossOrigin", out var cross) && cross.ValueKind != JsonValueKind.False) || said.TryGetProperty("topOrigin", out _);

    private static string? Text(JsonElement said, string name) => said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
