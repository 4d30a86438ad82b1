using System.Collections.Concurrent;
using System.Security.Cryptography;
using Marten;
using Marten.Schema;
using Marten.Schema.Indexing.Unique;
using Microsoft.Extensions.Options;

namespace Auth.Host.Keys;

/// <summary>Keys out of the database, wrapped by the root key (R85).</summary>
public sealed class Keyring(IDocumentStore store, RootKey root, Vault vault, TimeProvider clock, IOptions<KeyOptions> options) : IKeyring
{
    private readonly ConcurrentDictionary<(string Tenant, DateOnly Day), Key> _strangers = new();

    /// <summary>The documents that hold the keys.</summary>
    public static void Register(StoreOptions options)
    {
        options.Schema.For<InstanceKey>().MultiTenanted()
            .Metadata(m => m.TenantId.MapTo(k => k.Tenant))
            .UniqueIndex(UniqueIndexType.Computed, "instance_key_made_once", TenancyScope.PerTenant, k => k.Purpose, k => k.Generation);

        // People have no day, and nulls do not collide.
        options.Schema.For<PersonalKey>().MultiTenanted()
            .Duplicate(k => k.Day)
            .UniqueIndex(UniqueIndexType.DuplicatedField, "personal_key_of_day_made_once", TenancyScope.PerTenant, k => k.Day!);
    }

    /// <inheritdoc/>
    public async ValueTask<InstanceKeys> Of(string tenant, CancellationToken ct = default) => (await vault.Of(tenant, ct)).Instance;

    /// <inheritdoc/>
    public async ValueTask<InstanceKeys> Of(string tenant, Guid named, CancellationToken ct = default)
    {
        var keys = await vault.Of(tenant, ct);
        return (keys.Hold(named) ? keys : await vault.Reload(tenant, ct)).Instance;
    }

    /// <inheritdoc/>
    public Task Rotate(string tenant, KeyPurpose purpose, CancellationToken ct = default) =>
        vault.Change(tenant, (keys, now) => KeySchedule.Rotate(purpose, keys, now), ct);

    /// <inheritdoc/>
    public Task Revoke(string tenant, KeyPurpose purpose, CancellationToken ct = default) =>
        vault.Change(tenant, (keys, now) => KeySchedule.Revoke(purpose, keys, now), ct);

    /// <inheritdoc/>
    public (Key Key, PersonalKey Document) NewPersonKey(Guid user) => NewPersonalKey(user, day: null);

    /// <inheritdoc/>
    public Key Unwrap(PersonalKey document) => new(document.Id, root.Unwrap(document.Wrapped, Place(document.Id, document.Day)));

    /// <inheritdoc/>
    public async ValueTask<Key> OfStrangers(string tenant, DateOnly day, CancellationToken ct = default)
    {
        if (_strangers.TryGetValue((tenant, day), out var known)) return known;
        // Another host may have destroyed what this one still remembers.
        Forget(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-options.Value.StrangerDays));
        return _strangers[(tenant, day)] = await FindStrangers(tenant, day, ct) ?? await MakeStrangers(tenant, day, ct);
    }

    /// <inheritdoc/>
    public async Task DestroyStrangerKeysBefore(DateOnly day, CancellationToken ct = default)
    {
        Forget(day);
        await using var session = store.LightweightSession();
        session.DeleteWhere<PersonalKey>(k => k.AnyTenant() && k.Day != null && k.Day < day);
        await session.SaveChangesAsync(ct);
    }

    private async Task<Key?> FindStrangers(string tenant, DateOnly day, CancellationToken ct)
    {
        await using var session = store.QuerySession(tenant);
        return await session.Query<PersonalKey>().SingleOrDefaultAsync(k => k.Day == day, ct) is { } document ? Unwrap(document) : null;
    }

    private async Task<Key> MakeStrangers(string tenant, DateOnly day, CancellationToken ct)
    {
        await using var session = store.LightweightSession(tenant);
        await session.AlonePerTenant("strangers", ct);
        if (await session.Query<PersonalKey>().SingleOrDefaultAsync(k => k.Day == day, ct) is { } made) return Unwrap(made);
        var (key, document) = NewPersonalKey(Guid.CreateVersion7(clock.GetUtcNow()), day);
        session.Insert(document);
        await session.SaveChangesAsync(ct);
        return key;
    }

    private (Key Key, PersonalKey Document) NewPersonalKey(Guid id, DateOnly? day)
    {
        var bits = RandomNumberGenerator.GetBytes(32);
        return (new Key(id, bits), new PersonalKey(id, root.Wrap(bits, Place(id, day)), day));
    }

    private void Forget(DateOnly before)
    {
        foreach (var old in _strangers.Keys.Where(k => k.Day < before)) _strangers.TryRemove(old, out _);
    }

    // No tenant: the id of a person or of a day of strangers is unique over all of them.
    private static string Place(Guid id, DateOnly? day) => day is { } d ? $"{id}|strangers|{d:O}" : $"{id}|person";
}
