using System.Globalization;
using System.Text.Json.Nodes;
using Auth.Domain.Audits;
using Auth.Host.Audit.Export;
using Auth.Host.Audit.Proving;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Streams;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Auth.Host.Audit.Access;

/// <summary>The audit API: it reads, under a key of its own, and tells of every reading before it answers.</summary>
public static class AuditEndpoints
{
    private const int MostAtOnce = 1000, MostStretches = 20;

    /// <summary>Adds what it reads with.</summary>
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddKeyedSingleton<Turn>(WhatIf.WhatIfEndpoint.Turns);
        builder.Services.AddSingleton<Func<string, AuditDesk>>(services => tenant => new(
            tenant, services.GetRequiredService<IDocumentStore>(), services.GetRequiredService<IKeyring>, services.GetRequiredService<TimeProvider>(),
            async ct => await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(ct)));
        builder.AddVerifying();
    }

    /// <summary>Maps it.</summary>
    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1/audit").RequireAuditKey().WithTags("Audit API");
        api.MapGet("/events", Events).Produces<AuditEventList>().WithSummary("Events by their number, oldest first; what auditors did is told where type asks for it.");
        api.MapGet("/stream", Follow).Produces<string>(contentType: "text/event-stream").WithSummary("The same as they happen, as server-sent events; goes on behind Last-Event-ID.");
        api.MapGet("/export", Export).Produces<string>(contentType: "application/x-ndjson").WithSummary("All of them as a file: ndjson, csv, ocsf or cloudevents. Count, first, last and SHA-256 follow as trailers.");
        api.MapGet("/verify", VerifyAnswer.Verify).Produces<JsonObject>().WithSummary("Whether the history is the one that was signed, and the read models what it says; one at a time.");
        api.MapGet("/schemas/{type}", Schema).Produces<JsonObject>(contentType: "application/schema+json").WithSummary("The JSON Schema of an event, by its name.");
        api.MapGet("/sign_ins/{id}", SignIn).Produces<JsonObject>().WithSummary("One sign-in: everything that happened, in order.");
        api.MapGet("/sign_ins/{id}/replay", ReplaySignIn).Produces<JsonObject>().WithSummary("One sign-in folded again: at an instant, after a version, or with a step as it might have been.");
        api.MapGet("/sign_ins/{id}/picture", Picture).Produces<string>(contentType: "image/svg+xml").WithSummary("One sign-in drawn: lanes on a time axis, as SVG; with format=html a page with every event in a table.");
        api.MapGet("/streams/{id}/replay", ReplayStream).Produces<JsonObject>().WithSummary("Any other stream folded again: user_…, sess_…, sua_…, sit_…, vrf_…, settings.");
    }

    /// <summary>A page of events.</summary>
    public static async Task<AuditEventList> Events([AsParameters] AuditQuery query, [FromQuery] string? limit, HttpContext http, AuditDesk desk, CancellationToken ct)
    {
        var (filter, cursor, reason) = (query.Filter(), query.Cursor, query.Revealing);
        var most = AuditQuery.Checked("limit", limit, x => int.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= MostAtOnce ? n : (int?)null) ?? 100;
        var search = desk.Search();
        var (upTo, found, stretches) = (await search.Settled(ct), new List<JasperFx.Events.IEvent>(), 0);
        await foreach (var page in search.Pages(filter, cursor, upTo, ct, most))
        {
            var room = most - found.Count;
            found.AddRange(page.Events.Take(room));
            cursor = page.Events.Count > room ? found[^1].Sequence : page.Cursor;
            if (found.Count >= most || ++stretches == MostStretches) break;
        }

        await Tell(http, desk, Material.Events, null, filter.Sought, reason, ct);
        return new("list", [.. (await EventView.Of(found, desk, reason is not null, ct)).Select(e => e.Json())], cursor, cursor < upTo, upTo);
    }

    /// <summary>A sign-in.</summary>
    public static async Task<IResult> SignIn(SignInId id, [FromQuery] string? reveal, [FromQuery] string? reason, HttpContext http, AuditDesk desk, CancellationToken ct) =>
        Json(AuditJson.Shown(await One(id, reveal, reason, http, desk, ct)));

    /// <summary>A sign-in, drawn.</summary>
    public static async Task<IResult> Picture(SignInId id, [FromQuery] string? format, [FromQuery] string? reveal, [FromQuery] string? reason, HttpContext http, AuditDesk desk, CancellationToken ct) =>
        PictureAnswer.Asked(format).Of(await One(id, reveal, reason, http, desk, ct), http);

    /// <summary>A sign-in, folded again.</summary>
    public static async Task<IResult> ReplaySignIn(SignInId id, [AsParameters] ReplayQuery query, HttpContext http, AuditDesk desk, CancellationToken ct)
    {
        var (at, version, otherwise, reason) = (query.Instant, query.Place, query.Otherwise, query.Revealing);
        await using var reader = await desk.Reader(ct);
        var history = await reader.History(id.Value, ct, whole: otherwise is not null) ?? throw Problems.NotFound.Refuse();
        await Tell(http, desk, Material.Replay, id.Value, null, reason, ct);
        var one = await OneSignIn.Of(history, desk.Now, reader, reason is not null, ct);
        return otherwise is null ? Replayed(Told.Of(one), at, version) : Json(ReplayQuery.Rerun(one, version, otherwise));
    }

    /// <summary>Any other stream, folded again.</summary>
    public static async Task<IResult> ReplayStream(string id, [AsParameters] ReplayQuery query, HttpContext http, AuditDesk desk, CancellationToken ct)
    {
        var (at, version, reason) = (query.Instant, query.Place, query.Revealing);
        if (StreamKind.Read(id) is not { } stream) throw Problems.NotFound.Refuse();
        await using var reader = await desk.Reader(ct);
        var history = await reader.Stream(stream.Kind, stream.Id, ct) ?? throw Problems.NotFound.Refuse();
        await Tell(http, desk, Material.Replay, stream.Id, null, reason, ct);
        var (personal, _) = await reader.Open(history.SealedValues, ct, reason is not null);
        return Replayed(Told.Of(history, desk.Now, personal), at, version);
    }

    /// <summary>A file.</summary>
    public static Task Export([AsParameters] AuditQuery query, [FromQuery] string? format, HttpContext http, AuditDesk desk, FrontDoor door, CancellationToken ct) =>
        ExportAnswer.Write(new(AuditQuery.Checked("format", format, x => EventForm.Named(x)) ?? ExportForm.Ndjson, query.Filter("*"), query.Cursor, query.Revealing), http, desk, door, ct);

    /// <summary>As it happens.</summary>
    public static Task Follow([AsParameters] AuditQuery query, HttpContext http, AuditDesk desk, IHostApplicationLifetime host, CancellationToken ct) => FollowAnswer.Write(query, http, desk, host, ct);

    /// <summary>A schema.</summary>
    public static IResult Schema(string type) => EventSchemas.Of(type) is { } schema ? TypedResults.Text(schema, "application/schema+json") : throw Problems.NotFound.Refuse();

    internal static Auditor Auditor(HttpContext http) => http.Features.Get<Auditor>() ?? throw new InvalidOperationException("Nobody let this request in.");

    private static async Task<OneSignIn> One(SignInId id, string? reveal, string? reason, HttpContext http, AuditDesk desk, CancellationToken ct)
    {
        var why = new AuditQuery { Reveal = reveal, Reason = reason }.Revealing;
        await using var reader = await desk.Reader(ct);
        var history = await reader.History(id.Value, ct) ?? throw Problems.NotFound.Refuse();
        await Tell(http, desk, Material.SignIn, id.Value, null, why, ct);
        return await OneSignIn.Of(history, desk.Now, reader, why is not null, ct);
    }

    private static ContentHttpResult Replayed(Told told, DateTimeOffset? at, int? version) =>
        told.Replay(at, version) is { } replay ? Json(AuditJson.Replayed(told, replay)) : throw Problems.NotFound.Refuse();

    internal static ContentHttpResult Json(object document) => TypedResults.Text(AuditJson.Line(document), "application/json; charset=utf-8");

    private static Task<long> Tell(HttpContext http, AuditDesk desk, Material what, Guid? of, Sought? sought, string? reason, CancellationToken ct)
    {
        var auditor = Auditor(http);
        return desk.Trails.Tell(auditor, reason is null ? new HistoryRead(auditor.Id, what, of, sought) : new ValuesRevealed(auditor.Id, what, of, sought, reason), Caller.Of(http), ct);
    }
}

/// <summary>A page of events, in the members of the published schemas.</summary>
/// <param name="Cursor">What to give as <c>after</c> for the next page.</param>
/// <param name="More">Whether there is more already. A page can be short, or empty, and there is.</param>
/// <param name="UpTo">The last event there was.</param>
public sealed record AuditEventList(string Object, IReadOnlyList<JsonObject> Data, long Cursor, bool More, long UpTo);
