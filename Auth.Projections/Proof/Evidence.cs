using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Auth.Projections.Proof;

/// <summary>An event with its place in the tree and the hashes that prove it.</summary>
public sealed record ProvedEvent(StoredEvent Event, long Index, IReadOnlyList<byte[]> Proof);

/// <summary>An older checkpoint, and the hashes that prove that the newest one goes on from it.</summary>
public sealed record ProvedCheckpoint(SignedNote Note, IReadOnlyList<byte[]> Proof);

/// <summary>Everything that shows somebody who trusts nobody what happened in one stream. <c>docs/verify</c> tells what is in the file, and checks it.</summary>
/// <param name="Subject">What the stream is called outside.</param>
/// <param name="Rules">Which version of Auth decided.</param>
public sealed record Evidence(
    string Subject, string Rules, IReadOnlyList<NoteVerifier> Keys, SignedNote Head, IReadOnlyList<ProvedCheckpoint> Checkpoints, IReadOnlyList<ProvedEvent> Events, IReadOnlyList<ProvedEvent> Settings)
{
    private const string Format = "auth-evidence/1", Digest = "digest";

    /// <summary>As a file: canonical JSON, so that each byte of it counts.</summary>
    public byte[] ToFile()
    {
        var bundle = new JsonObject
        {
            ["auth"] = Rules,
            ["checkpoints"] = new JsonArray([.. Checkpoints.Select(checkpoint => new JsonObject { ["note"] = $"{checkpoint.Note}", ["proof"] = Hashes(checkpoint.Proof) })]),
            ["events"] = Proved(Events),
            ["format"] = Format,
            ["head"] = $"{Head}",
            ["keys"] = new JsonArray([.. Keys.Select(key => JsonValue.Create($"{key}"))]),
            ["settings"] = Proved(Settings),
            ["sign_in"] = Subject,
        };
        bundle[Digest] = Convert.ToHexStringLower(SHA256.HashData(Canonical(bundle)));
        return Canonical(bundle);
    }

    private static byte[] Canonical(JsonObject bundle)
    {
        using var parsed = JsonDocument.Parse(bundle.ToJsonString());
        return CanonicalJson.Of(parsed.RootElement);
    }

    private static JsonArray Proved(IReadOnlyList<ProvedEvent> events) =>
        new([.. events.Select(one => new JsonObject { ["index"] = one.Index, ["leaf"] = JsonNode.Parse(Encoding.UTF8.GetString(one.Event.Canonical())), ["proof"] = Hashes(one.Proof) })]);

    private static JsonArray Hashes(IReadOnlyList<byte[]> hashes) => new([.. hashes.Select(hash => JsonValue.Create(Convert.ToBase64String(hash)))]);
}
