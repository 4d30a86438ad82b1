using Auth.Domain.SignIns;
using Auth.Domain.Tickets;
using Auth.Domain.Users;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Marten;

namespace Auth.Host.Tickets;

/// <summary>Somebody came by a link that the operator made for them.</summary>
public sealed record TicketSignInStep(Caller Caller, TicketSecret Ticket) : SignInStep(Caller);

/// <summary>A ticket as first factor: used up in the commit that accepts it, and followed by the same second factor as any other (R04). Why one is refused is told to nobody.</summary>
public static class TicketSignInHandler
{
    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(TicketSignInStep step, IDocumentSession session, IKeyring keyring, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        if (await Holder(step.Ticket, session, keyring, ct) is not var (row, holder)) throw Problems.TicketInvalid.Refuse();

        var (kind, primary) = Primary(holder.User);
        var typed = Identifier.IdOf(keys, kind, holder.Read(primary)!);
        var reading = await SignInReading.OfIdentifier(session, keyring, step.Caller, typed, now, ct);
        var stream = await session.Events.FetchForWriting<Ticket>(row.Ticket, ct);
        session.Sign(step.Caller, holder.Key, reading.Settings);
        if (stream.Aggregate!.State(now) is not TicketState.Pending || reading.Person?.User.Id != holder.User.Id)
        {
            if (stream.Aggregate.Refused(now) is { Count: > 0 } told) stream.AppendMany(told);
            return new(Refusal.TicketInvalid, null, null, null, null);
        }

        var (client, secret) = reading.Client is { } known ? (known, null) : Client.New(now);
        var command = new BeginProved(client.Id, kind, primary, new(Strategy.Ticket, row.Ticket), Guid.CreateVersion7(now));
        var decision = SignInDecider.Decide(command, SignIn.Initial, Circumstances.At(now, reading.Person.User) with { Settings = reading.Settings.InForce });
        var signIn = decision.Events.Aggregate(SignIn.Initial with { Id = Guid.CreateVersion7(now) }, SignIn.Evolve);

        session.Events.StartStream<SignIn>(signIn.Id, decision.Events);
        if (client.SignIn is { } older && !reading.OlderIsOver(now)) session.Events.Append(older, new Superseded(signIn.Id));
        if (decision.Events.Any(happened => happened is FirstFactorVerified)) stream.AppendOne(new TicketUsed(signIn.Id));

        var conversion = signIn is SignIn.Finished finished ? session.Convert(finished, reading, client, step.Caller, keys, now) : null;
        var after = conversion is { } made ? made.Client with { LastStrategy = Strategy.Ticket.Traits().Name } : client with { SignIn = signIn.Id, SignUp = null, UserId = holder.User.Id, Typed = typed, UpdatedAt = now };
        session.Move(after, client.Version);
        return await drawing.Answer(
            decision, signIn, reading, tenant, step.Caller, after, conversion is null ? reading.Sessions : [.. reading.Settings.InForce.SingleSession ? [] : reading.Sessions, conversion.Session], CreateSignInHandler.Issue(after, conversion?.Secret ?? secret));
    }

    private static async Task<(TicketRow Row, PersonView Person)?> Holder(TicketSecret ticket, IDocumentSession session, IKeyring keyring, CancellationToken ct)
    {
        if (await session.LoadAsync<TicketRow>(ticket.Hash, ct) is not { } row) return null;
        var batch = session.CreateBatchQuery();
        var (user, wrapped) = (batch.Load<User>(row.UserId), batch.Load<PersonalKey>(row.UserId));
        await batch.Execute(ct);
        return await user is { } found && await wrapped is { } key ? (row, new PersonView(found, keyring.Unwrap(key))) : null;
    }

    /// <summary>What they would have typed: the first verified address, else the first verified number.</summary>
    private static (IdentifierKind Kind, Domain.Sealed Value) Primary(User user) => user.EmailAddresses.Find(address => address.Verified) is { } address
        ? (IdentifierKind.EmailAddress, address.Address)
        : (IdentifierKind.PhoneNumber, user.PhoneNumbers.Find(number => number.Verified)!.Number);
}
