using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Host.Delivery.Sms;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>The provider's <c>/batches</c>.</summary>
internal sealed class FakeBatches(FakeTexts texts, FakeSecrets secrets, FakeScript script, FakeFaults faults, FakeDelivery delivery, TimeProvider clock)
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(90);

    public async Task<IResult> SendAsync(HttpContext http, CancellationToken ct)
    {
        var (said, problem) = FakeSubmission.Read(await BodyAsync(http.Request, ct), clock.GetUtcNow());
        if (said is null) return problem!.Result();
        var answer = faults.OnSubmission() ?? script.Answer(said.To[0], said.Reference);
        if (Refusal(answer) is { } refused) return refused;

        var accepted = await texts.AddAsync(said, CancellationToken.None);
        foreach (var text in accepted) delivery.Begin(text);
        if (answer == FakeAnswer.AcceptAndFail) return Broken(500);
        if (answer == FakeAnswer.AcceptAndHang) await Task.Delay(Hang, clock, ct);
        if (answer == FakeAnswer.AcceptAndReset) http.Abort();
        return Results.Json(await ShowAsync(accepted, ct), SinchJson.Options, statusCode: 201);
    }

    public async Task<IResult> DryRunAsync(HttpRequest request, CancellationToken ct)
    {
        var (said, problem) = FakeSubmission.Read(await BodyAsync(request, ct), clock.GetUtcNow());
        if (said is null) return problem!.Result();
        var parts = SmsParts.Of(said.Body);
        var answer = new JsonObject { ["number_of_recipients"] = said.To.Count, ["number_of_messages"] = said.To.Count * parts.Count };
        if (request.Query["per_recipient"] == "true")
            answer["per_recipient"] = new JsonArray([.. said.To.Take(Number(request, "number_of_recipients", 100)).Select(to => new JsonObject
            {
                ["recipient"] = to.TrimStart('+'), ["number_of_parts"] = parts.Count, ["body"] = said.Body, ["encoding"] = parts.Encoding,
            })]);
        return Results.Json(answer, SinchJson.Options);
    }

    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken ct)
    {
        if (faults.Strikes(FaultKind.ListError)) return Broken(500);
        var filter = Filter(request);
        var (page, count) = await texts.ListAsync(filter, ct);
        var batches = new JsonArray();
        foreach (var batch in page.GroupBy(text => text.Batch)) batches.Add((JsonNode)await ShowAsync([.. batch], ct));
        return Results.Json(new JsonObject { ["count"] = count, ["page"] = filter.Page, ["page_size"] = page.Count, ["batches"] = batches }, SinchJson.Options);
    }

    public async Task<IResult> ReadAsync(string batch, CancellationToken ct) =>
        await texts.OfBatchAsync(batch, ct) is { Count: > 0 } found ? Results.Json(await ShowAsync(found, ct), SinchJson.Options) : Results.NotFound();

    /// <summary>Takes back what is still queued; what has left stays as it is.</summary>
    public async Task<IResult> CancelAsync(string batch, CancellationToken ct)
    {
        if (await texts.OfBatchAsync(batch, ct) is not { Count: > 0 } found) return Results.NotFound();
        foreach (var text in found)
        {
            var now = clock.GetUtcNow();
            if (await texts.ChangeAsync(text.Id, t => FakeStatus.At(t, now) == FakeStatus.Queued ? t with { End = FakeEnd.Cancelled, EndedAt = now } : null, ct) is { } cancelled)
                delivery.Tell(cancelled);
        }

        return Results.Json(await ShowAsync(await texts.OfBatchAsync(batch, ct), ct), SinchJson.Options);
    }

    public async Task<IResult> FeedbackAsync(string batch, HttpRequest request, CancellationToken ct)
    {
        if (await BodyAsync(request, ct) is not JsonObject { } body || body["recipients"] is not JsonArray) return FakeProblem.Constraint("'recipients' is missing.").Result();
        if (await texts.OfBatchAsync(batch, ct) is not { Count: > 0 } found) return Results.NotFound();
        if (!found[0].FeedbackEnabled) return FakeProblem.Constraint("Feedback is not enabled for this batch.").Result();
        foreach (var text in found) await texts.ChangeAsync(text.Id, t => t with { FeedbackAt = clock.GetUtcNow() }, ct);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    internal static FakeFilter Filter(HttpRequest request) => new(
        Number(request, "page", 0), Math.Clamp(Number(request, "page_size", 30), 1, 100), Moment(request, "start_date"), Moment(request, "end_date"), request.Query["client_reference"]);

    internal static IResult Broken(int status) => Results.Json(new JsonObject { ["code"] = "internal_error", ["text"] = "The fake was told to fail." }, statusCode: status);

    private static IResult? Refusal(FakeAnswer answer) => answer switch
    {
        FakeAnswer.Busy => Results.StatusCode(StatusCodes.Status429TooManyRequests),
        FakeAnswer.Blocked => new FakeProblem(403, "blocked_account", "The account is blocked.").Result(),
        FakeAnswer.Fail => Broken(500),
        FakeAnswer.Unavailable => Broken(503),
        _ => null,
    };

    private async Task<JsonObject> ShowAsync(IReadOnlyList<FakeText> batch, CancellationToken ct)
    {
        var (inbox, first) = (await secrets.InboxAsync(ct), batch[0]);
        var shown = new JsonObject
        {
            ["id"] = first.Batch,
            ["to"] = new JsonArray([.. batch.Select(text => (JsonNode)(inbox.Open(text.To) ?? "").TrimStart('+'))]),
            ["canceled"] = batch.All(text => text.Canceled),
            ["body"] = inbox.Open(first.Body),
            ["type"] = "mt_text",
            ["created_at"] = SinchJson.Moment(first.CreatedAt),
            ["modified_at"] = SinchJson.Moment(first.EndedAt ?? first.CreatedAt),
            ["delivery_report"] = first.DeliveryReport,
            ["send_at"] = SinchJson.Moment(first.SendAt),
            ["expire_at"] = SinchJson.Moment(first.ExpireAt),
            ["feedback_enabled"] = first.FeedbackEnabled,
            ["flash_message"] = false,
        };
        if (first.From is { } from) shown["from"] = inbox.Open(from)?.TrimStart('+');
        if (first.Reference is { } reference) shown["client_reference"] = reference;
        if (first.CallbackUrl is { } callback) shown["callback_url"] = callback.AbsoluteUri;
        return shown;
    }

    private static async Task<JsonNode?> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: ct);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Number(HttpRequest request, string name, int absent) =>
        int.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : absent;

    private static DateTimeOffset? Moment(HttpRequest request, string name) =>
        DateTimeOffset.TryParse(request.Query[name], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
