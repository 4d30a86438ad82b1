using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Auth.Projections.Proof;

/// <summary>An event as it lies in its table: every column but the one that may change, whether it is archived.</summary>
/// <param name="Time">Microseconds since 1970, UTC.</param>
/// <param name="Data">JSON, as the database writes it.</param>
/// <param name="Headers">JSON; settings, trace and whatever else is stored beside the event.</param>
/// <param name="Class">What the store calls the event's type in the program.</param>
/// <param name="Binary">Base64; nothing of Auth is stored in binary.</param>
public sealed record StoredEvent(
    long Sequence, Guid Id, Guid? Stream, long Version, string Data, string? Binary, string Type, long Time, string? Tenant, string? Class,
    string? Correlation, string? Causation, string? Headers, string? User)
{
    /// <summary>What is hashed: one JSON object in its canonical spelling; what is null is left out.</summary>
    public byte[] Canonical()
    {
        var leaf = new StringBuilder(1024).Append('{');
        Text(leaf, "binary", Binary);
        Text(leaf, "causation", Causation);
        Text(leaf, "class", Class);
        Text(leaf, "correlation", Correlation);
        Json(leaf, "data", Data);
        Json(leaf, "headers", Headers);
        Text(leaf, "id", Id.ToString());
        Number(leaf, "sequence", Sequence);
        Text(leaf, "stream", Stream?.ToString());
        Text(leaf, "tenant", Tenant);
        Number(leaf, "time", Time);
        Text(leaf, "type", Type);
        Text(leaf, "user", User);
        Number(leaf, "version", Version);
        return Encoding.UTF8.GetBytes(leaf.Append('}').ToString());
    }

    /// <summary>Its leaf in the tree. A body nested deeper than anything of ours has one that no event of ours can have.</summary>
    public byte[] Hash()
    {
        try
        {
            return Merkle.Leaf(Canonical());
        }
        catch (JsonException)
        {
            return SHA256.HashData(Encoding.UTF8.GetBytes($"{Sequence} {Data} {Headers}"));
        }
    }

    private static void Text(StringBuilder leaf, string name, string? value)
    {
        if (value is not null) CanonicalJson.Write(value, Named(leaf, name));
    }

    private static void Number(StringBuilder leaf, string name, long value) => Named(leaf, name).Append(value.ToString(CultureInfo.InvariantCulture));

    private static void Json(StringBuilder leaf, string name, string? value)
    {
        if (value is null) return;
        using var parsed = JsonDocument.Parse(value);
        CanonicalJson.Write(parsed.RootElement, Named(leaf, name));
    }

    private static StringBuilder Named(StringBuilder leaf, string name) => (leaf.Length > 1 ? leaf.Append(',') : leaf).Append('"').Append(name).Append("\":");
}
