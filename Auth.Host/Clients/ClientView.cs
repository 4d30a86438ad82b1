using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Me;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.SignUps;
using Marten;

namespace Auth.Host.Clients;

/// <summary>What a client may see of itself, read in one batch. Nothing is changed by looking.</summary>
public sealed class ClientView(IDocumentStore store, IKeyring keyring, Drawing drawing, TimeProvider clock, Dials dials)
{
    /// <summary>The client; nothing at all for an unknown secret.</summary>
    public async Task<ClientEnvelope> Client(Caller caller, CancellationToken ct)
    {
        await using var session = store.LightweightSession(Tenants.Default);
        var reading = await Read(session, caller, null, ct);
        return new(await Draw(reading, session, caller, ct), null);
    }

    /// <summary>One of its sign-ins; null where there is none, or it is over (R08).</summary>
    public async Task<ClientEnvelope?> SignIn(SignInId id, Caller caller, CancellationToken ct)
    {
        await using var session = store.LightweightSession(Tenants.Default);
        var reading = await Read(session, caller, id.Value, ct);
        return await drawing.SignIn(reading.SignIn, reading, session.TenantId, clock.GetUtcNow()) is { } signIn ? new(signIn, await Draw(reading, session, caller, ct)) : null;
    }

    /// <summary>When the caller's cookie ends if it is given anew now; null for an unknown secret.</summary>
    public async Task<DateTimeOffset?> CookieExpires(Caller caller, CancellationToken ct)
    {
        await using var session = store.LightweightSession(Tenants.Default);
        return (await Read(session, caller, null, ct)).Client is null ? null : clock.GetUtcNow() + Clients.Client.CookieLife;
    }

    /// <summary>The session that a call is about: the one named, else the client's last; null where it may not be used.</summary>
    public async Task<Holder?> Holder(string? named, Caller caller, CancellationToken ct)
    {
        await using var session = store.LightweightSession(Tenants.Default);
        var reading = await Read(session, caller, null, ct);
        var held = reading.Sessions.LastOrDefault(x => named is null || new SessionId(x.Id).ToString() == named);
        return held is not null && held.IsActive(clock.GetUtcNow(), dials) && reading.PersonOf(held.UserId) is { } person
            ? new(held, person, (await Draw(reading, session, caller, ct))!) : null;
    }

    /// <summary>Who is signed in, or a refusal.</summary>
    public async Task<PersonView> Person(SignedIn me, CancellationToken ct)
    {
        await using var session = store.LightweightSession(Tenants.Default);
        return (await MeReading.Of(session, keyring, me, null, clock.GetUtcNow(), dials, ct)).Person;
    }

    /// <summary>One of the addresses or numbers of who is signed in.</summary>
    public async Task<ClientEnvelope> Identifier(SignedIn me, IdentifierId id, IdentifierKind kind, CancellationToken ct)
    {
        var person = await Person(me, ct);
        var theirs = kind is IdentifierKind.PhoneNumber ? person.User.PhoneNumbers.Exists(x => x.Id == id.Value) : person.User.EmailAddresses.Exists(x => x.Id == id.Value);
        return theirs ? new(IdentifierResource.Of(id.Value, person), (await Client(me.Caller, ct)).Response as ClientResource) : throw Problems.NotFound.Refuse();
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
        await SignUpReading.Of(session, keyring, caller, id, ct) is { SignUp: SignUp.Open open } reading && !open.IsOver(clock.GetUtcNow())
            ? SignUpResource.Of(open, reading.Key, clock.GetUtcNow(), dials) : null;

    private Task<SignInReading> Read(IDocumentSession session, Caller caller, Guid? signIn, CancellationToken ct) => SignInReading.Of(session, keyring, caller, signIn, ct);
}

/// <summary>Who holds a session, and their client.</summary>
public sealed record Holder(Session Session, PersonView Person, ClientResource Client);
