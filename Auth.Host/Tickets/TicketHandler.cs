using Auth.Domain.SignIns;
using Auth.Domain.Tickets;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.Tickets;

/// <summary>An operator wants a link that signs somebody in once.</summary>
public sealed record MakeTicketStep(Caller Caller, Guid User, TimeSpan? Life);

/// <summary>An operator takes it back.</summary>
public sealed record RevokeTicketStep(Caller Caller, Guid Ticket);

/// <summary>A ticket, and once, when it was made, its text.</summary>
public sealed record MadeTicket(Ticket Ticket, TicketSecret? Secret);

/// <summary>Tickets, as the operator makes them and takes them back.</summary>
public static class TicketHandler
{
    /// <summary>Makes one; nothing of it is stored but its hash.</summary>
    public static async Task<MadeTicket> Handle(MakeTicketStep step, IDocumentSession session, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var batch = session.CreateBatchQuery();
        var (found, wrapped) = (batch.Load<User>(step.User), batch.Load<PersonalKey>(step.User));
        await batch.Execute(ct);
        if (await found is not { } user || await wrapped is not { } stored) throw Problems.NotFound.Refuse();
        var settings = await InstanceSettings.Of(session, ct);
        if (step.Life > Ticket.LongestLife) throw Problems.FieldUnknownValue.About("expires_in_seconds").Refuse();

        var (secret, made) = (TicketSecret.Make(), new TicketMade(user.Id, now + (step.Life ?? Ticket.LongestLife)));
        var ticket = Ticket.Evolve(null, made, now) with { Id = Guid.CreateVersion7(now) };
        session.Sign(step.Caller, keyring.Unwrap(stored), settings);
        session.Events.StartStream<Ticket>(ticket.Id, made);
        session.Insert(new TicketRow(secret.Hash, ticket.Id, user.Id));
        return new(ticket, secret);
    }

    /// <summary>Takes it back; one that was used cannot be.</summary>
    public static async Task<MadeTicket> Handle(RevokeTicketStep step, IDocumentSession session, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        if (step.Ticket == Guid.Empty) throw Problems.NotFound.Refuse();   // not an id at all (R09)
        var stream = await session.Events.FetchForWriting<Ticket>(step.Ticket, ct);
        if (stream.Aggregate is not { } ticket) throw Problems.NotFound.Refuse();
        if (ticket.Revoked() is not { } events) throw Problems.TicketSpent.Refuse();

        var key = await session.LoadAsync<PersonalKey>(ticket.Made.User, ct) is { } stored
            ? keyring.Unwrap(stored) : await keyring.OfStrangers(session.TenantId, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), ct);   // whose person was erased
        session.Sign(step.Caller, key, await InstanceSettings.Of(session, ct));
        if (events.Count > 0) stream.AppendMany(events);
        return new(events.Aggregate(ticket, (t, happened) => Ticket.Evolve(t, happened, clock.GetUtcNow())), null);
    }
}
