using Auth.Domain;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Streams;
using Auth.Host.Audit.Telling;
using Auth.Host.Keys;
using Auth.Projections;
using JasperFx.Events;
using Marten;
using Marten.Events.Archiving;
using Marten.Linq.MatchesSql;
using Npgsql;

namespace Auth.Host.Audit;

/// <summary>What the audit command reads, all of it as of one moment: raw events, archived ones too, and readings brought up to the last event.</summary>
public sealed class AuditReader(IQuerySession session, NpgsqlTransaction snapshot, Func<IKeyring> keyring) : IAsyncDisposable
{
    private const int Page = 5000;

    /// <summary>The last event in the store.</summary>
    public async Task<long> UpTo(CancellationToken ct) => await Number($"select coalesce(max(seq_id), 0) from {StoreSettings.Schema}.mt_events", ct);

    /// <summary>A sign-in with what explains it, or null where there is none of that id.</summary>
    /// <param name="whole">With the person's other sign-ins, whether or not something was refused because of them.</param>
    public async Task<History?> History(Guid id, CancellationToken ct, bool whole = false)
    {
        var signIn = await Stream([id], ct);
        if (signIn is not [{ Data: Identified begun }, ..]) return null;

        var named = begun.User ?? signIn.Select(e => (e.Data as FirstFactorVerified)?.User).FirstOrDefault(person => person is not null);
        var user = named is { } person ? await Stream([person], ct) : [];
        var others = named is { } who && (whole || signIn.Any(e => NeedsOthers(e.Data))) ? await OthersOf(who, id, signIn[^1].Sequence, ct) : [];
        return new(id, signIn, user, others, await UpTo(ct)) { Settings = await SettingsThen(ct) };
    }

    /// <summary>Any other stream, or null where there is none of that id. A session is one from the conversion on that began it.</summary>
    public async Task<StreamHistory?> Stream(StreamKind kind, Guid id, CancellationToken ct)
    {
        var events = await All([id], ct);
        if (kind.Events == typeof(Domain.Sessions.SessionEvent)) events = [.. await Beginning(id, ct), .. events];
        if (events.Count == 0 || (events[0].Data is not Converted && !kind.Events.IsInstanceOfType(events[0].Data))) return null;
        var others = events.Any(e => e.Data is AuthenticatorDisabled) ? await OthersOf(id, Guid.Empty, events[^1].Sequence, ct) : [];
        return new(kind, id, events, others);
    }

    /// <summary>Sign-ins, newest first. What the reading has not followed yet is folded here, so the list is never behind.</summary>
    public async Task<IReadOnlyList<SignInHistory>> List(ListFilter filter, CancellationToken ct)
    {
        var fresh = (await NotYetFollowed(ct)).ToDictionary(row => row.Id);
        var found = fresh.Values.Where(filter.Takes).ToList();
        for (var skip = 0; found.Count < filter.Limit + fresh.Count; skip += Page)
        {
            var page = await filter.Narrow(session.Query<SignInHistory>()).OrderByDescending(row => row.StartedAt).Skip(skip).Take(Page).ToListAsync(ct);
            found.AddRange(page.Where(row => !fresh.ContainsKey(row.Id) && filter.Takes(row)));
            if (page.Count < Page) break;
        }

        return [.. found.OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Id).Take(filter.Limit)];
    }

    /// <summary>Everything that happened to the operator's settings.</summary>
    public async Task<IReadOnlyList<IEvent>> Settings(CancellationToken ct) =>
        await session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived() && e.StreamId == Instance.TheOne).OrderBy(e => e.Sequence).ToListAsync(ct);

    /// <summary>All versions that were ever in force.</summary>
    public async Task<SettingsThen> SettingsThen(CancellationToken ct) =>
        new(new Dictionary<long, Settings>((await Settings(ct)).Select(e => e.Data).OfType<SettingsApplied>().Select(applied => KeyValuePair.Create(applied.Version, applied.Settings))) { [0] = Auth.Domain.Instances.Settings.Shipped });

    /// <summary>The keys that are left for those values, and whether the root key here opens them.</summary>
    public Task<(Personal Personal, bool Closed)> Open(IEnumerable<Sealed> values, CancellationToken ct, bool reveal = false) => Personal.Open(session, keyring, values, reveal, ct);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        var connection = snapshot.Connection;
        await session.DisposeAsync();
        await snapshot.DisposeAsync();
        if (connection is not null) await connection.DisposeAsync();
    }

    private static bool NeedsOthers(object fact) => fact is
        FirstFactorRefused { Reason: RefusalReason.Waiting or RefusalReason.SendLimit } or SecondFactorRefused { Reason: RefusalReason.Waiting or RefusalReason.SendLimit };

    private async Task<IReadOnlyList<IEvent>> OthersOf(Guid user, Guid id, long before, CancellationToken ct)
    {
        var attempts = await List(new ListFilter { User = user, Limit = int.MaxValue / 2 }, ct);
        var events = await Stream([.. attempts.Select(row => row.Id).Where(other => other != id)], ct);
        return [.. events.Where(e => e.Sequence < before)];
    }

    private async Task<IReadOnlyList<IEvent>> Stream(Guid[] ids, CancellationToken ct) => [.. (await All(ids, ct)).Where(e => e.Data is SignInEvent or UserEvent)];

    private async Task<IReadOnlyList<IEvent>> All(Guid[] ids, CancellationToken ct) => ids.Length == 0 ? []
        : await session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived() && e.StreamId.IsOneOf(ids)).OrderBy(e => e.Sequence).ToListAsync(ct);

    private async Task<IEnumerable<IEvent>> Beginning(Guid id, CancellationToken ct) =>
        (await session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived() && e.EventTypeName == EventNames.All[typeof(Converted)] && e.MatchesSql("d.data ->> 'session' = ?", $"{id}")).ToListAsync(ct))
        .Where(e => e.Data is Converted converted && converted.Session == id);

    private async Task<IEnumerable<SignInHistory>> NotYetFollowed(CancellationToken ct)
    {
        var from = await Number($"select coalesce(max(last_seq_id), 0) from {StoreSettings.Schema}.mt_event_progression where name = '{nameof(SignInHistory)}:All'", ct);
        var rows = new Dictionary<Guid, SignInHistory?>();
        while (await session.Events.QueryAllRawEvents().Where(e => e.MaybeArchived() && e.Sequence > from).OrderBy(e => e.Sequence).Take(Page).ToListAsync(ct) is { Count: > 0 } page)
        {
            var events = page.Where(e => e.Data is SignInEvent).ToList();
            foreach (var row in await session.LoadManyAsync<SignInHistory>(ct, [.. events.Select(e => e.StreamId).Distinct().Where(id => !rows.ContainsKey(id))])) rows[row.Id] = row;
            foreach (var e in events) rows[e.StreamId] = SignInHistory.Fold(rows.GetValueOrDefault(e.StreamId), e);
            from = page[^1].Sequence;
        }

        return rows.Values.OfType<SignInHistory>();
    }

    private async Task<long> Number(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, snapshot.Connection, snapshot);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
