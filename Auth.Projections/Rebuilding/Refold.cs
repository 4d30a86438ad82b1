using JasperFx.Events;
using Marten;

namespace Auth.Projections.Rebuilding;

/// <summary>A reading folded a page of events at a time, on rows that are where the session looks: the same folds and grouping that the live one follows with.</summary>
/// <param name="IsCompared">Whether the same events give the same rows whenever they are folded. Marks of values whose key is gone meanwhile are not made again.</param>
public sealed record Refold(string Reading, Func<IDocumentSession, IReadOnlyList<IEvent>, CancellationToken, Task> Apply, bool IsCompared = true)
{
    /// <summary>It is written in the transaction of its events.</summary>
    public bool IsInline { get; init; }

    private delegate Task Grouping<TId>(IQuerySession session, IReadOnlyList<IEvent> page, Action<TId, IEvent> add);

    /// <summary>Where its rows are, in whichever schema.</summary>
    public string Table => $"mt_doc_{Reading.ToLowerInvariant()}";

    /// <summary>How the store calls its progress.</summary>
    public string Shard => $"{Reading}:All";

    /// <summary>Every reading.</summary>
    public static IReadOnlyList<Refold> All(IPersonalMarks? marks)
    {
        var (history, timeline, status, sessions, users, days, texts) = (new SignInHistoryProjection(), new SignInTimelineProjection(), new UserMfaStatusProjection(), new ActiveSessionsProjection(), new UsersProjection(), new MfaAdoptionProjection(), new SmsLedgerProjection());
        return
        [
            new(nameof(Domain.Users.User), (_, _, _) => Task.CompletedTask) { IsInline = true },
            new(nameof(SignInHistory), Of<SignInHistory, Guid>(history.IncludedEventTypes, ByStream, Loaded<SignInHistory>, row => row.Id, history.Evolve)),
            new(nameof(SignInTimeline), Of<SignInTimeline, Guid>(timeline.IncludedEventTypes, ByStream, Loaded<SignInTimeline>, row => row.Id, timeline.Evolve)),
            new(nameof(UserMfaStatus), Of<UserMfaStatus, Guid>(status.IncludedEventTypes, ByPerson.Group, Loaded<UserMfaStatus>, row => row.Id, status.Evolve)),
            new(nameof(ActiveSessions), Of<ActiveSessions, Guid>(sessions.IncludedEventTypes, ByPerson.Group, Loaded<ActiveSessions>, row => row.Id, sessions.Evolve)),
            new(UserOverview.Reading, Of<UserOverview, Guid>(users.IncludedEventTypes, ByPerson.Group, Loaded<UserOverview>, row => row.Id, users.Evolve)),
            new(nameof(MfaAdoption), Of<MfaAdoption, string>(days.IncludedEventTypes, MfaAdoptionProjection.Group, LoadedByName<MfaAdoption>, row => row.Id, days.Evolve)),
            new(nameof(SmsLedger), Of<SmsLedger, string>(texts.IncludedEventTypes, SmsLedgerProjection.Group, LoadedByName<SmsLedger>, row => row.Id, texts.Evolve)),
            new(nameof(AuditMark), async (session, page, ct) =>
            {
                var projection = new AuditMarksProjection(marks);
                foreach (var e in page.Where(e => projection.IncludedEventTypes.Contains(e.EventType))) await projection.ApplyAsync(session, e, ct);
            }, IsCompared: false),
        ];
    }

    private static Func<IDocumentSession, IReadOnlyList<IEvent>, CancellationToken, Task> Of<T, TId>(
        IReadOnlyCollection<Type> takes, Grouping<TId> group, Func<IQuerySession, TId[], CancellationToken, Task<IReadOnlyList<T>>> load, Func<T, TId> id, Func<T?, TId, IEvent, T?> evolve) where T : class where TId : notnull => async (session, page, ct) =>
    {
        var given = new List<(TId Id, IEvent Event)>();
        await group(session, [.. page.Where(e => takes.Contains(e.EventType))], (row, e) => given.Add((row, e)));
        var rows = (await load(session, [.. given.Select(one => one.Id).Distinct()], ct)).ToDictionary(id, row => (T?)row);
        foreach (var (row, e) in given) rows[row] = evolve(rows.GetValueOrDefault(row), row, e);
        session.Store(rows.Values.OfType<T>());
    };

    private static Task ByStream(IQuerySession session, IReadOnlyList<IEvent> page, Action<Guid, IEvent> add)
    {
        foreach (var e in page) add(e.StreamId, e);
        return Task.CompletedTask;
    }

    private static Task<IReadOnlyList<T>> Loaded<T>(IQuerySession session, Guid[] ids, CancellationToken ct) where T : notnull => session.LoadManyAsync<T>(ct, ids);

    private static Task<IReadOnlyList<T>> LoadedByName<T>(IQuerySession session, string[] ids, CancellationToken ct) where T : notnull => session.LoadManyAsync<T>(ct, ids);
}
