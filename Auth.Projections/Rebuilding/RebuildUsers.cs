using System.Data;
using System.Diagnostics;
using Auth.Domain.Users;
using Auth.Projections.Proof;
using Marten;
using Marten.Events.Archiving;
using Npgsql;
using NpgsqlTypes;

namespace Auth.Projections.Rebuilding;

/// <summary>
/// Builds the snapshots of people anew, which decisions read. They are written in the transaction of their events, so what counts is the version of each stream and no number of an event: whoever
/// has not committed yet has not let go of their row either, and goes on behind us with the table under the same name.
/// </summary>
/// <param name="store">Over the live schema.</param>
internal sealed class RebuildUsers(IDocumentStore store, string owner)
{
    private const int StreamsAtOnce = 500;
    private const string Live = $"{StoreSettings.Schema}.{Table}", Fresh = $"{Tables.Fresh}.{Table}";

    private const string Table = "mt_doc_user";

    // People whose new row does not stand where their stream stands; of the erased there is none.
    private const string Behind = $"""
        select s.tenant_id, s.id from {StoreSettings.Schema}.mt_streams s left join {Fresh} f on f.tenant_id = s.tenant_id and f.id = s.id
        where s.type = 'user' and f.mt_version is distinct from s.version
            and not exists (select 1 from {StoreSettings.Schema}.mt_events e where e.tenant_id = s.tenant_id and e.stream_id = s.id and e.type = 'user.erased' and f.id is null)
        order by s.tenant_id, s.id
        """;

    /// <summary>All of it; tells how many events it has folded, and of how many.</summary>
    internal async Task<Rebuilt> Of(NpgsqlConnection connection, bool switching, Action<long, long> at, CancellationToken ct)
    {
        var (whole, events) = (await Tables.Number(connection, $"select coalesce(sum(version), 0)::bigint from {StoreSettings.Schema}.mt_streams where type = 'user'", ct), 0L);
        await Follow(connection, store.QuerySession, read => at(events += read, whole), ct);
        var (differed, first) = await Compare(ct);
        var upTo = await Tables.Number(connection, $"select coalesce(max(seq_id), 0) from {StoreSettings.Schema}.mt_events", ct);
        if (!switching) return new(events, upTo, differed, first, Switched: false, TimeSpan.Zero);
        await Tables.Run(connection, $"analyze {Fresh}", ct);
        return new(events, upTo, differed, first, Switched: true, await Tables.Patiently(() => Switch(connection, ct)));
    }

    /// <summary>Brings the new rows to where the streams stand, as that connection sees them.</summary>
    private async Task Follow(NpgsqlConnection connection, Func<string, IQuerySession> open, Action<long> read, CancellationToken ct)
    {
        var behind = new List<(string Tenant, Guid Id)>();
        await using (var ask = new NpgsqlCommand(Behind, connection))
        await using (var row = await ask.ExecuteReaderAsync(ct))
            while (await row.ReadAsync(ct)) behind.Add((row.GetString(0), row.GetGuid(1)));

        foreach (var tenant in behind.GroupBy(stream => stream.Tenant, stream => stream.Id))
            foreach (var ids in tenant.Chunk(StreamsAtOnce))
            {
                await using var session = open(tenant.Key);
                var streams = await session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived() && e.StreamId.IsOneOf(ids)).OrderBy(e => e.Sequence).ToListAsync(ct);
                foreach (var stream in streams.GroupBy(e => e.StreamId)) await Put(connection, tenant.Key, stream.Key, stream.Aggregate((User?)null, FreshFold.UserRow), ct);
                read(streams.Count);
            }
    }

    /// <summary>Which differ, all of them in one snapshot: the new ones are brought to where it stands, and that is taken back with it.</summary>
    private async Task<(long Count, IReadOnlyList<string> First)> Compare(CancellationToken ct)
    {
        var (count, first) = (0L, new List<string>());
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await Follow(connection, tenant =>
        {
            var options = Marten.Services.SessionOptions.ForTransaction(snapshot);
            options.TenantId = tenant;
            return store.QuerySession(options);
        }, _ => { }, ct);
        await using var command = new NpgsqlCommand($"""
            select coalesce(l.tenant_id, f.tenant_id) || '/' || coalesce(l.id, f.id)::text, l.data::text, f.data::text from {Live} l full join {Fresh} f on f.tenant_id = l.tenant_id and f.id = l.id
            where l.data is distinct from f.data
            """, connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var (live, fresh) = (row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2));
            if (live is not null && fresh is not null && FreshFold.Same(nameof(User), live, fresh)) continue;
            count++;
            if (first.Count < Comparing.MostNamed) first.Add($"{row.GetString(0)} {(fresh is null ? "is not in the events" : live is null ? "is missing" : "is not what the events say")}");
        }

        return (count, first);
    }

    /// <summary>Holds them still, brings the new ones to the same place and changes tables.</summary>
    private async Task<TimeSpan> Switch(NpgsqlConnection connection, CancellationToken ct)
    {
        await Follow(connection, store.QuerySession, _ => { }, ct);
        await using var change = await connection.BeginTransactionAsync(ct);
        var held = Stopwatch.GetTimestamp();
        await Tables.Run(connection, $"set local lock_timeout = '1s'; lock table {Live} in access exclusive mode", ct);
        await Follow(connection, store.QuerySession, _ => { }, ct);
        await Tables.Switch(connection, Table, ct);
        await change.CommitAsync(ct);
        return Stopwatch.GetElapsedTime(held);
    }

    private async Task Put(NpgsqlConnection connection, string tenant, Guid id, User? user, CancellationToken ct)
    {
        await using var command = user is null
            ? new NpgsqlCommand($"delete from {Fresh} where tenant_id = $1 and id = $2", connection) { Parameters = { new() { Value = tenant }, new() { Value = id } } }
            : new NpgsqlCommand($"""
                insert into {Fresh} (tenant_id, id, data, mt_dotnet_type, mt_version) values ($1, $2, $3, $4, $5)
                on conflict (tenant_id, id) do update set data = excluded.data, mt_version = excluded.mt_version
                """, connection)
            {
                Parameters =
                {
                    new() { Value = tenant }, new() { Value = id }, new() { Value = store.Options.Serializer().ToJson(user), NpgsqlDbType = NpgsqlDbType.Jsonb },
                    new() { Value = typeof(User).FullName! }, new() { Value = user.Version },
                },
            };
        await command.ExecuteNonQueryAsync(ct);
    }
}
