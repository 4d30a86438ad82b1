using Auth.Domain.Users;
using Auth.Host.Delivery;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.Passkeys;

/// <summary>A passkey of which there may be a copy: told once in its owner's history, and to its owner (R41).</summary>
public static class Suspecting
{
    /// <summary>In the commit that refuses the answer.</summary>
    public static async Task Suspect(this IDocumentSession session, IMessageContext bus, User? user, SuspectPasskey? suspect, DateTimeOffset now)
    {
        if (user is null || suspect is null || UserDecider.Decide(suspect, user).Events is not { Count: > 0 } events) return;
        session.Tell(user, events, now);
        await bus.Notify(user.Id, events, now);
    }
}
