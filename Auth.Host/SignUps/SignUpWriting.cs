using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Users;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Marten;

namespace Auth.Host.SignUps;

/// <summary>What the one transaction of a sign-up's step holds.</summary>
public static class SignUpWriting
{
    /// <summary>Queues what was decided; with the last thing needed the person, their sign-in and its session come into being with it.</summary>
    public static async Task<SignUpAnswer> Record(
        this IDocumentSession session, SignUpDecision decision, SignUpReading reading, Caller caller, Drawing drawing, DateTimeOffset now)
    {
        var signUp = decision.Events.Aggregate(reading.SignUp, (s, happened) => SignUp.Evolve(s, happened, now));
        if (decision.Events.Count > 0)
        {
            session.Sign(caller, reading.Key!, reading.Settings);
            reading.Stream.AppendMany(decision.Events);
            session.Forget(reading.SignUp, decision.Events);
        }

        var completed = decision.Events.Any(happened => happened is SignUpCompleted) ? session.Complete((SignUp.Complete)signUp, reading, caller, now) : null;
        if (decision.Refusal is not null || reading.Client is not { } client) return new(decision.Refusal, decision.Until - now, decision.About, null, null, null);

        var resource = SignUpResource.Of(signUp, reading.Key, now, reading.Settings.InForce);
        var drawn = completed is { } done
            ? await drawing.Client(done.Conversion.Client, [.. reading.Settings.InForce.SingleSession ? [] : reading.OfClient.Sessions, done.Conversion.Session], done.Reading, null, session.TenantId, caller)
            : await drawing.Client(client, reading.OfClient.Sessions, reading.OfClient, null, session.TenantId, caller, resource);
        return new(null, null, null, resource, drawn, completed is { } issued ? CreateSignInHandler.Issue(issued.Conversion.Client, issued.Conversion.Secret) : null);
    }

    /// <summary>Ends the client's older sign-up, if it is still under way.</summary>
    public static async Task Supersede(this IDocumentSession session, Guid older, Guid by, DateTimeOffset now, Settings settings, CancellationToken ct)
    {
        var stream = await session.Events.FetchForWriting<SignUp>(older, ct);
        if (stream.Aggregate is { } signUp) session.End(stream, SignUpDecider.Decide(new SupersedeSignUp(by), signUp, Circumstances.At(now, null) with { Settings = settings }));
    }

    /// <summary>Appends an end, and destroys what nobody will need any more.</summary>
    public static void End(this IDocumentSession session, JasperFx.Events.IEventStream<SignUp> stream, SignUpDecision decision)
    {
        if (decision.Events.Count == 0) return;
        stream.AppendMany(decision.Events);
        session.Forget(stream.Aggregate!, decision.Events);
    }

    /// <summary>A guess counts in the commit that answers it (R16, R18); a right one clears the row, for whoever is right has the mailbox or the phone.</summary>
    public static void Count(this IDocumentSession session, Guesses row, SignUpDecision decision, DateTimeOffset now, Dials dials)
    {
        var after = decision.Events.Any(e => e is SignUpCodeRejected) ? row.Standing.Failed(now, dials)
            : decision.Events.Any(e => e is SignUpCodeAccepted) ? Standing.Clean : row.Standing;
        if (after != row.Standing) session.Move(row with { Failures = after.Failures, WaitUntil = after.WaitUntil }, row.Version);
    }

    /// <summary>Somebody who will never be: their key goes, and with it whatever they gave reads as erased; so does the password they chose.</summary>
    private static void Forget(this IDocumentSession session, SignUp signUp, IReadOnlyList<SignUpEvent> events)
    {
        if (!events.Any(happened => happened is SignUpExpired or SignUpSuperseded)) return;
        var user = ((SignUp.Begun)signUp).Identity.User;
        session.Delete<PersonalKey>(user);
        session.Delete<PasswordCredential>(user);
        session.Delete<OpenSignUp>(signUp.Id);
    }

    /// <summary>The person, their identifiers, and a sign-in that what they proved here begins: the session comes from where every session comes from (R03).</summary>
    private static Completed Complete(this IDocumentSession session, SignUp.Complete signUp, SignUpReading reading, Caller caller, DateTimeOffset now)
    {
        var (last, client) = (signUp.Last, reading.Client!);
        var created = UserDecider.Decide(new CreateUser(last.FirstName, last.LastName, last.HasPassword, New(IdentifierKind.EmailAddress), New(IdentifierKind.PhoneNumber), Vouching.Code), null);
        session.Events.StartStream<User>(signUp.Identity.User, created.Events);
        session.Insert(last.Identifiers.Select(given => new Identifier(Identifier.IdOf(reading.Keys, given.Kind, reading.Key!.Open(given.Value)!), signUp.Identity.User, given.Id)).ToArray());
        session.Delete<OpenSignUp>(signUp.Id);

        var person = new PersonView(created.Events.Aggregate(User.Initial with { Id = signUp.Identity.User }, (user, happened) => User.Evolve(user, happened, now)), reading.Key!);
        var (proof, typed, provedAt) = last.Proved(reading.Settings.InForce);
        var begun = SignInDecider.Decide(
            new BeginProved(client.Id, typed.Kind, typed.Value, proof, signUp.Completion.Session), SignIn.Initial, Circumstances.At(now, person.User) with { Settings = reading.Settings.InForce });
        var signIn = (SignIn.Finished)begun.Events.Aggregate(SignIn.Initial with { Id = signUp.Completion.SignIn }, SignIn.Evolve);
        session.Events.StartStream<SignIn>(signIn.Id, begun.Events);
        if (client.SignIn is { } older && !reading.OfClient.OlderIsOver(now)) session.Events.Append(older, new Superseded(signIn.Id));

        var about = reading.OfClient.About(person);
        var conversion = session.Convert(signIn, about, client, caller, reading.Keys, now, provedAt);
        var after = conversion.Client with { SignUp = null, LastStrategy = proof.Strategy.Traits().Name };
        session.Move(after, client.Version);
        return new(conversion with { Client = after }, about);

        IReadOnlyList<NewIdentifier> New(IdentifierKind kind) => last.Of(kind) is { } given ? [new(given.Id, given.Value)] : [];
    }

    private sealed record Completed(Conversion Conversion, SignInReading Reading);
}
