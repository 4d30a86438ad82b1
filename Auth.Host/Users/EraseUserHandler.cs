using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Passkeys;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.Sessions.Refreshing;
using Auth.Host.SignIns;
using Auth.Host.SignUps;
using Auth.Host.Tickets;
using Auth.Host.TrustedDevices;
using Marten;

namespace Auth.Host.Users;

/// <summary>An operator erases a person.</summary>
public sealed record EraseUserStep(Caller Caller, Guid User);

/// <summary>The operator's rule of retention erases somebody, if nothing was heard of them.</summary>
public sealed record ForgetUserStep(Guid User);

/// <summary>
/// Nothing of the person can be read from the commit on: their key is destroyed, and with it every personal value in events and readings. The facts themselves stay,
/// unchanged, so that a history is still whole. A sign-in under way ends at its next step, because there is nobody any more.
/// </summary>
public static class EraseUserHandler
{
    /// <summary>One transaction, bound to the version of the person's stream.</summary>
    public static async Task<DeletedResource> Handle(EraseUserStep step, IDocumentSession session, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var (id, now) = (step.User, clock.GetUtcNow());
        if (id == Guid.Empty) throw Problems.NotFound.Refuse();   // not an id at all (R09)
        var user = await session.LoadAsync<User>(id, ct);
        var decision = UserDecider.Decide(new EraseUser(), user);
        if (decision.Refusal is { } refusal) throw UserChangeHandler.Problem(refusal).Refuse();

        // Who ordered it stays readable for as long as any stranger's address does: under the person's own key it would be lost at once.
        session.Sign(step.Caller, await keyring.OfStrangers(session.TenantId, DateOnly.FromDateTime(now.UtcDateTime), ct), await InstanceSettings.Of(session, ct));
        await session.Erase(user!, decision.Events, now, ct);
        return new("user", new UserId(id).ToString(), true);
    }

    /// <summary>Whether it is long enough is decided on the account and its sessions, never on what found it.</summary>
    public static async Task Handle(ForgetUserStep step, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var (now, settings) = (clock.GetUtcNow(), await InstanceSettings.Of(session, ct));
        if (await session.LoadAsync<User>(step.User, ct) is not { } user || settings.InForce.Retention.Before(now) is not { } before) return;
        var used = (await session.Query<Session>().Where(row => row.UserId == step.User).ToListAsync(ct)).Select(row => row.LastActiveAt);
        if (used.Append(user.UpdatedAt).Max() is var heard && heard > before) return;

        session.SignAsSystem(settings);
        await session.Erase(user, UserDecider.Decide(new EraseUser(heard), user).Events, now, ct);
    }

    private static async Task Erase(this IDocumentSession session, User user, IReadOnlyList<UserEvent> events, DateTimeOffset now, CancellationToken ct)
    {
        await session.EndAllOf(user.Id, EndReason.UserErased, now, ct);
        session.Tell(user, events, now);
        session.Drop(user.Id);
    }
}
