using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Auth.Host.Wiring;
using Marten;
using Wolverine;

namespace Auth.Host.Sessions;

/// <summary>What a person sees of their sessions, and how they end one, wherever it is (R75).</summary>
public static class OwnSessionEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapOwnSessions(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/me/sessions").WithTags("Frontend API: my sessions");
        api.MapGet("/", All).Produces<IReadOnlyList<SessionResource>>();
        api.MapGet("/active", Active).Produces<IReadOnlyList<SessionResource>>();
        api.MapPost("/{id}/revoke", Revoke).Produces<ClientEnvelope>();
    }

    /// <summary>All sessions of the person, ended ones too, newest first.</summary>
    public static Task<IReadOnlyList<SessionResource>> All([AsParameters] Speaker speaker, OwnSessions sessions, CancellationToken ct) => sessions.Of(speaker, active: false, ct);

    /// <summary>Those that may still be used, on every client.</summary>
    public static Task<IReadOnlyList<SessionResource>> Active([AsParameters] Speaker speaker, OwnSessions sessions, CancellationToken ct) => sessions.Of(speaker, active: true, ct);

    /// <summary>Ends one of them.</summary>
    public static Task<ClientEnvelope> Revoke(SessionId id, [AsParameters] Speaker speaker, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<ClientEnvelope>(new RevokeOwnSessionStep(speaker, id.Value), ct);
}

/// <summary>Reads a person's sessions for themselves. No token comes along: each is for its own client alone.</summary>
public sealed class OwnSessions(IDocumentStore store, IKeyring keyring, TimeProvider clock)
{
    /// <summary>All of them, or those that may still be used.</summary>
    public async Task<IReadOnlyList<SessionResource>> Of(Speaker speaker, bool active, CancellationToken ct)
    {
        await using var session = store.QuerySession(speaker.Caller.Tenant);
        var now = clock.GetUtcNow();
        var who = await SignedIn.Of(session, keyring, speaker, now, ct, all: true);
        var dials = who.Settings.InForce.Dials;
        return [.. who.Sessions.Where(one => !active || one.IsActive(now, dials)).Select(one => SessionResource.Of(one, who.Person, null, now, dials).WithActivity(one, who.Person))];
    }
}

/// <summary>A person ends one of their sessions.</summary>
public sealed record RevokeOwnSessionStep(Speaker Speaker, Guid Session);

/// <summary>Ends it, if it can still be used; what is over stays as it is. Another person's session is unknown. On another client it takes a step-up (R75).</summary>
public static class RevokeOwnSessionHandler
{
    /// <summary>No token is issued from the commit on (R70).</summary>
    public static async Task<ClientEnvelope> Handle(
        RevokeOwnSessionStep step, IDocumentSession session, IKeyring keyring, ClientView clients, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var who = await SignedIn.Of(session, keyring, step.Speaker, now, ct, all: true);
        var dials = who.Settings.InForce.Dials;
        var row = who.Sessions.FirstOrDefault(one => one.Id == step.Session) ?? throw Problems.NotFound.Refuse();
        if (row.IsActive(now, dials))
        {
            // Whoever holds a stolen session must not throw its owner out elsewhere (R75); what this client holds itself it may drop.
            if (row.ClientId != who.Client.Id && !who.HasSteppedUp(now)) throw Problems.StepUpNeeded.Refuse();
            session.Sign(who.Caller, who.Person.Key, who.Settings);
            row = session.End(row, EndReason.RevokedByUser, now);
        }

        var client = await clients.Of(who, session, [.. who.Held.Where(one => one.Id != row.Id || row.IsActive(now, dials))], ct);
        return new(SessionResource.Of(row, who.Person, null, now, dials).WithActivity(row, who.Person), client);
    }
}
