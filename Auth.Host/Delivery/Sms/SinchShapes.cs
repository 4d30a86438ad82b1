using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Auth.Host.Delivery.Sms;

/// <summary>What is posted to <c>/batches</c>: one text to one number. There is never a <c>parameters</c> member, so <c>${…}</c> in a body is only text.</summary>
internal sealed record SendBatch(
    string? From, IReadOnlyList<string> To, string Body, string ExpireAt, string ClientReference, Uri? CallbackUrl,
    string Type = "mt_text", string DeliveryReport = "per_recipient_final", bool FeedbackEnabled = true, bool TruncateConcat = false, int MaxNumberOfMessageParts = 1)
{
    public static SendBatch Of(SinchAccount account, SmsMessage message) =>
        new(account.From, [message.To], message.Body, SinchJson.Moment(message.ExpireAt), message.Reference, account.CallbackUrl);

    public override string ToString() => $"SendBatch({ClientReference})";
}

/// <summary>The part of an accepted batch that we need.</summary>
internal sealed record Batch(string? Id, string? ClientReference)
{
    public override string ToString() => $"Batch({Id})";
}

/// <summary>One page of batches.</summary>
internal sealed record BatchPage(IReadOnlyList<Batch>? Batches);

/// <summary>snake_case, no nulls, moments with milliseconds.</summary>
internal static class SinchJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>The value, or null when the bytes are not that.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> json) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
