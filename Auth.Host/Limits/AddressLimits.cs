using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Auth.Host.Keys;

namespace Auth.Host.Limits;

/// <summary>
/// The limits per address (R54): asked in memory, merged over the hosts through the database once a second by <see cref="LimitMerging"/>.
/// An address is known here only by its HMAC.
/// </summary>
public sealed class AddressLimits(AddressDials dials)
{
    private const int MostCounters = 200_000;
    private readonly ConcurrentDictionary<Guid, Counter> _counters = new();
    private readonly ConcurrentDictionary<Guid, bool> _changed = new();
    private readonly ConcurrentDictionary<string, Key> _keys = new();

    /// <summary>Counts a request, or says how long to wait and counts nothing.</summary>
    public TimeSpan? Wait(LimitKind kind, string tenant, IPAddress address, DateTimeOffset now)
    {
        if (!dials.PerAddress) return null;
        var id = IdOf(kind, tenant, address);
        var (aMinute, anHour) = dials.Of(kind);
        if (_counters.GetOrAdd(id, static _ => new()).Take(aMinute, anHour, now) is { } wait) return wait;
        _changed[id] = true;
        return null;
    }

    /// <summary>Until when no further text leaves for this block of addresses; null when one may.</summary>
    public DateTimeOffset? TextsBlockedUntil(string tenant, IPAddress address, DateTimeOffset now) =>
        dials.PerAddress && _counters.TryGetValue(IdOf(LimitKind.Text, tenant, address), out var counter) && counter.Wait(int.MaxValue, dials.TextsAnHour, now) is { } wait
            ? now + wait
            : null;

    /// <summary>A text leaves.</summary>
    public void CountText(string tenant, IPAddress address, DateTimeOffset now)
    {
        var id = IdOf(LimitKind.Text, tenant, address);
        _counters.GetOrAdd(id, static _ => new()).Add(now);
        _changed[id] = true;
    }

    /// <summary>The instances whose addresses are counted here.</summary>
    internal IEnumerable<string> Tenants => _keys.Keys;

    /// <summary>Under which key an instance's addresses are counted from now on, by all hosts.</summary>
    internal void Use(string tenant, Key key) => _keys[tenant] = key;

    /// <summary>What the database has not been told yet.</summary>
    internal IReadOnlyList<(Guid Id, Counter Counter)> Changed()
    {
        var ids = _changed.Keys.ToArray();
        foreach (var id in ids) _changed.TryRemove(id, out _);
        return [.. ids.Where(_counters.ContainsKey).Select(id => (id, _counters[id]))];
    }

    /// <summary>The database could not be told; next time, then.</summary>
    internal void Again(Guid id) => _changed[id] = true;

    /// <summary>What all hosts counted in a minute.</summary>
    internal void Share(Guid id, int minute, int count) => _counters.GetOrAdd(id, static _ => new()).Share(minute, count);

    /// <summary>Forgets what no longer matters; under a flood of addresses, those that asked least first: the database still has them.</summary>
    internal void Age(DateTimeOffset now)
    {
        foreach (var (id, counter) in _counters)
            if (counter.Age(now)) _counters.TryRemove(id, out _);
        if (_counters.Count <= MostCounters) return;
        foreach (var (id, _) in _counters.Where(c => !_changed.ContainsKey(c.Key)).OrderBy(c => c.Value.Total).Take(_counters.Count - MostCounters).ToArray())
            _counters.TryRemove(id, out _);
    }

    // Until the keyring has been asked, a key of this process: counted here, and not shared for a second.
    private Guid IdOf(LimitKind kind, string tenant, IPAddress address) =>
        new(_keys.GetOrAdd(tenant, static _ => new(Guid.Empty, RandomNumberGenerator.GetBytes(32))).Mac("limits", kind.ToString(), AddressBlock.Of(kind, address)).AsSpan(0, 16));
}
