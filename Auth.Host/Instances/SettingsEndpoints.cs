using System.Globalization;
using Auth.Domain.Instances;
using Auth.Host.Http;
using Auth.Host.Wiring;
using Microsoft.AspNetCore.Mvc;
using Wolverine;

namespace Auth.Host.Instances;

/// <summary>The Backend API for the operator's policy: write down, look at the difference, apply, restore.</summary>
public static class SettingsEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/instance/settings").RequireSecretKey().WithTags("Backend API: instance");
        api.MapGet("", Get).Produces<SettingsResource>().WithSummary("The settings in force, and what is staged; times in seconds.");
        api.MapPatch("", Stage).Accepts<SettingsBody>("application/json").Produces<SettingsResource>().WithSummary("Stages a change: what is left out stays, null is as shipped. Nothing is different until it is applied.");
        api.MapDelete("/staged", Discard).Produces<SettingsResource>().WithSummary("Throws away what is staged.");
        api.MapPost("/apply", Apply).Reads<ApplyRequest>().Produces<SettingsResource>().WithSummary("Puts in force what is staged. If-Match: the version in force.");
        api.MapGet("/versions", Versions).Produces<IReadOnlyList<SettingsVersionResource>>().WithSummary("What was put in force, when, by whom and why; newest first.");
        api.MapPost("/versions/{version}/restore", Restore).Reads<RestoreRequest>().Produces<SettingsResource>().WithSummary("Puts an earlier version in force again, at once. If-Match: the version in force.");
    }

    /// <summary>The settings in force, and what is staged.</summary>
    public static async Task<IResult> Get(Tenant tenant, SettingsReading settings, SettingsDrawing drawing, CancellationToken ct) => Answer(await settings.Whole(tenant.Id, ct), tenant, drawing);

    /// <summary>Stages a change.</summary>
    public static async Task<IResult> Stage(Fields change, Caller caller, Tenant tenant, IMessageBus bus, SettingsDrawing drawing, CancellationToken ct) =>
        Answer(await bus.Ask<Instance>(new StageChangeStep(caller, tenant.Keys.Id, change), ct), tenant, drawing);

    /// <summary>Throws away what is staged.</summary>
    public static async Task<IResult> Discard(Caller caller, Tenant tenant, IMessageBus bus, SettingsDrawing drawing, CancellationToken ct) =>
        Answer(await bus.Ask<Instance>(new SettingsStep(caller, new DiscardStaged(tenant.Keys.Id)), ct), tenant, drawing);

    /// <summary>Puts in force what is staged.</summary>
    public static async Task<IResult> Apply(
        ApplyRequest request, [FromHeader(Name = "If-Match")] string? version, Caller caller, Tenant tenant, IMessageBus bus, SettingsDrawing drawing, CancellationToken ct) =>
        Answer(await bus.Ask<Instance>(new SettingsStep(caller, new Apply(Matching(version), request.Revision, request.Reason, tenant.Keys.Id)), ct), tenant, drawing);

    /// <summary>What was put in force.</summary>
    public static Task<IReadOnlyList<SettingsVersionResource>> Versions(int? limit, int? offset, Tenant tenant, SettingsReading settings, CancellationToken ct) =>
        settings.Versions(tenant.Id, limit ?? 20, offset ?? 0, ct);

    /// <summary>Puts an earlier version in force again.</summary>
    public static async Task<IResult> Restore(
        string version, RestoreRequest request, [FromHeader(Name = "If-Match")] string? current, Caller caller, Tenant tenant, IMessageBus bus, SettingsDrawing drawing, CancellationToken ct) =>
        Answer(await bus.Ask<Instance>(new SettingsStep(caller, new Restore(Earlier(version), Matching(current), request.Reason, tenant.Keys.Id)), ct), tenant, drawing);

    private static EntityTagged<SettingsResource> Answer(Instance instance, Tenant tenant, SettingsDrawing drawing) =>
        new(drawing.Resource(instance, tenant.Name.HomeCountry), instance.Number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The one version it is about, written <c>"3"</c>; a star would match whatever is there, which is what it is to prevent.</summary>
    private static long Matching(string? header) =>
        string.IsNullOrWhiteSpace(header) ? throw Problems.SettingsVersionNeeded.Refuse()
        : Number(header.Trim().Trim('"')) ?? throw Problems.SettingsChanged.Refuse();

    private static long Earlier(string version) => Number(version) ?? throw Problems.NotFound.Refuse();

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>Which staging to apply, and why.</summary>
/// <param name="Revision">The revision of <c>staged</c> that was looked at; without it whatever is staged is applied.</param>
/// <param name="Reason">At most 200 characters, kept for ever: no personal values.</param>
public sealed record ApplyRequest(int? Revision, string? Reason) : IFromFields<ApplyRequest>
{
    /// <inheritdoc />
    public static ApplyRequest From(Fields fields) => new(fields["revision"].Count, RestoreRequest.ReasonIn(fields));
}

/// <summary>Why an earlier version is put in force again.</summary>
/// <param name="Reason">At most 200 characters, kept for ever: no personal values.</param>
public sealed record RestoreRequest(string? Reason) : IFromFields<RestoreRequest>
{
    private const int LongestReason = 200;

    /// <inheritdoc />
    public static RestoreRequest From(Fields fields) => new(ReasonIn(fields));

    internal static string? ReasonIn(Fields fields) => fields.Text("reason").OrNull(LongestReason);
}

/// <summary>A resource with its version as <c>ETag</c>.</summary>
public sealed record EntityTagged<T>(T Resource, string Tag) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ETag = $"\"{Tag}\"";
        return TypedResults.Ok(Resource).ExecuteAsync(httpContext);
    }
}
