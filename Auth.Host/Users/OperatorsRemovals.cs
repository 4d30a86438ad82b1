using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Delivery;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.Wiring;
using Marten;
using Wolverine;

namespace Auth.Host.Users;

/// <summary>An operator takes an address, a number or a passkey off somebody. The last second factor goes only by a recovery (R65).</summary>
public static class OperatorsRemovals
{
    /// <summary>Maps them.</summary>
    public static void MapOperatorsRemovals(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1").RequireSecretKey().WithTags("Backend API: people");
        api.MapDelete("/phone_numbers/{id}", PhoneNumber).Produces<DeletedResource>();
        api.MapDelete("/email_addresses/{id}", EmailAddress).Produces<DeletedResource>();
        api.MapDelete("/users/{id}/passkeys/{passkey}", Passkey).Produces<DeletedResource>();
    }

    /// <summary>A number.</summary>
    public static Task<DeletedResource> PhoneNumber(IdentifierId id, Caller caller, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<DeletedResource>(new TakeIdentifierOffStep(caller, id.Value, IdentifierKind.PhoneNumber), ct);

    /// <summary>An address.</summary>
    public static Task<DeletedResource> EmailAddress(IdentifierId id, Caller caller, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<DeletedResource>(new TakeIdentifierOffStep(caller, id.Value, IdentifierKind.EmailAddress), ct);

    /// <summary>A passkey.</summary>
    public static Task<DeletedResource> Passkey(UserId id, PasskeyId passkey, Caller caller, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<DeletedResource>(new TakePasskeyOffStep(caller, id.Value, passkey.Value), ct);
}

/// <summary>An operator takes a verified address or number off whoever has it.</summary>
public sealed record TakeIdentifierOffStep(Caller Caller, Guid Identifier, IdentifierKind Kind);

/// <summary>An operator takes a passkey off somebody.</summary>
public sealed record TakePasskeyOffStep(Caller Caller, Guid User, Guid Passkey);

/// <summary>Takes it off, and everything that was built on it ends in the same commit (R63, R70).</summary>
public static class OperatorsRemovalsHandler
{
    /// <summary>An address or number: nobody signs in with it from then on.</summary>
    public static async Task<DeletedResource> Handle(TakeIdentifierOffStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        if (await session.Query<Identifier>().Where(x => x.IdentifierId == step.Identifier).FirstOrDefaultAsync(ct) is not { } row) throw Problems.NotFound.Refuse();
        var (user, key, settings) = await session.Locked(row.UserId, keyring, clock.GetUtcNow(), ct);
        var kind = user.PhoneNumbers.Exists(number => number.Id == step.Identifier) ? IdentifierKind.PhoneNumber : IdentifierKind.EmailAddress;
        if (kind != step.Kind) throw Problems.NotFound.Refuse();

        session.Sign(step.Caller, key, settings);
        await session.TakeOff(bus, user, new RemoveIdentifier(step.Identifier), clock.GetUtcNow(), ct);
        session.Delete(row);
        return new(kind is IdentifierKind.PhoneNumber ? "phone_number" : "email_address", new IdentifierId(step.Identifier).ToString(), true);
    }

    /// <summary>A passkey.</summary>
    public static async Task<DeletedResource> Handle(TakePasskeyOffStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var (user, key, settings) = await session.Locked(step.User, keyring, clock.GetUtcNow(), ct);
        session.Sign(step.Caller, key, settings);
        await session.TakeOff(bus, user, new RemovePasskey(step.Passkey), clock.GetUtcNow(), ct);
        return new("passkey", new PasskeyId(step.Passkey).ToString(), true);
    }

    /// <summary>The facts of a factor that an operator takes off, and the end of all their sessions; refused for the last one.</summary>
    internal static async Task TakeOff(this IDocumentSession session, IMessageContext bus, User user, UserCommand command, DateTimeOffset now, CancellationToken ct)
    {
        var decision = UserDecider.Decide(command, user, secondFactorRequired: true);
        if (decision.Refusal is { } refusal) throw UserChangeHandler.Problem(refusal).Refuse();
        await session.EndAllOf(user.Id, EndReason.FactorsChanged, now, ct);
        session.Forget(user, decision.Events);
        session.Tell(user, decision.Events, now);
        await bus.Notify(user.Id, decision.Events, now);
    }
}
