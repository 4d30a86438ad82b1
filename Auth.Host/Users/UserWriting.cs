using Auth.Domain.Users;
using Marten;

namespace Auth.Host.Users;

/// <summary>How facts of a person are written.</summary>
public static class UserWriting
{
    /// <summary>Appends what was decided about a person, bound to the version it was decided on: who comes second loses, and asks again. The person after it.</summary>
    public static User Tell(this IDocumentSession session, User user, IReadOnlyList<UserEvent> events, DateTimeOffset now)
    {
        if (events.Count > 0) session.Events.Append(user.Id, user.Version + events.Count, events);
        return events.Aggregate(user, (person, happened) => User.Evolve(person, happened, now)) with { Version = user.Version + events.Count };
    }
}
