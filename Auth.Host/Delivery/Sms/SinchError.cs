using System.Text.Json;
using System.Text.RegularExpressions;

namespace Auth.Host.Delivery.Sms;

/// <summary>What an unhappy answer says, whichever of the provider's five shapes it has, or none. Digits are hidden: they may be the number or the code.</summary>
public sealed partial record SinchError(string? Code, string? Text)
{
    private static readonly SinchError Nothing = new(null, null);
    private const int LongestText = 300, LongestCode = 64;

    /// <summary>Did the body say anything that we understand?</summary>
    public bool Told => Code is not null || Text is not null;

    /// <summary>Never throws.</summary>
    public static SinchError Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var json = JsonDocument.ParseValue(ref reader);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Of(json.RootElement) : Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    private static SinchError Of(JsonElement root) =>
        root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            ? new(Word(error, "status", "code"), Sentence(error))
            : new(Word(root, "code", "errorCode", "error", "type"), Sentence(root));

    private static string? Word(JsonElement from, params ReadOnlySpan<string> names) =>
        First(from, names) is { } word ? Short(word, LongestCode) : null;

    private static string? Sentence(JsonElement from) => (First(from, "title"), First(from, "text", "message", "detail", "error_description")) switch
    {
        (null, null) => null,
        ({ } title, null) => Hidden(title),
        (null, { } text) => Hidden(text),
        ({ } title, { } text) => Hidden($"{title}: {text}"),
    };

    private static string? First(JsonElement from, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (from.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number && value.ToString() is { Length: > 0 } said)
                return said;
        }

        return null;
    }

    private static string Hidden(string text) => Short(Digits().Replace(text, "[hidden]"), LongestText);

    private static string Short(string text, int longest) => text.Length <= longest ? text : text[..longest];

    [GeneratedRegex(@"\+?\d[\d\s().-]{2,}\d")]
    private static partial Regex Digits();
}
