using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.SignUps;
using Marten;

namespace Auth.Host.Clients;

/// <summary>What a client may see of itself, read in one batch. Nothing is changed by looking.</summary>
public sealed class ClientView(IDocumentStore store, IKeyring keyring, Drawing drawing, TimeProvider clock)
{
    /// <summary>The client; nothing at all for an unknown secret.</summary>
    public async Task<ClientEnvelope> Client(Caller caller, CancellationToken ct)
    {
        await using var session = store.LightweightSession(caller.Tenant);
        var reading = await Read(session, caller, null, ct);
        return new(await Draw(reading, session, caller, ct), null);
    }

    /// <summary>One of its sessions that may be used; null for any other.</summary>
    public async Task<ClientEnvelope?> Session(SessionId id, Caller caller, CancellationToken ct) =>
        (await Client(caller, ct)).Response is ClientResource client && client.Sessions.FirstOrDefault(session => session.Id == id.ToString()) is { } held ? new(held, client) : null;

    /// <summary>One of its sign-ins; null where there is none, or it is over (R08).</summary>
    public async Task<ClientEnvelope?> SignIn(SignInId id, Caller caller, CancellationToken ct)
    {
        await using var session = store.LightweightSession(caller.Tenant);
        var reading = await Read(session, caller, id.Value, ct);
        return await drawing.SignIn(reading.SignIn, reading, session.TenantId, clock.GetUtcNow()) is { } signIn ? new(signIn, await Draw(reading, session, caller, ct)) : null;
    }

    /// <summary>When the caller's cookie ends if it is given anew now; null for an unknown secret.</summary>
    public async Task<DateTimeOffset?> CookieExpires(Caller caller, CancellationToken ct)
    {
        await using var session = store.LightweightSession(caller.Tenant);
        return (await Read(session, caller, null, ct)).Client is null ? null : clock.GetUtcNow() + Clients.Client.CookieLife;
    }

    /// <summary>The person who is signed in, with their client.</summary>
    public async Task<ClientEnvelope> Me(Speaker speaker, CancellationToken ct)
    {
        await using var session = store.LightweightSession(speaker.Caller.Tenant);
        var now = clock.GetUtcNow();
        var who = await SignedIn.Of(session, keyring, speaker, now, ct);
        return new(UserResource.Of(who.Person, now, who.Session.CreatedAt, who.Session.LastActiveAt), await Of(who, session, who.Held, ct));
    }

    /// <summary>The client of somebody who is signed in, with the sessions it holds after the step: what every answer under <c>/v1/me</c> carries along.</summary>
    public async Task<ClientResource> Of(SignedIn who, IDocumentSession session, IReadOnlyList<Session> held, CancellationToken ct)
    {
        var current = who.Client.SignIn is { } id ? await Read(session, who.Caller, id, ct) : null;
        var signIn = current is null ? null : await drawing.SignIn(current.SignIn, current, session.TenantId, clock.GetUtcNow());
        return await drawing.Client(who.Client, held, who.PersonOf, signIn, session.TenantId, who.Caller, who.Settings.InForce.Dials);
    }

    /// <summary>Who is signed in, or a refusal.</summary>
    public async Task<PersonView> Person(Speaker me, CancellationToken ct)
    {
        await using var session = store.LightweightSession(me.Caller.Tenant);
        return (await SignedIn.Of(session, keyring, me, clock.GetUtcNow(), ct)).Person;
    }

    /// <summary>One of the addresses or numbers of who is signed in.</summary>
    public async Task<ClientEnvelope> Identifier(Speaker me, IdentifierId id, IdentifierKind kind, CancellationToken ct)
    {
        var person = await Person(me, ct);
        var theirs = kind is IdentifierKind.PhoneNumber ? person.User.PhoneNumbers.Exists(x => x.Id == id.Value) : person.User.EmailAddresses.Exists(x => x.Id == id.Value);
        return theirs ? new(IdentifierResource.Of(id.Value, person), (await Client(me.Caller, ct)).Response as ClientResource) : throw Problems.NotFound.Refuse();
    }

    /// <summary>One of the passkeys of who is signed in.</summary>
    public async Task<ClientEnvelope> Passkey(Speaker me, PasskeyId id, CancellationToken ct)
    {
        var person = await Person(me, ct);
        return person.User.Passkeys.Exists(key => key.Id == id.Value)
            ? new(PasskeyResource.Of(id.Value, person), (await Client(me.Caller, ct)).Response as ClientResource) : throw Problems.NotFound.Refuse();
    }

    private async Task<ClientResource?> Draw(SignInReading reading, IDocumentSession session, Caller caller, CancellationToken ct)
    {
        if (reading.Client is not { } client) return null;
        if (client.SignUp is { } under && await SignUp(under, session, caller, ct) is { } signUp) return await drawing.Client(client, reading.Sessions, reading, null, session.TenantId, caller, signUp);
        var current = client.SignIn is not { } id ? null
            : reading.SignIn is SignIn.Begun begun && begun.Id == id ? reading
            : await Read(session, caller, id, ct);
        var signIn = current is null ? null : await drawing.SignIn(current.SignIn, current, session.TenantId, clock.GetUtcNow());
        return await drawing.Client(client, reading.Sessions, reading, signIn, session.TenantId, caller);
    }

    /// <summary>The sign-up that the client runs, while it is under way.</summary>
    private async Task<SignUpResource?> SignUp(Guid id, IDocumentSession session, Caller caller, CancellationToken ct) =>
        await SignUpReading.Of(session, keyring, caller, id, clock.GetUtcNow(), ct) is { SignUp: SignUp.Open open } reading && !open.IsOver(clock.GetUtcNow())
            ? SignUpResource.Of(open, reading.Key, clock.GetUtcNow(), reading.Settings.InForce) : null;

    private Task<SignInReading> Read(IDocumentSession session, Caller caller, Guid? signIn, CancellationToken ct) => SignInReading.Of(session, keyring, caller, signIn, clock.GetUtcNow(), ct);
}
