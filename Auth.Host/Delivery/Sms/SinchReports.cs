using System.Text.Json;

namespace Auth.Host.Delivery.Sms;

/// <summary>One line of a delivery callback, as it came.</summary>
internal sealed record SinchReport(string Batch, string Recipient, string Reference, string Status, int Code, DateTimeOffset? At)
{
    private const int LongestWord = 64;

    /// <summary>Every report in a body; none for texts from people, for unknown kinds, and for what is no JSON. Never throws.</summary>
    public static IReadOnlyList<SinchReport> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public override string ToString() => $"SinchReport({Reference}, {Status}, {Code})";

    private static IReadOnlyList<SinchReport> Read(JsonElement root) => (Word(root, "type"), Word(root, "client_reference")) switch
    {
        (_, null) => [],
        ("recipient_delivery_report_sms", { } text) => [new(Word(root, "batch_id") ?? "", Word(root, "recipient") ?? "", text, Word(root, "status") ?? "Unknown", Number(root), Moment(root, "at"))],
        ("delivery_report_sms", { } text) => [.. Lines(root).Select(line => new SinchReport(Word(root, "batch_id") ?? "", Recipients(line), text, Word(line, "status") ?? "Unknown", Number(line), Moment(root, "at")))],
        _ => [],
    };

    private static IEnumerable<JsonElement> Lines(JsonElement root) =>
        root.TryGetProperty("statuses", out var lines) && lines.ValueKind == JsonValueKind.Array ? lines.EnumerateArray().Where(line => line.ValueKind == JsonValueKind.Object) : [];

    private static string Recipients(JsonElement line) =>
        line.TryGetProperty("recipients", out var numbers) && numbers.ValueKind == JsonValueKind.Array ? string.Join(',', numbers.EnumerateArray().Select(number => number.ToString())) : "";

    private static string? Word(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestWord } word ? word : null;

    private static int Number(JsonElement from) =>
        from.TryGetProperty("code", out var value) && (value.ValueKind == JsonValueKind.Number ? value.TryGetInt32(out var code) : int.TryParse(value.ToString(), out code)) ? code : -1;

    private static DateTimeOffset? Moment(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var at) ? at : null;
}
