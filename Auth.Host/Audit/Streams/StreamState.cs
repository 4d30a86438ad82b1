using Auth.Domain.Instances;
using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Tickets;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Audit.Telling;
using JasperFx.Events;

namespace Auth.Host.Audit.Streams;

/// <summary>Where a stream stands: the domain's own fold, a word for the stage, and what can be told of it row by row.</summary>
/// <param name="Rows">By name; a row that is not there says that there is no such thing.</param>
public sealed record StreamState(string Stage, IReadOnlyDictionary<string, string> Rows)
{
    /// <summary>Before anything happened.</summary>
    public static StreamState Nothing { get; } = new("not begun", new Dictionary<string, string>());

    /// <summary>After these events, as it stands at that instant.</summary>
    public static StreamState Of(IReadOnlyList<IEvent> events, DateTimeOffset at, Personal personal)
    {
        if (events.Count == 0) return Nothing;
        return events[0].Data switch
        {
            UserEvent         => UserRows.Of(Fold<UserEvent, User>(events, User.Initial, User.Evolve), at, personal),
            SessionEvent or Converted => SessionRows.Of(events),
            SignUpEvent       => SignUpRows.Of(Fold<SignUpEvent, SignUp>(events, SignUp.Initial, SignUp.Evolve), at, personal),
            TicketEvent       => TicketRows.Of(Fold<TicketEvent, Ticket?>(events, null, Ticket.Evolve)!, at),
            VerificationEvent => VerificationRows.Of(Fold<VerificationEvent, Verification>(events, Verification.Initial, (state, e, _) => Verification.Evolve(state, e)), at),
            InstanceEvent     => InstanceRows.Of(Fold<InstanceEvent, Instance>(events, Instance.Initial, Instance.Evolve)),
            _                 => new("told", new Dictionary<string, string>()),
        };
    }

    /// <summary>What is otherwise than before.</summary>
    public IEnumerable<Change> Since(StreamState before) =>
        Rows.Keys.Concat(before.Rows.Keys).Distinct()
            .Select(name => new Change(name, before.Rows.GetValueOrDefault(name, ""), Rows.GetValueOrDefault(name, "gone")))
            .Where(change => change.From != change.To);

    private static T Fold<TEvent, T>(IReadOnlyList<IEvent> events, T initial, Func<T, TEvent, DateTimeOffset, T> evolve) =>
        events.Aggregate(initial, (state, e) => evolve(state, (TEvent)e.Data, e.Timestamp));
}
