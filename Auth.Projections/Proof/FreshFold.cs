using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using JasperFx.Events;
using Marten;
using Marten.Events.Archiving;
using Marten.Events.Projections;
using Npgsql;

namespace Auth.Projections.Proof;

/// <summary>
/// Folds every reading anew from the events, beside the stored one, and compares field for field. What follows one stream is folded stream by stream; what follows a person, a day or
/// a country is held whole, a row each.
/// </summary>
public sealed partial class FreshFold(IQuerySession session, NpgsqlConnection connection)
{
    private const int Page = 5000, StreamsAtOnce = 500;
    private readonly List<Finding> _findings = [];

    /// <summary>What differs in this instance.</summary>
    public async Task<IReadOnlyList<Finding>> Run(CancellationToken ct)
    {
        var progress = await Progress(ct);
        await PerStream(progress, ct);
        await Grouped(new UserMfaStatusProjection(), progress, ByPerson.Group, ct);
        await Grouped(new ActiveSessionsProjection(), progress, ByPerson.Group, ct);
        await Grouped(new UsersProjection(), progress, ByPerson.Group, ct);
        await Grouped(new MfaAdoptionProjection(), progress, MfaAdoptionProjection.Group, ct);
        await Grouped(new SmsLedgerProjection(), progress, SmsLedgerProjection.Group, ct);
        return _findings;
    }

    private async Task PerStream(IReadOnlyDictionary<string, long> progress, CancellationToken ct)
    {
        var counts = new Dictionary<string, long>();
        for (var after = Guid.Empty; await Streams(after, ct) is { Count: > 0 } ids; after = ids[^1])
        {
            var streams = (await session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived() && e.StreamId.IsOneOf(ids.ToArray())).OrderBy(e => e.Sequence).ToListAsync(ct)).GroupBy(e => e.StreamId).ToList();
            await Compare(nameof(User), streams.Where(events => events.First().Data is UserEvent).ToDictionary(events => events.Key, events => events.Aggregate((User?)null, UserRow)), counts, ct);
            await Compare(nameof(SignInHistory), Rows<SignInHistory>(nameof(SignInHistory), SignInHistory.Fold), counts, ct);
            await Compare(nameof(SignInTimeline), Rows<SignInTimeline>(nameof(SignInTimeline), SignInTimeline.Fold), counts, ct);

            Dictionary<Guid, T?> Rows<T>(string reading, Func<T?, IEvent, T?> fold) where T : class => streams
                .Where(events => events.First().Data is SignInEvent && events.First().Sequence <= progress[reading])
                .ToDictionary(events => events.Key, events => events.Where(e => e.Data is SignInEvent && e.Sequence <= progress[reading]).Aggregate((T?)null, fold));
        }

        foreach (var reading in new[] { nameof(User), nameof(SignInHistory), nameof(SignInTimeline) }) await Surplus(reading, counts.GetValueOrDefault(reading), ct);
    }

    internal static User? UserRow(User? user, IEvent e) => e.Data switch
    {
        UserErased => null,
        UserEvent happened => User.Evolve(user ?? User.Initial, happened, e.Timestamp) with { Id = e.StreamId, Version = e.Version },
        _ => user,
    };

    /// <summary>Whether two rows of a reading say the same.</summary>
    internal static bool Same(string reading, string one, string other) => JsonNode.DeepEquals(Read(reading, one), Read(reading, other));

    private async Task Grouped<T, TId>(
        MultiStreamProjection<T, TId> projection, IReadOnlyDictionary<string, long> progress, Func<IQuerySession, IReadOnlyList<IEvent>, Action<TId, IEvent>, Task> group, CancellationToken ct) where T : class where TId : notnull
    {
        var (reading, takes) = (projection.Name, projection.IncludedEventTypes.ToHashSet());
        var (rows, upTo, counts) = (new Dictionary<TId, T?>(), progress[reading], new Dictionary<string, long>());
        for (var after = 0L; await session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived() && e.Sequence > after && e.Sequence <= upTo).OrderBy(e => e.Sequence).Take(Page).ToListAsync(ct) is { Count: > 0 } page; after = page[^1].Sequence)
            await group(session, [.. page.Where(e => takes.Contains(e.EventType))], (id, e) => rows[id] = projection.Evolve(rows.GetValueOrDefault(id), id, e));

        foreach (var some in rows.Chunk(StreamsAtOnce)) await Compare(reading, some.ToDictionary(row => row.Key, row => row.Value), counts, ct);
        await Surplus(reading, counts.GetValueOrDefault(reading), ct);
    }

    private async Task Compare<T, TId>(string reading, Dictionary<TId, T?> fresh, Dictionary<string, long> counts, CancellationToken ct) where T : class where TId : notnull
    {
        if (fresh.Count == 0) return;
        await using var command = new NpgsqlCommand($"select id::text, data::text from {Table(reading)} where tenant_id = $1 and id = any($2)", connection) { Parameters = { new() { Value = session.TenantId }, new() { Value = fresh.Keys.ToArray() } } };
        var stored = new Dictionary<string, string>();
        await using (var row = await command.ExecuteReaderAsync(ct))
            while (await row.ReadAsync(ct)) stored[row.GetString(0)] = row.GetString(1);

        foreach (var (id, row) in fresh)
        {
            var has = stored.TryGetValue($"{id}", out var data);
            if (row is not null) counts[reading] = counts.GetValueOrDefault(reading) + 1;
            if (row is null ? has : !has || !Same(reading, data!, session.DocumentStore.Options.Serializer().ToJson(row)))
                _findings.Add(new(Flaw.Reading, row is null ? 0 : UpTo(row), session.TenantId, $"{reading} of {id} is not what the events say."));
        }
    }

    private async Task Surplus(string reading, long expected, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select count(*) from {Table(reading)} where tenant_id = $1", connection) { Parameters = { new() { Value = session.TenantId } } };
        var there = (long)(await command.ExecuteScalarAsync(ct))!;
        if (there > expected) _findings.Add(new(Flaw.Reading, 0, session.TenantId, $"{reading} has {there - expected} more than the events say."));
    }

    private async Task<IReadOnlyList<Guid>> Streams(Guid after, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select id from {StoreSettings.Schema}.mt_streams where tenant_id = $1 and id > $2 order by id limit {StreamsAtOnce}", connection) { Parameters = { new() { Value = session.TenantId }, new() { Value = after } } };
        var ids = new List<Guid>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) ids.Add(row.GetGuid(0));
        return ids;
    }

    private async Task<IReadOnlyDictionary<string, long>> Progress(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select name, coalesce(last_seq_id, 0) from {StoreSettings.Schema}.mt_event_progression", connection);
        var progress = Readings.Shards.ToDictionary(shard => shard[..shard.IndexOf(':')], _ => 0L);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            if (Readings.Shards.Contains(row.GetString(0))) progress[row.GetString(0)[..row.GetString(0).IndexOf(':')]] = row.GetInt64(1);
        return progress;
    }

    /// <summary>The database keeps microseconds; the snapshot of a person, written in the transaction of its event, once had more.</summary>
    private static JsonNode? Read(string reading, string row) => JsonNode.Parse(reading != nameof(User) ? row : Instant().Replace(row, found => found.Groups[1].Value[..Math.Min(6, found.Groups[1].Length)].TrimEnd('0') is { Length: > 0 } digits ? $".{digits}" : ""));

    [GeneratedRegex(@"(?<=T\d\d:\d\d:\d\d)\.(\d+)(?=[+-]\d\d:\d\d""|Z"")")]
    private static partial Regex Instant();

    private static string Table(string reading) => $"{StoreSettings.Schema}.mt_doc_{reading.ToLowerInvariant()}";

    private static long UpTo(object row) => (long?)row.GetType().GetProperty("UpTo")?.GetValue(row) ?? 0;
}
