using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Sessions;

namespace Auth.Host.Resources;

/// <summary>A session as the operator sees it (Clerk's Backend API <c>Session</c>, a closed shape).</summary>
public sealed record OperatorsSession(
    string Object, string Id, string UserId, string ClientId, object? Actor, string Status, string? LastActiveOrganizationId, long LastActiveAt, ActivityResource? LatestActivity,
    long ExpireAt, long AbandonAt, long UpdatedAt, long CreatedAt)
{
    /// <summary>The resource; of an erased person there is no key.</summary>
    public static OperatorsSession Of(Session session, Key? key, DateTimeOffset now, Dials dials) => new(
        "session", new SessionId(session.Id).ToString(), new UserId(session.UserId).ToString(), new ClientId(session.ClientId).ToString(), null, session.Status(now, dials), null,
        session.LastActiveAt.ToUnixTimeMilliseconds(), ActivityResource.Of(session, key), session.ExpiresAt.ToUnixTimeMilliseconds(), session.AbandonAt(dials).ToUnixTimeMilliseconds(),
        session.UpdatedAt.ToUnixTimeMilliseconds(), session.CreatedAt.ToUnixTimeMilliseconds());
}

/// <summary>A client as the operator sees it (Clerk's Backend API <c>Client</c>, a closed shape): the sessions it holds, and the sign-in it runs.</summary>
public sealed record OperatorsClient(
    string Object, string Id, IReadOnlyList<string> SessionIds, IReadOnlyList<OperatorsSession> Sessions, string? SignInId, string? SignUpId, string? LastActiveSessionId,
    string? LastAuthenticationStrategy, long UpdatedAt, long CreatedAt)
{
    /// <summary>The resource.</summary>
    public static OperatorsClient Of(Client client, IReadOnlyList<OperatorsSession> sessions) => new(
        "client", new ClientId(client.Id).ToString(), [.. sessions.Select(session => session.Id)], sessions, client.SignIn is { } signIn ? new SignInId(signIn).ToString() : null, null,
        sessions.MaxBy(session => session.LastActiveAt)?.Id, client.LastStrategy, client.UpdatedAt.ToUnixTimeMilliseconds(), client.CreatedAt.ToUnixTimeMilliseconds());
}

/// <summary>Something that is gone (Clerk's <c>DeletedObject</c>).</summary>
public sealed record DeletedResource(string Object, string Id, bool Deleted);

/// <summary>How many there are (Clerk's <c>TotalCount</c>).</summary>
public sealed record CountResource(string Object, long TotalCount);
