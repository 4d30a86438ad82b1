using System.Text.Json.Serialization;
using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Sessions;

namespace Auth.Host.Resources;

/// <summary>What every answer to an app client carries along: the sessions of this browser and the sign-in it runs.</summary>
public sealed record ClientResource(
    string Object, string Id, IReadOnlyList<SessionResource> Sessions, SignInResource? SignIn, SignUpResource? SignUp, string? LastActiveSessionId,
    string? LastAuthenticationStrategy, long? CookieExpiresAt, bool CaptchaBypass, long CreatedAt, long UpdatedAt)
{
    /// <summary>The resource.</summary>
    public static ClientResource Of(Client client, IReadOnlyList<SessionResource> sessions, SignInResource? signIn, SignUpResource? signUp = null) => new(
        "client", new ClientId(client.Id).ToString(), sessions, signIn, signUp, sessions.Count > 0 ? sessions[^1].Id : null,
        client.LastStrategy, client.CookieExpiresAt.ToUnixTimeMilliseconds(), false, client.CreatedAt.ToUnixTimeMilliseconds(), client.UpdatedAt.ToUnixTimeMilliseconds());
}

/// <summary>A session as its holder sees it.</summary>
/// <param name="FactorVerificationAge">Minutes since first and second factor; -1 where there was none.</param>
public sealed record SessionResource(
    string Id, string Object, string Status, long ExpireAt, long AbandonAt, long LastActiveAt, TokenResource? LastActiveToken, object? Actor, IReadOnlyList<TaskResource>? Tasks,
    string? LastActiveOrganizationId, UserResource User, PublicUserData PublicUserData, IReadOnlyList<long> FactorVerificationAge, long CreatedAt, long UpdatedAt)
{
    /// <summary>The resource; <paramref name="token"/> is minted anew for each answer.</summary>
    public static SessionResource Of(Session session, PersonView person, string? token, DateTimeOffset now, Dials dials) => new(
        new SessionId(session.Id).ToString(), "session", Word(session.Status(now, dials)), session.ExpiresAt.ToUnixTimeMilliseconds(), session.AbandonAt(dials).ToUnixTimeMilliseconds(),
        session.LastActiveAt.ToUnixTimeMilliseconds(), token is null ? null : new TokenResource("token", token), null, session.Task is null ? null : [new TaskResource("setup-mfa")], null,
        UserResource.Of(person, now, session.CreatedAt, session.LastActiveAt), new(person.Read(person.User.FirstName), person.Read(person.User.LastName), "", false, person.Identifier()),
        [Age(session.FirstAt, now), session.SecondAt is { } second ? Age(second, now) : -1],
        session.CreatedAt.ToUnixTimeMilliseconds(), session.UpdatedAt.ToUnixTimeMilliseconds());

    /// <summary>Where it was used last; told to its person alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ActivityResource? LatestActivity { get; init; }

    /// <summary>The same, with where it was used last.</summary>
    public SessionResource WithActivity(Session session, PersonView person) => this with { LatestActivity = ActivityResource.Of(session, person.Key) };

    // Clerk's Frontend API has no word for a session that another one of its client took the place of.
    private static string Word(string status) => status == "replaced" ? "ended" : status;

    private static long Age(DateTimeOffset since, DateTimeOffset now) => Math.Max(0, (long)(now - since).TotalMinutes);
}

/// <summary>What is left to do before a session is whole: <c>setup-mfa</c>.</summary>
public sealed record TaskResource(string Key);

/// <summary>A signed session token.</summary>
public sealed record TokenResource(string Object, string Jwt)
{
    /// <summary>A token is a key for a minute; it is not printed.</summary>
    public override string ToString() => "TokenResource(hidden)";
}

/// <summary>What others may know of the session's holder.</summary>
public sealed record PublicUserData(string? FirstName, string? LastName, string ImageUrl, bool HasImage, string Identifier);

/// <summary>Clerk's envelope: the thing asked for, and the client it changed.</summary>
public sealed record ClientEnvelope(object? Response, ClientResource? Client);
