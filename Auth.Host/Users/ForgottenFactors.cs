using Auth.Domain.Users;
using Auth.Host.Factors;
using Auth.Host.Passkeys;
using Marten;

namespace Auth.Host.Users;

/// <summary>What is left of factors that are taken off: nothing.</summary>
public static class ForgottenFactors
{
    /// <summary>Deletes the secrets of factors that these facts took off, and a seed that waits for its first code where they void what was begun before (R63).</summary>
    public static void Forget(this IDocumentSession session, User user, IReadOnlyList<UserEvent> events)
    {
        if (events.Any(e => e is BackupCodesRemoved)) session.DeleteWhere<BackupCodeSet>(x => x.UserId == user.Id);
        foreach (var removed in events.OfType<PasskeyRemoved>().Select(e => e.Passkey)) session.DeleteWhere<PasskeyCredential>(x => x.UserId == user.Id && x.Passkey == removed);
        if (UserDecider.Voids(events, user)) session.DeleteWhere<AuthenticatorApp>(x => x.UserId == user.Id && x.PendingIn != null);
        if (events.Any(e => e is AuthenticatorAppRemoved)) session.DeleteWhere<AuthenticatorApp>(x => x.UserId == user.Id);
    }
}
