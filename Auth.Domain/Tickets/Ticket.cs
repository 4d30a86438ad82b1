namespace Auth.Domain.Tickets;

/// <summary>A fact of one ticket: a link that signs somebody in once, made by the operator. Names and bodies are for ever.</summary>
public abstract record TicketEvent;

/// <summary>The operator made one. The ticket itself is in no event.</summary>
public sealed record TicketMade(Guid User, DateTimeOffset EndsAt) : TicketEvent;

/// <summary>It was a first factor, once.</summary>
public sealed record TicketUsed(Guid SignIn) : TicketEvent;

/// <summary>It was offered when it was good for nothing any more. Told once per reason.</summary>
public sealed record TicketRefused(TicketState Because) : TicketEvent;

/// <summary>The operator took it back.</summary>
public sealed record TicketRevoked : TicketEvent;

/// <summary>What a ticket is good for.</summary>
public enum TicketState
{
    /// <summary>It signs in.</summary>
    Pending,

    /// <summary>It did.</summary>
    Used,

    /// <summary>It was taken back.</summary>
    Revoked,

    /// <summary>It was not used in time.</summary>
    Expired,
}

/// <summary>Where a ticket stands.</summary>
/// <param name="End">What it was used or taken back by.</param>
/// <param name="Told">Why it was refused last.</param>
public sealed record Ticket(TicketMade Made, DateTimeOffset MadeAt, DateTimeOffset ChangedAt, TicketEvent? End, TicketState? Told)
{
    /// <summary>The longest that one may be good for; that long where its maker does not say.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);

    /// <summary>The stream's id; set by whoever loads it.</summary>
    public Guid Id { get; init; }

    /// <summary>What it is good for now.</summary>
    public TicketState State(DateTimeOffset now) => End switch
    {
        TicketUsed               => TicketState.Used,
        TicketRevoked            => TicketState.Revoked,
        _ when now >= Made.EndsAt => TicketState.Expired,
        _                        => TicketState.Pending,
    };

    /// <summary>The only fold.</summary>
    public static Ticket Evolve(Ticket? ticket, TicketEvent happened, DateTimeOffset at) => (ticket, happened) switch
    {
        (null,          TicketMade e)                  => new(e, at, at, null, null),
        ({ End: null }, TicketUsed or TicketRevoked)   => ticket with { End = happened, ChangedAt = at },
        ({ },           TicketRefused e)               => ticket with { Told = e.Because },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot {(ticket is null ? "begin" : "follow in")} a ticket."),
    };

    /// <summary>What is told when it is offered and good for nothing; nothing when that was told already.</summary>
    public IReadOnlyList<TicketEvent> Refused(DateTimeOffset now) => State(now) is var state && state != Told ? [new TicketRefused(state)] : [];

    /// <summary>What is told when the operator takes it back; null where it is too late for that.</summary>
    public IReadOnlyList<TicketEvent>? Revoked() => End switch
    {
        null          => [new TicketRevoked()],
        TicketRevoked => [],
        _             => null,
    };
}
