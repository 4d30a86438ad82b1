using Auth.Domain.Users;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.Wiring;
using Microsoft.AspNetCore.Mvc;
using Wolverine;

namespace Auth.Host.Recoveries;

/// <summary>The operator's way out for somebody who lost their second factors, and how it is stopped (R65).</summary>
public static class RecoveryEndpoints
{
    private static readonly string[] Bodies = ["application/json", "application/x-www-form-urlencoded"];

    /// <summary>Maps them.</summary>
    public static void MapRecoveries(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/users/{id}").RequireSecretKey().WithTags("Backend API: people");
        api.MapDelete("/mfa", Start).Accepts<StartRecoveryRequest>(isOptional: true, Bodies[0], Bodies[1]).Produces<OfUserResource>();
        api.MapDelete("/recovery", Cancel).Produces<OfUserResource>();
        var me = app.MapGroup("/v1/me/recovery").WithTags("Frontend API: me");
        me.MapGet("/", Mine).Produces<RecoveryResource>();
        me.MapPost("/cancel", CancelMine).Produces<ClientEnvelope>();
    }

    /// <summary>Begins to take all second factors off somebody: it takes effect after the waiting time, and everybody concerned is told.</summary>
    public static Task<OfUserResource> Start(UserId id, StartRecoveryRequest request, [FromQuery] string? reason, Caller caller, ApiKeys keys, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<OfUserResource>(request.For(caller, id, keys.Id, reason), ct);

    /// <summary>Stops it before it is due.</summary>
    public static Task<OfUserResource> Cancel(UserId id, Caller caller, ApiKeys keys, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<OfUserResource>(new CancelRecoveryStep(caller, id.Value, keys.Id), ct);

    /// <summary>The recovery of who is signed in, if one is under way.</summary>
    public static async Task<RecoveryResource> Mine([AsParameters] Speaker me, ClientView clients, CancellationToken ct) =>
        (await clients.Person(me, ct)).User.Recovery is { } recovery ? RecoveryResource.Of(recovery) : throw Problems.NotFound.Refuse();

    /// <summary>It was not them who asked for it: nothing comes of it.</summary>
    public static async Task<ClientEnvelope> CancelMine([AsParameters] Speaker me, IMessageBus bus, ClientView clients, CancellationToken ct)
    {
        await bus.Ask<EffectTaken>(new CancelOwnRecoveryStep(me), ct);
        return new(null, (await clients.Client(me.Caller, ct)).Response as ClientResource);
    }
}

/// <summary>Why somebody is recovered.</summary>
/// <param name="Reason">In the operator's words, up to 200 characters; kept sealed under the person's key. It may come in the query instead.</param>
public sealed record StartRecoveryRequest(string? Reason) : IFromFields<StartRecoveryRequest>
{
    private const int Longest = 200;

    /// <inheritdoc />
    public static StartRecoveryRequest From(Fields fields) => new(fields["reason"].OrNull(Longest));

    internal StartRecoveryStep For(Caller caller, UserId id, string by, string? inQuery) => new(
        caller, id.Value, by, (Reason ?? (inQuery is null ? null : new Field("reason", FieldKind.Text, inQuery).OrNull(Longest))) is { } why && !string.IsNullOrWhiteSpace(why)
            ? why.Trim() : throw Problems.FieldMissing.About("reason").Refuse());

    /// <summary>It may name the person.</summary>
    public override string ToString() => "StartRecoveryRequest(hidden)";
}

/// <summary>Whose factors it was about (Clerk's shape).</summary>
public sealed record OfUserResource(string UserId)
{
    /// <summary>This person.</summary>
    public static OfUserResource Of(Guid user) => new(new UserId(user).ToString());
}

/// <summary>A recovery as the person sees it: when, and nothing of why.</summary>
/// <param name="DueAt">When all second factors go; milliseconds since 1970.</param>
public sealed record RecoveryResource(string Object, long StartedAt, long DueAt)
{
    /// <summary>The resource.</summary>
    public static RecoveryResource Of(Recovery recovery) => new("recovery", recovery.StartedAt.ToUnixTimeMilliseconds(), recovery.Due.ToUnixTimeMilliseconds());
}
