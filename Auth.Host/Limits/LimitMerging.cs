using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Wiring;
using Marten;
using Npgsql;

namespace Auth.Host.Limits;

/// <summary>Once a second: tells the database what was counted here, and learns what the other hosts counted. A restart forgets at most that second.</summary>
public sealed partial class LimitMerging(
    Tenants tenants, AddressLimits limits, RefusedRequests refused, IKeyring keyring, IDocumentStore store, NpgsqlDataSource source, TimeProvider clock, ILogger<LimitMerging> logger) : BackgroundService
{
    private readonly string _schema = store.Options.DatabaseSchemaName;
    private DateTimeOffset? _merged;
    private int _swept;

    /// <summary>Before the first request: the key, and what was counted before.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Begin(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    internal async Task Begin(CancellationToken ct)
    {
        foreach (var tenant in tenants.Ids) limits.Use(tenant, (await keyring.Of(tenant, ct)).Addresses);
        await Merge(ct);
    }

    /// <summary>Tells and learns.</summary>
    public async Task Merge(CancellationToken ct)
    {
        foreach (var tenant in limits.Tenants) limits.Use(tenant, (await keyring.Of(tenant, ct)).Addresses);
        var (now, changed) = (clock.GetUtcNow(), limits.Changed());
        var oldest = Counter.MinuteOf(now) - Counter.Minutes;
        try
        {
            var counted = changed.SelectMany(c => c.Counter.Send().Select(s => (c.Id, s.Minute, s.Count))).ToArray();
            var (rows, at) = await LimitTable.Merge(source, _schema, counted, _merged, oldest, ct);
            foreach (var (_, counter) in changed) counter.Arrived();
            foreach (var (id, minute, count) in rows) limits.Share(id, minute, count);
            _merged = at;
        }
        catch
        {
            foreach (var (id, counter) in changed)
            {
                counter.Returned();
                limits.Again(id);
            }

            throw;
        }

        limits.Age(now);
        if (_swept == oldest) return;
        await LimitTable.Sweep(source, _schema, oldest, ct);
        _swept = oldest;
    }

    /// <summary>What this host knows, the next one will.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Quietly(() => Merge(cancellationToken));
        await Quietly(() => refused.Record(store, keyring, clock.GetUtcNow().AddMinutes(1), cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.Next(stoppingToken))
        {
            await Quietly(() => Merge(stoppingToken));
            await Quietly(() => refused.Record(store, keyring, clock.GetUtcNow(), stoppingToken));
        }
    }

    // A database that is away is somebody else's alarm; the limits go on in memory.
    private async Task Quietly(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception away) when (away is not OperationCanceledException)
        {
            Away(away.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The limits could not be merged: {Kind}")]
    private partial void Away(string kind);
}
