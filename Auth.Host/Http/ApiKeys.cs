using System.Security.Cryptography;
using System.Text;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Wiring;

namespace Auth.Host.Http;

/// <summary>The publishable key, which tells Clerk's clients where we are, and the secret key, which opens the Backend API.</summary>
public sealed class ApiKeys
{
    private const int ShortestSecret = 32;
    private readonly byte[] _secretHash;

    private ApiKeys(string publishable, string secret, bool made) =>
        (Publishable, _secretHash, Id, MadeHere) = (publishable, Hash(secret), $"key_{Convert.ToHexStringLower(Hash($"name of {secret}"))[..8]}", made ? secret : null);

    /// <summary><c>pk_…</c>; public.</summary>
    public string Publishable { get; }

    /// <summary>What the secret key is called where it is told who did something: enough to tell two keys apart, nothing to find one by.</summary>
    public string Id { get; }

    /// <summary>The secret key when this machine made it up, for the developer's eyes; null when it was configured.</summary>
    internal string? MadeHere { get; }

    /// <summary>Is this the secret key? In constant time (R69).</summary>
    public bool Opens(string? offered) => offered is not null && CryptographicOperations.FixedTimeEquals(Hash(offered), _secretHash);

    /// <summary>The same for the same secret, and nothing to find it by.</summary>
    internal string Fingerprint => Convert.ToHexString(_secretHash);

    /// <summary>Those of the instance that is asked.</summary>
    public static ValueTask<ApiKeys?> BindAsync(HttpContext http) => ValueTask.FromResult<ApiKeys?>(Tenant.Of(http).Keys);

    /// <summary>Reads the two, or says which does not do.</summary>
    public static ApiKeys From(InstanceSection section, FrontDoor door)
    {
        var publishable = section["PublishableKey"] ??
            $"pk_{(door.IsDevelopment ? "test" : "live")}_{Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Named(door.PublicUrl)}$")).TrimEnd('=')}";
        if (!publishable.StartsWith("pk_test_", StringComparison.Ordinal) && !publishable.StartsWith("pk_live_", StringComparison.Ordinal))
            throw new SettingException($"{section.Key("PublishableKey")} must start with pk_test_ or pk_live_.");
        if (section["SecretKey"] is { } secret) return new(publishable, Checked(section, secret), made: false);
        if (!door.IsDevelopment) throw new SettingException($"{section.Key("SecretKey")} is required outside Development: sk_live_ and at least 32 random characters. Make one with: openssl rand -hex 32");
        var file = section.Instance == Tenants.Default ? "secret-key" : $"secret-key-{section.Instance}";
        return new(publishable, MadeOnce.Read(KeySetup.Folder(section.Configuration.GetSection(KeyOptions.Section).Get<KeyOptions>() ?? new()), file, () => $"sk_test_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}"), made: true);
    }

    /// <summary>Clerk's clients refuse a key that names a host without a dot; with one at its end, <c>localhost</c> is still the same host.</summary>
    private static string Named(Uri url) => url.Authority.Contains('.') ? url.Authority : url.IsDefaultPort ? $"{url.Host}." : $"{url.Host}.:{url.Port}";

    private static string Checked(InstanceSection section, string secret) =>
        secret.Length >= "sk_live_".Length + ShortestSecret && (secret.StartsWith("sk_test_", StringComparison.Ordinal) || secret.StartsWith("sk_live_", StringComparison.Ordinal))
            ? secret
            : throw new SettingException($"{section.Key("SecretKey")} must be sk_test_ or sk_live_ and at least 32 more characters.");

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public override string ToString() => $"ApiKeys({Publishable})";
}
