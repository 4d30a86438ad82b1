using System.Text.Json.Nodes;
using Auth.Host.Delivery.Sms;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>Where a text is, in the provider's words, and the reports that say so.</summary>
internal sealed record FakeStatus(int Code, string Status)
{
    public static readonly FakeStatus Queued = new(400, "Queued"), Dispatched = new(401, "Dispatched");

    /// <summary>The last word on each end; null when there is none.</summary>
    public static FakeStatus? Of(FakeEnd end) => end switch
    {
        FakeEnd.Delivered or FakeEnd.ToldTwice => new(0, "Delivered"),
        FakeEnd.Unroutable => new(402, "Aborted"),
        FakeEnd.Temporary => new(404, "Aborted"),
        FakeEnd.Expired => new(406, "Aborted"),
        FakeEnd.Cancelled => new(407, "Cancelled"),
        FakeEnd.TooLong => new(411, "Aborted"),
        FakeEnd.Silent => null,
        _ => throw new InvalidOperationException($"A text cannot end as {end}."),
    };

    /// <summary>Seen from outside at that moment.</summary>
    public static FakeStatus At(FakeText text, DateTimeOffset now) =>
        text.EndedAt is not null ? Of(text.End)!
        : now >= text.SendAt + FakeDelivery.InQueue ? Dispatched
        : Queued;

    /// <summary>The provider's report about one number.</summary>
    public JsonObject Report(FakeText text, string recipient, DateTimeOffset at) => Lean(new()
    {
        ["type"] = "recipient_delivery_report_sms",
        ["batch_id"] = text.Batch,
        ["client_reference"] = text.Reference,
        ["recipient"] = recipient.TrimStart('+'),
        ["code"] = Code,
        ["status"] = Status,
        ["at"] = SinchJson.Moment(at),
        ["operator_status_at"] = SinchJson.Moment(at),
        ["number_of_message_parts"] = text.Parts,
    });

    /// <summary>The provider's report about a batch.</summary>
    public static JsonObject Summary(IReadOnlyList<(FakeText Text, string To, FakeStatus Status)> texts, bool full) => Lean(new()
    {
        ["type"] = "delivery_report_sms",
        ["batch_id"] = texts[0].Text.Batch,
        ["client_reference"] = texts[0].Text.Reference,
        ["total_message_count"] = texts.Sum(text => text.Text.Parts),
        ["statuses"] = new JsonArray([.. texts.GroupBy(text => text.Status).Select(same => Lean(new()
        {
            ["code"] = same.Key.Code,
            ["status"] = same.Key.Status,
            ["count"] = same.Count(),
            ["recipients"] = full ? new JsonArray([.. same.Select(text => (JsonNode)text.To.TrimStart('+'))]) : null,
        }))]),
    });

    private static JsonObject Lean(JsonObject json)
    {
        foreach (var absent in json.Where(member => member.Value is null).Select(member => member.Key).ToArray()) json.Remove(absent);
        return json;
    }
}
