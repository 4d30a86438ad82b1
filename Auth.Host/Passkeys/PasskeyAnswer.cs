using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Auth.Host.Passkeys;

/// <summary>
/// What a page sends back: the JSON of <c>PublicKeyCredential.toJSON()</c>, which Clerk's clients write too. Read, and held to sizes, but not believed yet.
/// One spelling of base64url only, so that nothing has two names.
/// </summary>
/// <param name="CredentialId">Which passkey it says it is; find it by <see cref="PasskeyCredential.IdOf"/>.</param>
public abstract record PasskeyAnswer(byte[] CredentialId, byte[] ClientData)
{
    /// <summary>Longer than any browser writes one; the front door takes no more either.</summary>
    public const int MostCharacters = 16_384;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The parts both kinds have, then those of the kind; or what is wrong with them.</summary>
    private protected static (T? Answer, PasskeyFlaw? Flaw) Read<T>(string? json, Func<byte[], byte[], JsonElement, (T?, PasskeyFlaw?)> rest) where T : PasskeyAnswer
    {
        if (json is null) return (null, PasskeyFlaw.Malformed);
        if (json.Length > MostCharacters) return (null, PasskeyFlaw.Oversized);
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var credential = document.RootElement;
            if (credential.GetProperty("type").GetString() != "public-key") return (null, PasskeyFlaw.Malformed);
            var (id, rawId, response) = (Bytes(credential, "id", 1023), Bytes(credential, "rawId", 1023), credential.GetProperty("response"));
            var clientData = Bytes(response, "clientDataJSON", 4096);
            return (id.Flaw ?? rawId.Flaw ?? clientData.Flaw) is { } flaw ? (null, flaw)
                : !id.Value.AsSpan().SequenceEqual(rawId.Value) ? (null, PasskeyFlaw.IdMismatch)
                : id.Value.Length < 16 ? (null, PasskeyFlaw.CredentialId)
                : rest(id.Value, clientData.Value, response);
        }
        catch (Exception no) when (no is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return (null, PasskeyFlaw.Malformed);
        }
    }

    /// <summary>A base64url string of at most that many bytes.</summary>
    private protected static (byte[] Value, PasskeyFlaw? Flaw) Bytes(JsonElement from, string name, int most)
    {
        var text = from.GetProperty(name).GetString();
        if (string.IsNullOrEmpty(text)) return ([], PasskeyFlaw.Malformed);
        if (Base64Url.GetMaxDecodedLength(text.Length) > most + 3) return ([], PasskeyFlaw.Oversized);
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done || Base64Url.EncodeToString(bytes.AsSpan(0, written)) != text) return ([], PasskeyFlaw.Malformed);
        return written > most ? ([], PasskeyFlaw.Oversized) : (bytes[..written], null);
    }
}

/// <summary>A new passkey, as <c>create</c> gave it.</summary>
/// <param name="Transports">How the browser reaches it; handed back to it when the passkey is asked for.</param>
public sealed record NewPasskeyAnswer(byte[] CredentialId, byte[] ClientData, byte[] Attestation, IReadOnlyList<string> Transports) : PasskeyAnswer(CredentialId, ClientData)
{
    /// <summary>Reads it; never throws.</summary>
    public static (NewPasskeyAnswer? Answer, PasskeyFlaw? Flaw) Read(string? json) => Read<NewPasskeyAnswer>(json, (id, clientData, response) =>
    {
        var attestation = Bytes(response, "attestationObject", 8192);
        return attestation.Flaw is { } flaw ? (null, flaw) : (new(id, clientData, attestation.Value, TransportsOf(response)), null);
    });

    // A hint for the browser, and kept: what does not look like one is left out.
    private static List<string> TransportsOf(JsonElement response) =>
        response.TryGetProperty("transports", out var listed) && listed.ValueKind == JsonValueKind.Array
            ? [.. listed.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)
                .Where(one => one.Length is > 0 and <= 20 && one.All(c => char.IsAsciiLetterLower(c) || c == '-')).Distinct().Take(8).Order(StringComparer.Ordinal)]
            : [];
}

/// <summary>An enrolled passkey's proof, as <c>get</c> gave it.</summary>
/// <param name="UserHandle">Whose the authenticator says it is; some say it only when nobody was named.</param>
public sealed record PasskeyProofAnswer(byte[] CredentialId, byte[] ClientData, byte[] AuthenticatorData, byte[] Signature, byte[]? UserHandle) : PasskeyAnswer(CredentialId, ClientData)
{
    /// <summary>Reads it; never throws.</summary>
    public static (PasskeyProofAnswer? Answer, PasskeyFlaw? Flaw) Read(string? json) => Read<PasskeyProofAnswer>(json, (id, clientData, response) =>
    {
        var (data, signature) = (Bytes(response, "authenticatorData", 4096), Bytes(response, "signature", 1024));
        var handle = response.TryGetProperty("userHandle", out var said) && said.ValueKind != JsonValueKind.Null && said.GetString() != "" ? Bytes(response, "userHandle", 64) : default;
        return (data.Flaw ?? signature.Flaw ?? handle.Flaw) is { } flaw ? (null, flaw) : (new(id, clientData, data.Value, signature.Value, handle.Value), null);
    });
}
