using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.Sessions.Tokens;

namespace Auth.Host.SignIns;

/// <summary>Draws what a client may see now, from what a step read and decided: no further round trip, and tokens are minted anew each time.</summary>
public sealed class Drawing(SessionTokens tokens, IKeyring keyring, TimeProvider clock, Dials dials)
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
        signIn is SignIn.Begun begun
            ? SignInResource.Of(signIn, Circumstances.At(now, reading.Person?.User) with { Dials = dials }, reading.Person, await Identifier(begun.Identity, reading.Person, tenant))
            : null;

    /// <summary>The client with its sessions.</summary>
    public async ValueTask<ClientResource> Client(Client client, IReadOnlyList<Session> sessions, SignInReading reading, SignInResource? signIn, string tenant, Caller caller, SignUpResource? signUp = null)
    {
        var now = clock.GetUtcNow();
        var drawn = new List<SessionResource>();
        foreach (var session in sessions.Where(session => session.IsActive(now, dials)))
        {
            if (reading.PersonOf(session.UserId) is { } person)
                drawn.Add(SessionResource.Of(session, person, await Token(session, caller, tenant, now), now, dials));
        }

        return ClientResource.Of(client, drawn, signIn, signUp);
    }

    /// <summary>A token for an active session, good for a minute.</summary>
    public ValueTask<string> Token(Session session, Caller caller, string tenant, DateTimeOffset now) => tokens.Mint(tenant, new TokenSubject(
        new UserId(session.UserId).ToString(), new SessionId(session.Id).ToString(), caller.Origin, session.CreatedAt, session.FirstAt, session.SecondAt,
        Amr(session), session.Status(now, dials)));

    private static IReadOnlyList<string> Amr(Session session) =>
        session.Second is { } second ? [session.First.Traits().Amr, second.Traits().Amr, "mfa"] : [session.First.Traits().Amr];

    /// <summary>What was typed: under the person's key, or under the strangers' key of the day it was typed on.</summary>
    private async ValueTask<string?> Identifier(Identified identity, PersonView? person, string tenant)
    {
        if (person is not null && identity.Identifier.Key == person.Key.Id) return person.Read(identity.Identifier);
        var begun = identity.EndsAt - dials.SignInLife;
        return (await keyring.OfStrangers(tenant, DateOnly.FromDateTime(begun.UtcDateTime))).Open(identity.Identifier);
    }
}
