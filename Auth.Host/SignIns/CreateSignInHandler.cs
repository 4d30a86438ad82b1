using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Sessions;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>Step 1, with a password steps 1 to 3. It always begins anew: the client's older sign-in is superseded, also when this password is wrong (R11).</summary>
public static class CreateSignInHandler
{
    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(
        CreateSignInStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, Comparing comparing, AddressLimits limits, Drawing drawing, TimeProvider clock, Dials dials, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        var typed = Identifier.IdOf(keys, step.Kind, step.Canonical);
        var reading = await SignInReading.OfIdentifier(session, keyring, step.Caller, typed, ct);

        var user = reading.Person?.User;
        var key = reading.Person?.Key ?? await keyring.OfStrangers(tenant, DateOnly.FromDateTime(now.UtcDateTime), ct);
        var asked = step.Asked is null ? null : PrepareFirstFactorHandler.Asked(step.Asked, reading.Typed, keys, now);
        var guesses = reading.GuessesOn(keys, asked is null ? Authenticator.Password : new(asked.Strategy!.Value, asked.Identifier), typed);
        var sending = CodeSending.First(reading, typed, limits, tenant, step.Caller, now);
        var (client, secret) = reading.Client is { } known ? (known, null) : Client.New(now);

        var circumstances = new Circumstances(now, user, guesses.Standing, sending.Sendings, dials);
        var command = new CreateSignIn(client.Id, step.Kind, key.Seal(step.Canonical), step.Offer is null ? null : Strategy.Password, asked) { Session = Guid.CreateVersion7(now) };
        var comparison = SignInDecider.MayGuess(command, SignIn.Initial, circumstances) ? await comparing.Compare(tenant, step.Offer!, reading.Credentials, null, ct) : Comparison.None;
        command = command with { Verdict = comparison.Verdict };

        var decision = SignInDecider.Decide(command, SignIn.Initial, circumstances);
        var signIn = decision.Events.Aggregate(SignIn.Initial with { Id = Guid.CreateVersion7(now) }, SignIn.Evolve);

        session.Sign(step.Caller, key);
        session.Events.StartStream<SignIn>(signIn.Id, decision.Events);
        if (client.SignIn is { } older && !reading.OlderIsOver(now)) session.Events.Append(older, new Superseded(signIn.Id));
        session.Count(guesses, command, decision, now, dials);
        comparison.Taken?.Invoke(session);
        if (asked is not null) await sending.Queue(decision, signIn.Id, asked.Text, session, bus, limits, step.Caller, now, dials);

        var conversion = signIn is SignIn.Finished finished ? session.Convert(finished, reading, client, now, dials) : null;
        var after = conversion is { } made ? made.Client with { LastStrategy = Strategy.Password.Traits().Name } : client with { SignIn = signIn.Id, SignUp = null, UserId = user?.Id, Typed = typed, UpdatedAt = now };
        session.Move(after, client.Version);

        return await drawing.Answer(
            decision, signIn, reading, tenant, step.Caller, after, conversion is null ? reading.Sessions : [conversion.Session], Issue(after, conversion?.Secret ?? secret));
    }

    internal static IssuedSecret? Issue(Client client, ClientSecret? secret) =>
        secret is null ? null : new(new ClientId(client.Id), secret, client.CookieExpiresAt);
}
