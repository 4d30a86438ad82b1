using Auth.Domain.Sessions;
using Auth.Host.Http;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.Wiring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Wolverine;

namespace Auth.Host.Clients;

/// <summary>What a client asks about itself and its sessions (Clerk's Frontend API).</summary>
public static class ClientEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapClients(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1").WithTags("Frontend API: client and sessions");
        api.MapGet("/client", Get).Produces<ClientEnvelope>();
        api.MapGet("/client/touch", (Delegate)Touch).Produces(302);
        api.MapDelete("/client/sessions", EndAll).Produces<ClientEnvelope>();
        api.MapGet("/client/sessions/{id}", Session).Produces<ClientEnvelope>();
        api.MapPost("/client/sessions/{id}/touch", Use).Produces<ClientEnvelope>();
        api.MapPost("/client/sessions/{id}/end", End).Produces<ClientEnvelope>();
        api.MapPost("/client/sessions/{id}/remove", Remove).Produces<ClientEnvelope>();
        api.MapPost("/client/sessions/{id}/tokens", Token).Produces<TokenResource>();
        api.MapGet("/me", Me).Produces<ClientEnvelope>();
    }

    /// <summary>The client; nothing for an unknown secret.</summary>
    public static Task<ClientEnvelope> Get(Caller caller, ClientView clients, CancellationToken ct) => clients.Client(caller, ct);

    /// <summary>Keeps the browser's cookie alive, and goes back to an allowed page.</summary>
    public static async Task<RedirectHttpResult> Touch([FromQuery(Name = "redirect_url")] string? redirectUrl, HttpContext http, Caller caller, FrontDoor door, ClientView clients, CancellationToken ct)
    {
        if (!door.AllowsRedirect(redirectUrl, http.Request)) throw Problems.RedirectNotAllowed.Refuse();
        if (caller is { ClientId: { } id, Secret: { } secret } && await clients.CookieExpires(caller, ct) is { } expires) http.Issue(new(id, secret, expires));
        return TypedResults.Redirect(redirectUrl!);
    }

    /// <summary>Signs out of everything on this client.</summary>
    public static async Task<ClientEnvelope> EndAll(Caller caller, IMessageBus bus, CancellationToken ct) =>
        new((await Ended(caller, null, EndReason.SignedOut, bus, ct)).Client, null);

    /// <summary>A session of this client.</summary>
    public static async Task<ClientEnvelope> Session(SessionId id, Caller caller, ClientView clients, CancellationToken ct) =>
        await clients.Session(id, caller, ct) ?? throw Problems.NotFound.Refuse();

    /// <summary>Says that a session is in use.</summary>
    public static async Task<ClientEnvelope> Use(SessionId id, Caller caller, IMessageBus bus, CancellationToken ct) => (await Used(id, caller, bus, ct)).Enveloped();

    /// <summary>Signs out.</summary>
    public static async Task<ClientEnvelope> End(SessionId id, Caller caller, IMessageBus bus, CancellationToken ct) =>
        (await Ended(caller, id.Value, EndReason.SignedOut, bus, ct)).Enveloped();

    /// <summary>Takes a session off this client.</summary>
    public static async Task<ClientEnvelope> Remove(SessionId id, Caller caller, IMessageBus bus, CancellationToken ct) =>
        (await Ended(caller, id.Value, EndReason.Removed, bus, ct)).Enveloped();

    /// <summary>A signed token, good for a minute.</summary>
    public static async Task<TokenResource> Token(SessionId id, Caller caller, IMessageBus bus, CancellationToken ct) =>
        new("token", (await Used(id, caller, bus, ct)).Token!);

    /// <summary>The person who holds the session.</summary>
    public static Task<ClientEnvelope> Me([AsParameters] Speaker speaker, ClientView clients, CancellationToken ct) => clients.Me(speaker, ct);

    private static Task<SessionAnswer> Used(SessionId id, Caller caller, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<SessionAnswer>(new UseSessionStep(caller, id.Value), ct);

    private static Task<SessionAnswer> Ended(Caller caller, Guid? session, EndReason reason, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<SessionAnswer>(new EndSessionStep(caller, session, reason), ct);
}
