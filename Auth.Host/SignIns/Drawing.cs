using System.Globalization;
using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Passkeys;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.Sessions.Tokens;

namespace Auth.Host.SignIns;

/// <summary>Draws what a client may see now, from what a step read and decided: no further round trip, and tokens are minted anew each time.</summary>
public sealed class Drawing(SessionTokens tokens, IKeyring keyring, PasskeyDesk passkeys, TimeProvider clock)
{
    /// <summary>The answer to a step.</summary>
    public async ValueTask<Answer> Answer(Decision decision, SignIn signIn, SignInReading reading, string tenant, Caller caller, Client? client, IReadOnlyList<Session> sessions, IssuedSecret? issued)
    {
        var now = clock.GetUtcNow();
        var wait = decision.Until is { } until ? until - now : (TimeSpan?)null;
        if (decision.Refusal is not null || client is null) return new(decision.Refusal, wait, null, null, issued);

        var resource = await SignIn(signIn, reading, tenant, now);
        return new(null, null, resource, await Client(client, sessions, reading, signIn is Domain.SignIns.SignIn.Open ? resource : null, tenant, caller), issued);
    }

    /// <summary>The sign-in, or null where it is over for every reader.</summary>
    public async ValueTask<SignInResource?> SignIn(SignIn signIn, SignInReading reading, string tenant, DateTimeOffset now) =>
        signIn is Domain.SignIns.SignIn.Begun begun
            ? SignInResource.Of(signIn, Circumstances.At(now, reading.Person?.User) with { Settings = reading.Settings.InForce }, reading.Person, await Identifier(begun, reading.Person, tenant),
                AskedPasskey.Of(signIn, reading.Passkeys) is { } asked ? await passkeys.Request(tenant, asked) : null)
            : null;

    /// <summary>The client with its sessions.</summary>
    public ValueTask<ClientResource> Client(Client client, IReadOnlyList<Session> sessions, SignInReading reading, SignInResource? signIn, string tenant, Caller caller, SignUpResource? signUp = null) =>
        Client(client, sessions, reading.PersonOf, signIn, tenant, caller, reading.Settings.InForce.Dials, signUp);

    /// <summary>The same, with people from another reading.</summary>
    public async ValueTask<ClientResource> Client(
        Client client, IReadOnlyList<Session> sessions, Func<Guid?, PersonView?> personOf, SignInResource? signIn, string tenant, Caller caller, Dials dials, SignUpResource? signUp = null)
    {
        var now = clock.GetUtcNow();
        var drawn = new List<SessionResource>();
        foreach (var session in sessions.Where(session => session.IsActive(now, dials)))
        {
            if (personOf(session.UserId) is { } person)
                drawn.Add(SessionResource.Of(session, person, await Token(session, caller, tenant, now, dials), now, dials));
        }

        return ClientResource.Of(client, drawn, signIn, signUp);
    }

    /// <summary>A token for an active session, good for a minute.</summary>
    public ValueTask<string> Token(Session session, Caller caller, string tenant, DateTimeOffset now, Dials dials) => tokens.Mint(tenant, new TokenSubject(
        new UserId(session.UserId).ToString(), new SessionId(session.Id).ToString(), caller.Origin, session.CreatedAt, session.FirstAt, session.SecondAt,
        Amr(session), session.Status(now, dials)));

    /// <summary>What was proved (RFC 8176): a passkey that checked who touched it says so, and is two factors (R43).</summary>
    private static IReadOnlyList<string> Amr(Session session) =>
    [
        session.First.Traits().Amr,
        .. session.Second is { } second ? [second.Traits().Amr] : Array.Empty<string>(),
        .. session.UserVerified ? ["user"] : Array.Empty<string>(),
        .. session.SecondAt is null ? Array.Empty<string>() : ["mfa"],
    ];

    /// <summary>What was typed: under the person's key, or under the strangers' key of the day it was typed on.</summary>
    public async ValueTask<string?> Identifier(Domain.SignIns.SignIn.Begun signIn, PersonView? person, string tenant)
    {
        var identity = signIn.Identity;
        if (identity.Identifier is null) return signIn is Domain.SignIns.SignIn.AwaitingFirstFactor ? null : person?.Identifier();
        if (person is not null && identity.Identifier.Key == person.Key.Id) return person.Read(identity.Identifier);
        return (await keyring.OfStrangers(tenant, DateOnly.FromDateTime(BegunAt(signIn.Id).UtcDateTime))).Open(identity.Identifier);
    }

    /// <summary>The first 48 bits of the stream's id are the milliseconds it was begun at (RFC 9562 §5.7).</summary>
    private static DateTimeOffset BegunAt(Guid signIn) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(signIn.ToString("N")[..12], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
