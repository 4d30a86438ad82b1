using System.Text.Json.Nodes;
using Auth.Host.Delivery.Sms;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>The provider's delivery reports, for callers that ask instead of being called.</summary>
internal sealed class FakeReports(FakeTexts texts, FakeSecrets secrets, TimeProvider clock)
{
    public async Task<IResult> OfBatchAsync(string batch, string? type, CancellationToken ct) =>
        await TextsAsync(batch, ct) is { Count: > 0 } found ? Results.Json(FakeStatus.Summary(found, full: type == "full"), SinchJson.Options) : Results.NotFound();

    public async Task<IResult> OfRecipientAsync(string batch, string msisdn, CancellationToken ct) =>
        (await TextsAsync(batch, ct)).FirstOrDefault(text => text.To == FakeSubmission.Normal(msisdn)) is ({ } text, var to, var status)
            ? Results.Json(status.Report(text, to, text.EndedAt ?? text.CreatedAt), SinchJson.Options)
            : Results.NotFound();

    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken ct)
    {
        var (filter, inbox) = (FakeBatches.Filter(request), await secrets.InboxAsync(ct));
        var (page, count) = await texts.ListAsync(filter, ct);
        var reports = page.Select(text => (JsonNode)FakeStatus.At(text, clock.GetUtcNow()).Report(text, inbox.Open(text.To) ?? "", text.EndedAt ?? text.CreatedAt));
        return Results.Json(new JsonObject { ["count"] = count, ["page"] = filter.Page, ["page_size"] = page.Count, ["delivery_reports"] = new JsonArray([.. reports]) }, SinchJson.Options);
    }

    private async Task<IReadOnlyList<(FakeText Text, string To, FakeStatus Status)>> TextsAsync(string batch, CancellationToken ct)
    {
        var (inbox, now) = (await secrets.InboxAsync(ct), clock.GetUtcNow());
        return [.. (await texts.OfBatchAsync(batch, ct)).Select(text => (text, inbox.Open(text.To) ?? "", FakeStatus.At(text, now)))];
    }
}
