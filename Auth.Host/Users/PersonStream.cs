using Auth.Domain.Users;
using Auth.Host.Factors;
using Auth.Host.Passkeys;
using JasperFx;
using Marten;
using JasperFx.Events;

namespace Auth.Host.Users;

/// <summary>The stream of a person that a step read already, to append to: at the version it was read at, or the race is lost.</summary>
public static class PersonStream
{
    /// <summary>A round trip more than a sign-in's step has; changes to an account are rare.</summary>
    public static async Task<IEventStream<User>> Person(this IDocumentSession session, User user, CancellationToken ct)
    {
        var stream = await session.Events.FetchForWriting<User>(user.Id, ct);
        return stream.Aggregate?.Version == user.Version ? stream : throw new ConcurrencyException("The person changed.", typeof(User), user.Id);
    }

    /// <summary>Secrets of factors that these facts took off leave nothing behind.</summary>
    public static void Forget(this IDocumentSession session, User user, IReadOnlyList<UserEvent> events)
    {
        if (events.Any(e => e is BackupCodesRemoved)) session.DeleteWhere<BackupCodeSet>(x => x.UserId == user.Id);
        foreach (var removed in events.OfType<PasskeyRemoved>().Select(e => e.Passkey)) session.DeleteWhere<PasskeyCredential>(x => x.UserId == user.Id && x.Passkey == removed);
        if (events.Any(e => e is AuthenticatorAppRemoved)) session.DeleteWhere<AuthenticatorApp>(x => x.UserId == user.Id);
    }
}
