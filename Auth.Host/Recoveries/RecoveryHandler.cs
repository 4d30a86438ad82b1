using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Host.Delivery;
using Auth.Host.Delivery.Mail;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.Recoveries;

/// <summary>An operator begins to recover somebody who lost their second factors.</summary>
/// <param name="By">The short id of their key.</param>
public sealed record StartRecoveryStep(Caller Caller, Guid User, string By, string Reason)
{
    /// <summary>The reason may name the person.</summary>
    public override string ToString() => $"StartRecoveryStep({User})";
}

/// <summary>An operator stops it.</summary>
public sealed record CancelRecoveryStep(Caller Caller, Guid User, string By);

/// <summary>The person stops it.</summary>
public sealed record CancelOwnRecoveryStep(Speaker Me);

/// <summary>A recovery seems to be due.</summary>
public sealed record TakeEffectStep(Guid User);

/// <summary>Whether it was, and nobody told it before.</summary>
public sealed record EffectTaken(bool Now);

/// <summary>A recovery: told to every address and number before it takes anything away, stopped by a word, and then done once (R64, R65).</summary>
public static class RecoveryHandler
{
    /// <summary>Begins it. A second one changes nothing: the first one's day stands.</summary>
    public static async Task<OfUserResource> Handle(StartRecoveryStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (user, key, settings) = await session.Locked(step.User, keyring, now, ct);
        var due = now + settings.InForce.Dials.RecoveryWait;
        var decision = UserDecider.Decide(new StartRecovery(Guid.CreateVersion7(now), due, step.By, key.Seal(step.Reason)), user);
        if (decision.Events.Count == 0) return OfUserResource.Of(user.Id);
        session.Sign(step.Caller, key, settings);
        user = session.Tell(user, decision.Events, now);
        await bus.Notify(user.Id, NoticeKind.RecoveryStarted, now, due: due);
        if (user.IsRecovered(now)) await session.TakeEffect(bus, user, now, ct);
        return OfUserResource.Of(user.Id);
    }

    /// <summary>Stops it, for the operator.</summary>
    public static async Task<OfUserResource> Handle(CancelRecoveryStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (user, key, settings) = await session.Locked(step.User, keyring, now, ct);
        session.Sign(step.Caller, key, settings);
        await session.Cancel(bus, user, step.By, now);
        return OfUserResource.Of(user.Id);
    }

    /// <summary>Stops it, for the person: any session of theirs will do, for it takes nothing away.</summary>
    public static async Task<EffectTaken> Handle(CancelOwnRecoveryStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var who = await SignedIn.Of(session, keyring, step.Me, now, ct);
        var (user, key, settings) = await session.Locked(who.Person.User.Id, keyring, now, ct);
        session.Sign(step.Me.Caller, key, settings);
        await session.Cancel(bus, user, null, now);
        return new(true);
    }

    /// <summary>Does what it was begun for, once: who comes second finds it done.</summary>
    public static async Task<EffectTaken> Handle(TakeEffectStep step, IDocumentSession session, IMessageContext bus, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await session.LockPerson(step.User, ct);
        if (await session.LoadAsync<User>(step.User, ct) is not { } user || !user.IsRecovered(now)) return new(false);
        session.SignAsSystem(await InstanceSettings.Of(session, ct));
        await session.TakeEffect(bus, user, now, ct);
        return new(true);
    }

    private static async Task TakeEffect(this IDocumentSession session, IMessageContext bus, User user, DateTimeOffset now, CancellationToken ct)
    {
        var happened = UserDecider.Decide(new TakeEffect(now), user).Events;
        await session.EndAllOf(user.Id, EndReason.FactorsChanged, now, ct);
        session.Forget(user, happened);
        session.Tell(user, happened, now);
        await bus.Notify(user.Id, NoticeKind.Recovered, now);
    }

    private static async Task Cancel(this IDocumentSession session, IMessageContext bus, User user, string? by, DateTimeOffset now)
    {
        var decision = UserDecider.Decide(new CancelRecovery(by), user);
        if (decision.Refusal is { } refusal) throw UserChangeHandler.Problem(refusal).Refuse();
        session.Tell(user, decision.Events, now);
        await bus.Notify(user.Id, NoticeKind.RecoveryCancelled, now);
    }
}
