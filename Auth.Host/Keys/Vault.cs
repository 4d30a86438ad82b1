using System.Collections.Concurrent;
using Marten;

namespace Auth.Host.Keys;

/// <summary>The opened keys of each instance: read once, then kept in memory. Over all hosts, one at a time changes them.</summary>
public sealed class Vault(IDocumentStore store, RootKey root, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, OpenKeys> _open = new(StringComparer.Ordinal);

    /// <summary>Whose keys are in memory.</summary>
    public IReadOnlyCollection<string> Tenants => [.. _open.Keys];

    /// <summary>The keys of an instance; made on first use.</summary>
    public ValueTask<OpenKeys> Of(string tenant, CancellationToken ct = default) =>
        _open.TryGetValue(tenant, out var keys) ? ValueTask.FromResult(keys) : new(Reload(tenant, ct));

    /// <summary>The same, read again: another host may have made a new one.</summary>
    public async Task<OpenKeys> Reload(string tenant, CancellationToken ct = default)
    {
        await using var session = store.QuerySession(tenant);
        var keys = await Read(session, ct);
        return KeySchedule.FirstUse(keys, clock.GetUtcNow()).IsNothing
            ? _open[tenant] = new OpenKeys(tenant, keys)
            : await Alone(tenant, KeySchedule.FirstUse, ct);
    }

    /// <summary>Those that there are; makes none.</summary>
    public async Task<IReadOnlyList<OpenKey>> Existing(string tenant, CancellationToken ct = default)
    {
        await using var session = store.QuerySession(tenant);
        return await Read(session, ct);
    }

    /// <summary>Decides and stores while no other host can: who comes second decides over what the first one stored.</summary>
    public async Task<OpenKeys> Change(string tenant, Func<IReadOnlyList<OpenKey>, DateTimeOffset, KeyChange> decide, CancellationToken ct = default)
    {
        await Of(tenant, ct);
        return await Alone(tenant, decide, ct);
    }

    /// <summary>Throws when any stored key does not open: asked once at start, before anything is made.</summary>
    public async Task Check(CancellationToken ct = default)
    {
        await using var session = store.QuerySession();
        foreach (var row in await session.Query<InstanceKey>().Where(k => k.AnyTenant()).ToListAsync(ct)) Open(row);
    }

    private async Task<OpenKeys> Alone(string tenant, Func<IReadOnlyList<OpenKey>, DateTimeOffset, KeyChange> decide, CancellationToken ct = default)
    {
        await using var session = store.LightweightSession(tenant);
        await session.AlonePerTenant("keys", ct);
        var keys = await Read(session, ct);
        var now = clock.GetUtcNow();
        var change = decide(keys, now);

        var made = change.Make.Select(key => Wrap(tenant, key, now)).ToArray();
        session.Insert(made);
        foreach (var key in change.Drop) session.Delete<InstanceKey>(key.Id);
        await session.SaveChangesAsync(ct);

        return _open[tenant] = new OpenKeys(tenant, [.. keys.Except(change.Drop), .. made.Select(Open)]);
    }

    private async Task<IReadOnlyList<OpenKey>> Read(IQuerySession session, CancellationToken ct) =>
        [.. (await session.Query<InstanceKey>().ToListAsync(ct)).Select(Open)];

    private InstanceKey Wrap(string tenant, NewKey key, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var wrapped = root.Wrap(OpenKey.NewBits(key.Purpose), InstanceKey.Place(tenant, id, key.Purpose));
        return new(id, key.Purpose, key.Generation, wrapped, now, key.UsedFrom) { Tenant = tenant };
    }

    private OpenKey Open(InstanceKey row) => new(row, root.Unwrap(row.Wrapped, InstanceKey.Place(row.Tenant, row.Id, row.Purpose)));
}
