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
    public static async Task<PersonView> Tell(
        this IDocumentSession session, IMessageContext bus, MeReading reading, Caller caller, IReadOnlyList<UserEvent> events, DateTimeOffset now, CancellationToken ct, Guid? except = null)
    {
        session.Sign(caller, reading.Person.Key);
        if (events.Count > 0) (await session.Person(reading.Person.User, ct)).AppendMany(events);
        session.Forget(reading.Person.User, events);
        await bus.Notify(reading.Person.User.Id, events, now, except);
        return reading.Person with { User = events.Aggregate(reading.Person.User, (user, happened) => User.Evolve(user, happened, now)) };
    }

    /// <summary>A change of factors ends the person's other sessions in the same commit (R63, R70).</summary>
    public static Task EndOthers(this IDocumentSession session, MeReading reading, DateTimeOffset now, CancellationToken ct) => session.EndAll(reading.Person.User.Id, [reading.Session], now, ct);

    /// <summary>Ends every session of a person but those.</summary>
    public static async Task EndAll(this IDocumentSession session, Guid user, IReadOnlyList<Session> but, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var other in await session.Query<Session>().Where(x => x.UserId == user && x.Ended == null).ToListAsync(ct))
        {
            if (but.All(kept => kept.Id != other.Id)) session.End(other, EndReason.FactorsChanged, now);
        }
    }

    /// <summary>Appends what was decided about a verification; where it stands afterwards.</summary>
    public static async Task<Verification> Tell(this IDocumentSession session, MeReading reading, Caller caller, Guid verification, VerificationDecision decision, CancellationToken ct)
    {
        session.Sign(caller, reading.Person.Key);
        if (decision.Events.Count > 0)
        {
            var stream = await session.Events.FetchForWriting<Verification>(verification, ct);
            if ((stream.CurrentVersion ?? 0) != reading.VerificationVersion) throw new JasperFx.ConcurrencyException("The verification moved.", typeof(Verification), verification);
            stream.AppendMany(decision.Events);
        }

        return decision.Events.Aggregate(reading.Verification with { Id = verification }, Verification.Evolve);
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
