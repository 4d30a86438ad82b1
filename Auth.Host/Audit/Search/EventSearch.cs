using System.Runtime.CompilerServices;
using Auth.Domain;
using Auth.Host.Audit.Telling;
using Auth.Host.Keys;
using Auth.Projections;
using JasperFx.Events;
using Marten;
using Marten.Events.Archiving;
using Marten.Linq.MatchesSql;
using Npgsql;

namespace Auth.Host.Audit.Search;

/// <summary>Events by their number in the store, a page at a time: what lists, exports and followers all read. At no time is more than a page in memory.</summary>
public sealed class EventSearch(Func<IQuerySession> open, Func<CancellationToken, Task<NpgsqlConnection>> connect, PersonalMarks marks, Func<IKeyring> keyring, TimeProvider clock)
{
    private const int Page = 1000, Stride = 50_000;

    // A number that is missing longer than this belongs to nothing that will still come: no write takes as long.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    /// <summary>The last event behind which none with a smaller number can still appear.</summary>
    public async Task<long> Settled(CancellationToken ct)
    {
        await using var connection = await connect(ct);
        await using var ask = new NpgsqlCommand($"""
            with mark as (select coalesce(max(last_seq_id), 0) as seq from {StoreSettings.Schema}.mt_event_progression where name = 'HighWaterMark'),
            later as (select e.seq_id, e.timestamp, lag(e.seq_id, 1, mark.seq) over (order by e.seq_id) as before from {StoreSettings.Schema}.mt_events e, mark where e.seq_id > mark.seq)
            select greatest((select seq from mark), coalesce((select min(before) from later where seq_id > before + 1 and timestamp > $1), (select max(seq_id) from later), 0))
            """, connection);
        ask.Parameters.Add(new() { Value = (clock.GetUtcNow() - Settling).UtcDateTime });
        return (long)(await ask.ExecuteScalarAsync(ct))!;
    }

    /// <summary>What is behind <paramref name="after"/> and not behind <paramref name="upTo"/>, oldest first. A page may be empty: then nothing on that stretch was asked for.</summary>
    public async IAsyncEnumerable<Found> Pages(EventFilter filter, long after, long upTo, [EnumeratorCancellation] CancellationToken ct, int most = Page)
    {
        string[] looked = await Marks(filter, ct);
        while (after < upTo)
        {
            var (from, end) = (after, Math.Min(upTo, after + Stride));
            await using var session = open();
            var asked = Narrow(session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived() && e.Sequence > from && e.Sequence <= end), filter, looked);
            var page = await asked.OrderBy(e => e.Sequence).Take(most).ToListAsync(ct);
            after = page.Count < most ? end : page[^1].Sequence;
            yield return new(await From(filter, page, session, ct), after);
        }
    }

    /// <summary>The streams in which all of that stands; null where nothing was looked for. A mark without its key says nothing any more.</summary>
    public async Task<IReadOnlyCollection<Guid>?> Streams(EventFilter filter, CancellationToken ct)
    {
        HashSet<Guid>? streams = null;
        await using var session = open();
        foreach (var mark in await Marks(filter, ct))
        {
            var found = await session.Query<AuditMark>().Where(row => row.Value == mark).ToListAsync(ct);
            var alive = (await session.LoadManyAsync<PersonalKey>(ct, [.. found.Select(row => row.Key).OfType<Guid>().Distinct()])).Select(key => key.Id).ToHashSet();
            var these = found.Where(row => row.Key is not { } key || alive.Contains(key)).Select(row => row.Stream).ToHashSet();
            if (streams is null) streams = these;
            else streams.IntersectWith(these);
        }

        return streams;
    }

    private async Task<string[]> Marks(EventFilter filter, CancellationToken ct)
    {
        await using var session = open();
        List<string> looked = [];
        if (filter.Client is { } client) looked.Add(AuditMark.OfClient(client));
        if (filter.Address is { } address) looked.Add(await marks.Of(session.TenantId, AuditMarksProjection.Address, $"{address}", ct));
        if (filter.Identifier is { } identifier) looked.Add(await marks.Of(session.TenantId, AuditMarksProjection.Identifier, identifier, ct));
        return [.. looked];
    }

    private static IQueryable<IEvent> Narrow(IQueryable<IEvent> events, EventFilter filter, string[] looked)
    {
        const string Marked = $"select m.stream from {StoreSettings.Schema}.mt_doc_auditmark m where m.tenant_id = d.tenant_id and m.value = ?";
        const string Alive = $" and (m.key is null or exists (select 1 from {StoreSettings.Schema}.mt_doc_personalkey k where k.tenant_id = d.tenant_id and k.id = m.key))";
        // Where a commit failed, the store fills the numbers it had drawn: these rows say nothing of anybody.
        events = events.Where(e => e.MatchesSql("d.type <> 'tombstone'"));
        if (filter.Names is { } names) events = events.Where(e => e.MatchesSql("d.type = any(?)", new object[] { names.ToArray() }));
        if (filter.Stream is { } stream) events = events.Where(e => e.StreamId == stream);
        if (filter.Since is { } since) events = events.Where(e => e.Timestamp >= since);
        if (filter.Until is { } until) events = events.Where(e => e.Timestamp < until);
        if (filter.User is { } user) events = events.Where(e => e.MatchesSql($"(d.stream_id = ? or d.data ->> 'user' = ? or d.stream_id in ({Marked}))", user, $"{user}", AuditMark.OfUser(user)));
        if (filter.Actor is { } actor) events = events.Where(e => e.MatchesSql("d.data ->> 'by' = ?", actor));
        if (filter.Trace is { } trace) events = events.Where(e => e.MatchesSql($"d.headers ->> '{EventHeaders.Trace}' = ?", trace));
        if (filter.Factor is { } factor) events = events.Where(e => e.MatchesSql("(d.data -> 'authenticator' ->> 'strategy' = ? or d.data -> 'first' ->> 'strategy' = ? or d.data -> 'second' ->> 'strategy' = ?)", $"{factor}", $"{factor}", $"{factor}"));
        foreach (var mark in looked) events = events.Where(e => e.MatchesSql($"d.stream_id in ({Marked}{Alive})", mark));
        return events;
    }

    // Not every event of a sign-in came from one address: the mark finds the stream, the opened header the event.
    private async Task<IReadOnlyList<IEvent>> From(EventFilter filter, IReadOnlyList<IEvent> page, IQuerySession session, CancellationToken ct)
    {
        if (filter.Address is not { } address || page.Count == 0) return page;
        var places = page.ToDictionary(e => e.Sequence, e => EventHeaders.Read(e.GetHeader(EventHeaders.Address)));
        var personal = (await Personal.Open(session, keyring, places.Values.OfType<Sealed>(), reveal: true, ct)).Personal;
        return [.. page.Where(e => places[e.Sequence] is { } place && personal.Show(place) == $"{address}")];
    }
}

/// <summary>A page of events.</summary>
/// <param name="Cursor">Where the next one begins: the number of the last event that was looked at.</param>
public sealed record Found(IReadOnlyList<IEvent> Events, long Cursor);
