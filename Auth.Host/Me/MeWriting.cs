using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Delivery;
using Auth.Host.Http;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.Me;

/// <summary>What the one transaction of a change to one's own account holds.</summary>
public static class MeWriting
{
    /// <summary>Appends what was decided about the person, and has them told at their other addresses (R64); who they are afterwards.</summary>
    /// <param name="proved">A second factor that was enrolled by proving it in this very session; <paramref name="at"/> that time where it is not now.</param>
    public static async Task<PersonView> Tell(
        this IDocumentSession session, IMessageContext bus, MeReading reading, Caller caller, IReadOnlyList<UserEvent> events, DateTimeOffset now, Guid? except = null, Authenticator? proved = null, DateTimeOffset? at = null)
    {
        session.Sign(caller, reading.Person.Key, reading.Who.Settings);
        var user = session.Tell(reading.Person.User, events, now);
        session.Forget(reading.Person.User, events);
        await bus.Notify(reading.Person.User.Id, events, now, except);
        session.Complete(reading, user, proved, at ?? now, now);
        return reading.Person with { User = user };
    }

    /// <summary>A second factor that was just proved counts for the session it was proved in, and the first one is what a pending session waited for.</summary>
    private static void Complete(this IDocumentSession session, MeReading reading, User after, Authenticator? proved, DateTimeOffset at, DateTimeOffset now)
    {
        var held = reading.Session;
        SessionTask? done = after.HasSecondFactor ? held.Task : null;
        SessionEvent[] facts = [.. proved is null ? Array.Empty<SessionEvent>() : [new SteppedUp(reading.Verification.Id, null, proved)], .. done is { } task ? new SessionEvent[] { new TaskCompleted(task) } : []];
        if (facts.Length == 0) return;
        session.Tell(held, held with { Task = done is null ? held.Task : null, SecondAt = proved is null ? held.SecondAt : at, Second = proved?.Strategy ?? held.Second, UpdatedAt = now }, facts);
    }

    /// <summary>A change of factors ends the person's other sessions in the same commit (R63, R70).</summary>
    public static Task EndOthers(this IDocumentSession session, MeReading reading, EndReason reason, DateTimeOffset now, CancellationToken ct) =>
        session.EndAllOf(reading.Person.User.Id, reason, now, ct, except: reading.Session.Id);

    /// <summary>Appends what was decided about a verification; where it stands afterwards.</summary>
    public static Verification Tell(this IDocumentSession session, MeReading reading, Caller caller, VerificationDecision decision)
    {
        session.Sign(caller, reading.Person.Key, reading.Who.Settings);
        if (decision.Events.Count > 0) reading.Stream!.AppendMany(decision.Events);
        return decision.Events.Aggregate(reading.Verification, Verification.Evolve);
    }

    /// <summary>A guess counts in the commit that answers it, in the same row as a sign-in's (R18); a right one clears it, for whoever is right is signed in already.</summary>
    public static void Count(this IDocumentSession session, Guesses row, VerificationDecision decision, DateTimeOffset now, Dials dials)
    {
        var after = decision.Events.Any(e => e is VerificationRejected) ? row.Standing.Failed(now, dials)
            : decision.Events.Any(e => e is VerificationAccepted) ? Standing.Clean : row.Standing;
        if (after != row.Standing) session.Move(row with { Failures = after.Failures, WaitUntil = after.WaitUntil }, row.Version);
        else if (decision.Events.Any(e => e is VerificationAccepted) && row.Version > 0) session.QueueOperation(new GuessesUnchanged(session.TenantId, row));
    }
}
