using System.Security.Cryptography;
using System.Text;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Wiring;

namespace Auth.Host.Audit.Access;

/// <summary>Whoever reads histories, as their trail calls them.</summary>
/// <param name="Id">Short: enough to tell two apart, nothing to find anybody by.</param>
/// <param name="Trail">Their own stream.</param>
public sealed record Auditor(string Id, Guid Trail)
{
    /// <summary>An operator who looks at the past before they change something: what they see is told like an auditor's reading.</summary>
    internal static Auditor Of(ApiKeys operators) => new(operators.Id, new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(operators.Id)).AsSpan(0, 16), bigEndian: true));

    /// <summary>Nobody: the host itself, which verifies each night.</summary>
    internal static readonly Auditor Night = new("night_00000000", new("6e696768-7400-7000-8000-000000000001"));

    /// <summary>Out of 32 bytes that say nothing by themselves.</summary>
    internal static Auditor Of(byte[] digest) => new($"aud_{Convert.ToHexStringLower(digest)[..8]}", new Guid(digest.AsSpan(0, 16), bigEndian: true));
}

/// <summary>The keys that open the audit API, one for each auditor, and nothing else (<c>Auth:AuditKey</c>, R69, R77).</summary>
public sealed class AuditKeys
{
    private const string Prefix = "ak_";
    private const int Shortest = 32;
    private readonly IReadOnlyList<(byte[] Hash, Auditor Auditor)> _keys;

    private AuditKeys(IEnumerable<string> keys, string? made) =>
        (_keys, MadeHere) = ([.. keys.Select(key => (Hash(key), Auditor.Of(Hash($"name of {key}"))))], made);

    /// <summary>The key when this machine made it up, for the developer's eyes; null when it was configured.</summary>
    internal string? MadeHere { get; }

    /// <summary>One for each key: the same for the same, and nothing to find it by.</summary>
    internal IEnumerable<string> Fingerprints => _keys.Select(key => Convert.ToHexString(key.Hash));

    /// <summary>Whose key it is; every key is compared, each in constant time. Without one configured nobody gets in.</summary>
    public Auditor? Of(string? offered)
    {
        if (offered is null) return null;
        Auditor? found = null;
        var hash = Hash(offered);
        foreach (var (known, auditor) in _keys)
            if (CryptographicOperations.FixedTimeEquals(hash, known)) found = auditor;
        return found;
    }

    /// <summary>As configured, one or several with commas; made once on a developer's machine.</summary>
    public static AuditKeys From(InstanceSection section, FrontDoor door)
    {
        if (section["AuditKey"] is { } configured)
            return new(configured.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(key => Checked(section, key)), null);
        if (!door.IsDevelopment) return new([], null);
        var made = MadeOnce.Read(KeySetup.Folder(section.Configuration.GetSection(KeyOptions.Section).Get<KeyOptions>() ?? new()), section.Instance == Tenants.Default ? "audit-key" : $"audit-key-{section.Instance}", () => $"{Prefix}test_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}");
        return new([made], made);
    }

    private static string Checked(InstanceSection section, string key) =>
        key.Length >= Prefix.Length + Shortest && key.StartsWith(Prefix, StringComparison.Ordinal)
            ? key
            : throw new SettingException($"{section.Key("AuditKey")} must be ak_ and at least 32 more random characters; several are parted by commas. Make one with: echo ak_live_$(openssl rand -hex 32)");

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Shows no key.</summary>
    public override string ToString() => $"AuditKeys({string.Join(", ", _keys.Select(key => key.Auditor.Id))})";
}
