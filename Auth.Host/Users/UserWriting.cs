using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Delivery;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Marten;
using Wolverine;

namespace Auth.Host.Users;

/// <summary>How facts of a person are written, and what they change beside the stream.</summary>
public static class UserWriting
{
    /// <summary>The same for whoever it may be, who is told of it; nothing of a stranger.</summary>
    public static async Task Tell(this IDocumentSession session, IMessageContext bus, PersonView? person, IReadOnlyList<UserEvent> events, DateTimeOffset now)
    {
        if (person is null || events.Count == 0) return;
        session.Tell(person.User, events, now);
        await bus.Notify(person.User.Id, events, now);
    }

    /// <summary>What is bound again begins with no failures, in every lane: see <see cref="Binding"/>, which says the same to the person's own state (R19).</summary>
    private static void Forgive(this IDocumentSession session, Guid user, UserEvent happened)
    {
        switch (happened)
        {
            case Unlocked:                              session.DeleteWhere<Guesses>(row => row.UserId == user); break;
            case Recovered:
                session.DeleteWhere<Guesses>(row => row.UserId == user
                    && (row.Strategy == Strategy.PhoneCode || row.Strategy == Strategy.Totp || row.Strategy == Strategy.BackupCode || row.Strategy == Strategy.EmailCode || row.Strategy == Strategy.Passkey));
                break;
            case PasswordSet:                           session.DeleteWhere<Guesses>(row => row.UserId == user && row.Strategy == Strategy.Password); break;
            case BackupCodesMade or BackupCodesRemoved: session.DeleteWhere<Guesses>(row => row.UserId == user && row.Strategy == Strategy.BackupCode); break;
            case AuthenticatorAppRemoved e:             session.DeleteWhere<Guesses>(row => row.UserId == user && row.Authenticator == e.App); break;
            case PhoneNumberRemoved e:                  session.DeleteWhere<Guesses>(row => row.UserId == user && row.Authenticator == e.PhoneNumber); break;
            case EmailAddressRemoved e:                 session.DeleteWhere<Guesses>(row => row.UserId == user && row.Authenticator == e.EmailAddress); break;
        }
    }

    /// <summary>Appends what was decided about a person, bound to the version it was decided on: who comes second loses, and asks again. The person after it.</summary>
    public static User Tell(this IDocumentSession session, User user, IReadOnlyList<UserEvent> events, DateTimeOffset now)
    {
        foreach (var happened in events) session.Forgive(user.Id, happened);
        if (events.Count > 0) session.Events.Append(user.Id, user.Version + events.Count, events);
        return events.Aggregate(user, (person, happened) => User.Evolve(person, happened, now)) with { Version = user.Version + events.Count };
    }
}
