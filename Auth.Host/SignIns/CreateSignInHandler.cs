using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Passwords;
using Auth.Host.Sessions;
using Auth.Host.Users;
using Marten;

namespace Auth.Host.SignIns;

/// <summary>Step 1, with a password steps 1 to 3. It always begins anew: the client's older sign-in is superseded, also when this password is wrong (R11).</summary>
public static class CreateSignInHandler
{
    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(
        CreateSignInStep step, IDocumentSession session, IKeyring keyring, PasswordHashing hashing, Drawing drawing, TimeProvider clock, Dials dials, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        var strangers = Guesses.IdOfStranger(keys, step.Kind, step.Canonical, Authenticator.Password);
        var reading = await SignInReading.OfIdentifier(session, keyring, step.Caller, Identifier.IdOf(keys, step.Kind, step.Canonical), strangers, ct);

        var user = reading.Person?.User;
        var key = reading.Person?.Key ?? await keyring.OfStrangers(tenant, DateOnly.FromDateTime(now.UtcDateTime), ct);
        var guesses = reading.GuessesOn(user is null
            ? new(strangers, null, Strategy.Password, null, 0, null)
            : Guesses.Clean(keys, user.Id, Authenticator.Password));
        var (client, secret) = reading.Client is { } known ? (known, null) : NewClient(now);

        var circumstances = new Circumstances(now, user, guesses.Standing, Sendings.None, dials);
        var command = new CreateSignIn(client.Id, step.Kind, key.Seal(step.Canonical), step.Password is null ? null : Strategy.Password) { Session = Guid.CreateVersion7(now) };
        var check = SignInDecider.MayGuess(command, SignIn.Initial, circumstances) ? await PasswordGuess.Check(hashing, tenant, step.Password!, reading.Credential, ct) : PasswordGuess.NotChecked;
        command = command with { Verdict = check.Verdict };

        var decision = SignInDecider.Decide(command, SignIn.Initial, circumstances);
        var signIn = decision.Events.Aggregate(SignIn.Initial with { Id = Guid.CreateVersion7(now) }, SignIn.Evolve);

        session.Sign(step.Caller, key);
        session.Events.StartStream<SignIn>(signIn.Id, decision.Events);
        if (client.SignIn is { } older) session.Events.Append(older, new Superseded(signIn.Id));
        session.Count(guesses, command, decision, now, dials);
        if (check.Better is { } better) session.QueueOperation(better);

        var conversion = signIn is SignIn.Finished finished ? session.Convert(finished, reading, client, now, dials) : null;
        var after = conversion?.Client ?? client with { SignIn = signIn.Id, UserId = user?.Id, Guessing = guesses.Id, UpdatedAt = now };
        session.Move(after with { LastStrategy = conversion is null ? after.LastStrategy : Strategy.Password.Traits().Name }, client.Version);

        return await drawing.Answer(
            decision, signIn, reading, tenant, step.Caller, after, conversion is null ? reading.Sessions : [conversion.Session], Issue(after, conversion?.Secret ?? secret));
    }

    private static (Client Client, ClientSecret? Secret) NewClient(DateTimeOffset now)
    {
        var secret = ClientSecret.Make();
        return (new(Guid.CreateVersion7(now), secret.Hash, null, null, null, null, now, now, now + Client.CookieLife), secret);
    }

    private static IssuedSecret? Issue(Client client, ClientSecret? secret) =>
        secret is null ? null : new(new ClientId(client.Id), secret, client.CookieExpiresAt);
}
