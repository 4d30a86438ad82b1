using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Resources;
using Auth.Host.Wiring;
using Microsoft.AspNetCore.Mvc;
using Wolverine;

namespace Auth.Host.Sessions;

/// <summary>The Backend API for sessions and clients, under the secret key. None of it makes a session (R03).</summary>
public static class OperatorsSessionEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapOperatorsSessions(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1").RequireSecretKey().WithTags("Backend API: sessions");
        api.MapGet("/sessions", List).Produces<IReadOnlyList<OperatorsSession>>();
        api.MapPost("/sessions", Create);
        api.MapGet("/sessions/{id}", Get).Produces<OperatorsSession>();
        api.MapPost("/sessions/{id}/revoke", Revoke).Produces<OperatorsSession>();
        api.MapPost("/users/{id}/sessions/revoke", RevokeAll).Produces<IReadOnlyList<OperatorsSession>>();
        api.MapGet("/clients/{id}", Client).Produces<OperatorsClient>();
    }

    /// <summary>A person's or a client's sessions, newest first, ended ones too.</summary>
    public static Task<IReadOnlyList<OperatorsSession>> List(
        [FromQuery(Name = "user_id")] UserId? user, [FromQuery(Name = "client_id")] ClientId? client, string? status, int? limit, int? offset, Tenant tenant, OperatorsSessions sessions, CancellationToken ct) =>
        sessions.Many(tenant.Id, new(user, client, status, limit ?? 10, offset ?? 0), ct);

    /// <summary>Refused, for everybody: a session comes only from a sign-in (R03).</summary>
    public static void Create() => throw Problems.NoSessionsMade.Refuse();

    /// <summary>One session.</summary>
    public static async Task<OperatorsSession> Get(SessionId id, Tenant tenant, OperatorsSessions sessions, CancellationToken ct) =>
        await sessions.One(tenant.Id, id.Value, ct) ?? throw Problems.NotFound.Refuse();

    /// <summary>Ends a session.</summary>
    public static Task<OperatorsSession> Revoke(SessionId id, Caller caller, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<OperatorsSession>(new RevokeSessionStep(caller, id.Value), ct);

    /// <summary>Ends all sessions of a person; those it ended.</summary>
    public static Task<IReadOnlyList<OperatorsSession>> RevokeAll(UserId id, Caller caller, ApiKeys keys, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<IReadOnlyList<OperatorsSession>>(new RevokeSessionsStep(caller, id.Value, keys.Id), ct);

    /// <summary>One client, with the sessions it holds.</summary>
    public static async Task<OperatorsClient> Client(ClientId id, Tenant tenant, OperatorsSessions sessions, CancellationToken ct) =>
        await sessions.Client(tenant.Id, id.Value, ct) ?? throw Problems.NotFound.Refuse();
}
