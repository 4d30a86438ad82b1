using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Passkeys;
using Auth.Host.Sessions;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>Step 1, with a password steps 1 to 3. It always begins anew: the client's older sign-in is superseded, also when this password is wrong (R11).</summary>
public static class CreateSignInHandler
{
    // No identifier's id is this short: it finds nobody.
    private const string NothingTyped = "-";

    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(
        CreateSignInStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, Comparing comparing, AddressLimits limits, Tenants tenants, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        var typed = step.Kind is IdentifierKind.Passkey ? NothingTyped : Identifier.IdOf(keys, step.Kind, step.Canonical);
        var reading = await SignInReading.OfIdentifier(session, keyring, step.Caller, typed, now, ct);
        var (settings, dials) = (reading.Settings.InForce, reading.Settings.InForce.Dials);

        var user = reading.Person?.User;
        var key = reading.Person?.Key ?? await keyring.OfStrangers(tenant, DateOnly.FromDateTime(now.UtcDateTime), ct);
        var challenge = step.Asked is Strategy.Passkey ? PasskeyChallenges.New(keys.Code, now) : null;
        var asked = step.Asked is null or Strategy.Passkey ? null : PrepareFirstFactorHandler.Asked(step.Asked, reading.Typed, keys, now);
        var guesses = reading.GuessesOn(keys, asked is null ? Authenticator.Password : new(asked.Strategy!.Value, asked.Identifier), typed);
        var sending = CodeSending.First(reading, typed, asked?.Strategy?.Traits().By is Channel.Text ? TextPlace.Of(keys, step.Canonical) : null, tenants.Of(session.TenantId).Name.HomeCountry, limits, tenant, step.Caller, now);
        var (client, secret) = reading.Client is { } known ? (known, null) : Client.New(now);

        var circumstances = new Circumstances(now, user, guesses.Standing, sending.Sendings, settings) { Trust = reading.Trust };
        var command = new CreateSignIn(client.Id, step.Kind, step.Kind is IdentifierKind.Passkey ? null : key.Seal(step.Canonical), step.Offer is null ? null : Strategy.Password, asked, challenge) { Session = Guid.CreateVersion7(now) };
        var comparison = SignInDecider.MayGuess(command, SignIn.Initial, circumstances) ? await comparing.Compare(tenant, step.Offer!, reading.Credentials, null, ct) : Comparison.None;
        command = command with { Verdict = comparison.Verdict };

        var decision = SignInDecider.Decide(command, SignIn.Initial, circumstances);
        var signIn = decision.Events.Aggregate(SignIn.Initial with { Id = Guid.CreateVersion7(now) }, SignIn.Evolve);

        session.Sign(step.Caller, key, reading.Settings);
        session.Events.StartStream<SignIn>(signIn.Id, decision.Events);
        if (client.SignIn is { } older && !reading.OlderIsOver(now)) session.Events.Append(older, new Superseded(signIn.Id));
        await session.Tell(bus, reading.Person, session.Count(guesses, command, decision, now, dials), now);
        comparison.Taken?.Invoke(session);
        if (asked is not null) await sending.Queue(decision, signIn.Id, asked.Text, session, bus, limits, step.Caller, now, settings);

        var conversion = signIn is SignIn.Finished finished ? session.Convert(finished, reading, client, step.Caller, keys, now) : null;
        var after = conversion?.Client ?? client with { SignIn = signIn.Id, SignUp = null, UserId = user?.Id, Typed = typed == NothingTyped ? null : typed, UpdatedAt = now };
        session.Move(after = after with { LastStrategy = conversion is null ? after.LastStrategy : Strategy.Password.Traits().Name }, client.Version);

        return (await drawing.Answer(
            decision, signIn, reading, tenant, step.Caller, after, conversion is null ? reading.Sessions : [.. settings.SingleSession ? [] : reading.Sessions, conversion.Session], Issue(after, conversion?.Secret ?? secret))).Warning(guesses, decision, now, dials);
    }

    internal static IssuedSecret? Issue(Client client, ClientSecret? secret) =>
        secret is null ? null : new(new ClientId(client.Id), secret, client.CookieExpiresAt);
}
