using System.Collections.Concurrent;
using Auth.Host.Keys;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Host.Sessions.Tokens;

/// <summary>The keys that sign tokens: one signs, the next is announced a day before, the last stays until its tokens are dead.</summary>
public sealed class SigningKeys(Vault vault, TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, ECDsaSecurityKey> _ready = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _looked = new(StringComparer.Ordinal);

    /// <summary>The one that signs now.</summary>
    public async ValueTask<ECDsaSecurityKey> Current(string tenant, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        var keys = Signing(await vault.Of(tenant, ct));
        return Ready(keys.Where(k => k.UsedFrom <= now).MaxBy(k => k.Generation) ?? keys.MinBy(k => k.Generation)!);
    }

    /// <summary>All that may have signed a living token, or soon will.</summary>
    public async ValueTask<IReadOnlyList<ECDsaSecurityKey>> Published(string tenant, CancellationToken ct = default) =>
        [.. Signing(await vault.Of(tenant, ct)).OrderBy(k => k.Generation).Select(Ready)];

    /// <summary>The one of that id. An unknown id may be another host's new key; but anybody can write one, so the database is asked seldom.</summary>
    public async ValueTask<ECDsaSecurityKey?> Named(string tenant, string kid, CancellationToken ct = default)
    {
        if (Find(await vault.Of(tenant, ct), kid) is { } key) return key;
        var now = clock.GetUtcNow();
        if (_looked.TryGetValue(tenant, out var last) && now - last < LookAgain) return null;
        _looked[tenant] = now;
        return Find(await vault.Reload(tenant, ct), kid);
    }

    private ECDsaSecurityKey? Find(OpenKeys keys, string kid) =>
        Signing(keys).FirstOrDefault(k => Kid(k) == kid) is { } key ? Ready(key) : null;

    private ECDsaSecurityKey Ready(OpenKey key) => _ready.GetOrAdd(key.Id, _ => new ECDsaSecurityKey(key.Signer()) { KeyId = Kid(key) });

    private static IEnumerable<OpenKey> Signing(OpenKeys keys) => keys.All.Where(k => k.Purpose == KeyPurpose.Signing);

    private static string Kid(OpenKey key) => key.Id.ToString("N");
}
