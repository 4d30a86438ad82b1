using System.Data;
using System.Diagnostics;
using JasperFx;
using JasperFx.Events.Daemon;
using Marten;
using Marten.Events.Archiving;
using Npgsql;

namespace Auth.Projections.Rebuilding;

/// <summary>What came of a rebuild.</summary>
/// <param name="UpTo">The event up to which the new one was folded when it took the place of the old one, or was compared last.</param>
/// <param name="Differed">How many rows of the live one were not what the events say …</param>
/// <param name="First">… and the first of those.</param>
/// <param name="Blocked">For how long the live one was held still.</param>
public sealed record Rebuilt(long Events, long UpTo, long Differed, IReadOnlyList<string> First, bool Switched, TimeSpan Blocked);

/// <summary>
/// Builds a reading anew beside the live one, compares the two, and puts the new one in its place, while hosts go on. Until the last transaction nothing of the live one is touched; a
/// run that is cut off leaves tables in a schema of their own, which the next run takes away.
/// </summary>
public sealed class Rebuild : IAsyncDisposable
{
    private const long Name = 0x52_65_62_75_69_6c_64;
    private const int Page = 2000, Near = 200;

    private readonly string _owner;
    private readonly DocumentStore _store;
    private long _upTo;

    /// <summary>As the tables' owner.</summary>
    /// <param name="documents">Tells the store where else documents are that are read on the way.</param>
    public Rebuild(string owner, TimeProvider clock, Action<StoreOptions> documents)
    {
        _owner = new NpgsqlConnectionStringBuilder(owner) { CommandTimeout = 0, Timezone = "UTC" }.ConnectionString;
        _store = DocumentStore.For(options =>
        {
            options.Connection(_owner);
            StoreSettings.Apply(options, clock);
            // The same events, and documents in a schema beside.
            options.Events.DatabaseSchemaName = StoreSettings.Schema;
            options.DatabaseSchemaName = Tables.Fresh;
            options.CommandTimeout = 600;
            options.AutoCreateSchemaObjects = AutoCreate.None;
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
            documents(options);
        });
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <summary>One reading; tells how many events it has folded, and of how many. Null where another rebuild is under way.</summary>
    public async Task<Rebuilt?> Of(Refold reading, bool switching, Action<long, long> at, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_owner);
        await connection.OpenAsync(ct);
        await using (var alone = new NpgsqlCommand($"select pg_try_advisory_lock({Name})", connection))
            if (await alone.ExecuteScalarAsync(ct) is not true) return null;
        try
        {
            await Tables.Make(connection, reading.Table, ct);
            if (reading.IsInline) return await new RebuildUsers(_store, _owner).Of(connection, switching, at, ct);
            var (whole, events) = (await Tables.Number(connection, $"select count(*) from {StoreSettings.Schema}.mt_events where seq_id <= ({Progress(reading)})", ct), 0L);
            _upTo = 0;
            for (var round = 0; round < 3 || await Live(connection, reading, ct) - _upTo > Near && round < 20; round++)
                await Follow(reading, await Live(connection, reading, ct), read => at(events += read, whole), ct);
            var (differed, first) = reading.IsCompared ? await Compare(reading, ct) : (0, []);
            if (!switching) return new(events, _upTo, differed, first, Switched: false, TimeSpan.Zero);
            await Tables.Run(connection, $"analyze {Tables.Fresh}.{reading.Table}", ct);
            return new(events, _upTo, differed, first, Switched: true, await Tables.Patiently(() => Switch(connection, reading, ct)));
        }
        finally
        {
            await using var done = new NpgsqlCommand($"{Tables.Clear}; select pg_advisory_unlock_all()", connection);
            await done.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    /// <summary>Both as of the same event: the live one in a snapshot, the new one brought to where that stands.</summary>
    private async Task<(long Count, IReadOnlyList<string> First)> Compare(Refold reading, CancellationToken ct)
    {
        await using var live = new NpgsqlConnection(_owner);
        await live.OpenAsync(ct);
        await using var snapshot = await live.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await Follow(reading, await Live(live, reading, ct), _ => { }, ct);
        await using var fresh = new NpgsqlConnection(_owner);
        await fresh.OpenAsync(ct);
        return await Comparing.Of(live, fresh, reading.Table, ct);
    }

    /// <summary>
    /// Holds the live one still, brings the new one to exactly its place and changes tables. Whoever follows or reads waits that long and goes on with the new table under the same name.
    /// </summary>
    private async Task<TimeSpan> Switch(NpgsqlConnection connection, Refold reading, CancellationToken ct)
    {
        await Follow(reading, await Live(connection, reading, ct), _ => { }, ct);
        await using var change = await connection.BeginTransactionAsync(ct);
        var held = Stopwatch.GetTimestamp();
        await Tables.Run(connection, $"set local lock_timeout = '1s'; lock table {StoreSettings.Schema}.{reading.Table} in access exclusive mode", ct);
        await Follow(reading, await Tables.Number(connection, $"{Progress(reading)} for update nowait", ct), _ => { }, ct);
        await Tables.Switch(connection, reading.Table, ct);
        await change.CommitAsync(ct);
        return Stopwatch.GetElapsedTime(held);
    }

    private async Task Follow(Refold reading, long upTo, Action<long> read, CancellationToken ct)
    {
        if (upTo <= _upTo) return;
        foreach (var tenant in await Tenants(ct))
        {
            var from = _upTo;
            while (true)
            {
                await using var session = _store.LightweightSession(tenant);
                var start = from;
                var page = await session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived() && e.Sequence > start && e.Sequence <= upTo).OrderBy(e => e.Sequence).Take(Page).ToListAsync(ct);
                if (page.Count == 0) break;
                await reading.Apply(session, page, ct);
                await session.SaveChangesAsync(ct);
                from = page[^1].Sequence;
                read(page.Count);
            }
        }

        _upTo = upTo;
    }

    private async Task<IReadOnlyList<string>> Tenants(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_owner);
        await connection.OpenAsync(ct);
        await using var ask = new NpgsqlCommand($"select distinct tenant_id from {StoreSettings.Schema}.mt_streams order by 1", connection);
        await using var row = await ask.ExecuteReaderAsync(ct);
        var tenants = new List<string>();
        while (await row.ReadAsync(ct)) tenants.Add(row.GetString(0));
        return tenants;
    }

    private static string Progress(Refold reading) => $"select last_seq_id from {StoreSettings.Schema}.mt_event_progression where name = '{reading.Shard}'";

    private static Task<long> Live(NpgsqlConnection connection, Refold reading, CancellationToken ct) => Tables.Number(connection, Progress(reading), ct);
}
