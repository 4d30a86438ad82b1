using System.Collections.Immutable;
using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using JasperFx.Events;
using Marten.Events.Projections;

namespace Auth.Projections;

/// <summary>One person's sessions, as the facts tell them. For people to look at; no decision reads it. A session is in it until its absolute life is over.</summary>
/// <param name="UpTo">The last event in it, by its number in the whole store.</param>
public sealed record ActiveSessions(Guid Id, long UpTo)
{
    /// <summary>Oldest first.</summary>
    public ImmutableList<SessionLine> Sessions { get; init; } = [];

    /// <summary>What was proved in sign-ins that are still under way: a session that begins was proved with it.</summary>
    public ImmutableSortedDictionary<Guid, ImmutableList<Strategy>> Proved { get; init; } = ImmutableSortedDictionary<Guid, ImmutableList<Strategy>>.Empty;

    /// <summary>Those that may be used, as far as the facts tell: time ends one for every reader before anybody tells.</summary>
    public IEnumerable<SessionLine> ActiveAt(DateTimeOffset now) => Sessions.Where(line => line.Ended is null && now < line.ExpiresAt);

    /// <summary>The same with one event more.</summary>
    public static ActiveSessions Fold(ActiveSessions? row, Guid user, IEvent e) => (row ?? new(user, 0)).After(e) with { UpTo = e.Sequence };

    private ActiveSessions After(IEvent e) => e.Data switch
    {
        FirstFactorVerified first            => Prove(e.StreamId, first.Authenticator.Strategy),
        SecondFactorVerified second          => Prove(e.StreamId, second.Authenticator.Strategy),
        Converted session                    => Begin(session, e),
        Expired or Superseded or Invalidated => this with { Proved = Proved.Remove(e.StreamId) },
        Ended ended                          => Change(e, line => line with { Ended = ended.Reason }),
        SessionEvent                         => Change(e, line => line),
        _                                    => this,
    };

    private ActiveSessions Prove(Guid signIn, Strategy strategy) => this with { Proved = Proved.SetItem(signIn, Proved.GetValueOrDefault(signIn, []).Add(strategy)) };

    private ActiveSessions Begin(Converted session, IEvent e) => this with
    {
        Sessions = Sessions.RemoveAll(line => line.ExpiresAt <= e.Timestamp)
            .Add(new(session.Session, e.StreamId, e.Timestamp, session.SessionExpiresAt, Proved.GetValueOrDefault(e.StreamId, []), e.EventTypeName, e.Timestamp, null)),
        Proved = Proved.Remove(e.StreamId),
    };

    private ActiveSessions Change(IEvent e, Func<SessionLine, SessionLine> change) =>
        this with { Sessions = Sessions.ConvertAll(line => line.Session == e.StreamId ? change(line) with { LastFact = e.EventTypeName, LastFactAt = e.Timestamp } : line) };
}

/// <summary>One session.</summary>
/// <param name="Factors">What it was proved with, in order.</param>
/// <param name="LastFact">The stored name of the last thing told about it.</param>
/// <param name="Ended">Why it ended; null while nobody told an end.</param>
public sealed record SessionLine(
    Guid Session, Guid SignIn, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt, ImmutableList<Strategy> Factors, string LastFact, DateTimeOffset LastFactAt, EndReason? Ended);

/// <summary>Keeps one list per person, from the sign-ins that began as theirs and from what happened to their sessions.</summary>
public sealed class ActiveSessionsProjection : MultiStreamProjection<ActiveSessions, Guid>
{
    /// <summary>What a sign-in proves and ends with, and all of a session's events.</summary>
    public ActiveSessionsProjection()
    {
        Name = nameof(ActiveSessions);
        SignInFold.IncludeAll<SignInEvent>(this);
        SignInFold.IncludeAll<SessionEvent>(this);
        CustomGrouping((session, page, grouping) => ByPerson.Group(session, page, grouping.AddEvent));
    }

    /// <inheritdoc />
    public override ActiveSessions? Evolve(ActiveSessions? snapshot, Guid id, IEvent e) => ActiveSessions.Fold(snapshot, id, e);
}
