using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Marten;

namespace Auth.Host.TrustedDevices;

/// <summary>A person takes the trust from one of their devices.</summary>
public sealed record RevokeOwnTrustStep(Speaker Me, Guid Trust);

/// <summary>An operator does.</summary>
/// <param name="By">The short id of their key.</param>
public sealed record RevokeTrustStep(Caller Caller, Guid User, Guid Trust, string By);

/// <summary>From the commit on that device is asked for the second factor again (R66).</summary>
public static class TrustedDeviceHandler
{
    /// <summary>One's own; another person's is unknown. It takes nothing away that a thief could want, so no step-up.</summary>
    public static async Task<DeletedResource> Handle(RevokeOwnTrustStep step, IDocumentSession session, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var who = await SignedIn.Of(session, keyring, step.Me, clock.GetUtcNow(), ct);
        return await session.Revoke(who.Person.User.Id, step.Trust, null, step.Me.Caller, keyring, clock, ct);
    }

    /// <summary>Anybody's.</summary>
    public static Task<DeletedResource> Handle(RevokeTrustStep step, IDocumentSession session, IKeyring keyring, TimeProvider clock, CancellationToken ct) =>
        session.Revoke(step.User, step.Trust, step.By, step.Caller, keyring, clock, ct);

    private static async Task<DeletedResource> Revoke(
        this IDocumentSession session, Guid id, Guid trust, string? by, Caller caller, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (user, key, settings) = await session.Locked(id, keyring, now, ct);
        if (trust == Guid.Empty || await session.LoadAsync<TrustedDevice>(trust, ct) is not { } trusted || !trusted.Holds(user, now)) throw Problems.NotFound.Refuse();
        session.Sign(caller, key, settings);
        session.Tell(user, UserDecider.Decide(new RevokeDeviceTrust(trust, by), user).Events, now);
        session.Delete<TrustedDevice>(trust);
        return new("trusted_device", new TrustedDeviceId(trust).ToString(), true);
    }
}
