using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Marten;

namespace Auth.Host.Sessions;

/// <summary>An operator ends all sessions of a person at once.</summary>
/// <param name="By">The short id of their key.</param>
public sealed record RevokeSessionsStep(Caller Caller, Guid User, string By);

/// <summary>Ends all of them in one commit. Sign-ins that wait end with them, for whoever is thrown out must not come back by what was proved before (R63, R75).</summary>
public static class RevokeSessionsHandler
{
    /// <summary>No token is issued from the commit on (R70); what was over stays as it is.</summary>
    public static async Task<IReadOnlyList<OperatorsSession>> Handle(RevokeSessionsStep step, IDocumentSession session, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (user, key, settings) = await session.Locked(step.User, keyring, now, ct);
        var happened = UserDecider.Decide(new RevokeSessions(step.By), user).Events;
        session.Sign(step.Caller, key, settings);
        var ended = await session.EndAllOf(user.Id, EndReason.Revoked, now, ct);
        session.Forget(user, happened);
        session.Tell(user, happened, now);
        return [.. ended.Reverse().Select(one => OperatorsSession.Of(one, key, now, settings.InForce.Dials))];
    }
}
