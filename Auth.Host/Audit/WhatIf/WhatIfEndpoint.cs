using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Domain.Audits;
using Auth.Domain.Instances;
using Auth.Host.Audit.Access;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using Auth.Host.Instances;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Auth.Host.Audit.WhatIf;

/// <summary>The Backend API's look at the past before <i>Apply</i>: the same as <c>audit what-if</c>. One runs at a time on a host.</summary>
public static class WhatIfEndpoint
{
    internal const string Turns = "what-if";

    /// <summary>Maps it.</summary>
    public static void MapWhatIf(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/instance/settings/what_if", Try).RequireSecretKey().WithTags("Backend API: instance").Reads<WhatIfRequest>().Produces<JsonObject>()
            .WithSummary("What the staged settings, or a change to those in force, would have done to past sign-ins: blocked, challenged, let in, texts more or less. Nothing is different by it.");

    /// <summary>Tries them; that somebody looked is told first.</summary>
    public static async Task<ContentHttpResult> Try(WhatIfRequest request, HttpContext http, Tenant tenant, AuditDesk desk, SettingsReading settings, [FromKeyedServices(Turns)] Turn turn, CancellationToken ct)
    {
        var question = request.Question(await settings.Whole(tenant.Id, ct), desk.Now);
        return await turn.Alone(() => Answer(question, http, tenant, desk, ct), ct);
    }

    private static async Task<ContentHttpResult> Answer(TrialQuestion question, HttpContext http, Tenant tenant, AuditDesk desk, CancellationToken ct)
    {
        await using var reader = await desk.Reader(ct);
        var one = question.Only is not { } id ? null
            : await OneSignIn.Of(await reader.History(id, ct) ?? throw Problems.NotFound.Refuse(), desk.Now, reader, reveal: false, ct);
        var auditor = Auditor.Of(tenant.Keys);
        await desk.Trails.Tell(auditor, new HistoryRead(auditor.Id, Material.WhatIf, question.Only, new() { Since = question.Since, Until = question.Until }), Caller.Of(http), ct);
        var report = await Trial.Run(desk, question, tenant.Name.HomeCountry, (_, _) => { }, ct);
        return TypedResults.Text(AuditJson.Line(TrialJson.Of(report, one)), "application/json; charset=utf-8");
    }
}

/// <summary>Which settings are tried, on what.</summary>
/// <param name="Since">Sign-ins begun then or later (RFC 3339); the last 30 days unless told.</param>
/// <param name="Until">Begun before then.</param>
/// <param name="Settings">A change to the settings in force, as PATCH takes it; without it, what is staged is tried.</param>
/// <param name="Prices">What a text costs, by country, as in <c>{"SE": 0.05, "default": 0.08}</c>.</param>
/// <param name="Cases">How many sign-ins that come out otherwise are named: 0 to 1000, 20 unless told.</param>
/// <param name="SignIn">A sign-in to tell step by step: sia_….</param>
public sealed record WhatIfRequest(string? Since, string? Until, JsonObject? Settings, JsonObject? Prices, int? Cases, string? SignIn) : IFromFields<WhatIfRequest>
{
    private const int MostCases = 1000, DaysUnlessTold = 30;

    /// <inheritdoc />
    public static WhatIfRequest From(Fields fields) => new(
        fields.Text("since").OrNull(), fields.Text("until").OrNull(), Members(fields["settings"]), Members(fields["prices"]),
        fields["cases"].Count is not { } cases ? null : cases <= MostCases ? cases : throw fields["cases"].Malformed(), fields.Text("sign_in").OrNull());

    internal TrialQuestion Question(Instance now, DateTimeOffset at)
    {
        var wrong = new List<ProblemAnswer>();
        if (Settings is null && now.Staged is null) throw Problems.NothingStaged.Refuse();
        var candidate = Settings is { } change ? Candidate.Of(now.InForce, BodyFormats.Json(JsonSerializer.SerializeToUtf8Bytes(change)), wrong) : Candidate.Of(now.InForce, now.Draft, wrong);
        if (wrong.Count > 0) throw ProblemAnswer.Together(wrong).Refuse();
        var until = AuditQuery.Checked("until", Until, AuditQuery.Instant) ?? at;
        return new(candidate, AuditQuery.Checked("since", Since, AuditQuery.Instant) ?? until.AddDays(-DaysUnlessTold), until, Costs(), Cases ?? 20, AuditQuery.Checked("sign_in", SignIn, Id));
    }

    private Dictionary<string, decimal> Costs() => (Prices ?? []).ToDictionary(price => price.Key is "default" ? "" : price.Key, price => price.Value is JsonValue value && value.TryGetValue<decimal>(out var amount) && amount >= 0 ? amount : throw Problems.FieldMalformed.About("prices").Refuse());

    private static Guid? Id(string text) => PrefixedId.Read(SignInId.Prefix, text) is var id && id != Guid.Empty ? id : null;

    private static JsonObject? Members(Field field) => field.IsNothing ? null : field.Kind is FieldKind.Members ? field.Node!.AsObject() : throw field.Malformed();
}
