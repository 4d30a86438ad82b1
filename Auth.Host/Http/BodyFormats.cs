using System.Text;
using System.Text.Json;

namespace Auth.Host.Http;

/// <summary>Bytes to fields, strictly: what two readers could read in two ways is refused (R78).</summary>
public static class BodyFormats
{
    private const int Deepest = 8;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };
    private static readonly UTF8Encoding Utf8Only = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>One JSON object.</summary>
    public static Fields Json(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Problems.MalformedRequest.Refuse();
            return new(document.RootElement.EnumerateObject().ToDictionary(m => Inspect(m.Name), m => Of(m.Name, m.Value)));
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Problems.MalformedRequest.Refuse();   // also what is no UTF-8 and half a surrogate pair, which only reading every text finds
        }
    }

    /// <summary>One form; every key once.</summary>
    public static Fields Form(ReadOnlySpan<byte> body)
    {
        var members = new Dictionary<string, Field>();
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf((byte)'=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            if (!members.TryAdd(Inspect(name), Text(name, equals < 0 ? "" : Decode(pair[(equals + 1)..])))) throw Problems.MalformedRequest.Refuse();
        }

        return new(members);
    }

    // A code with a NUL in it is malformed like any other malformed code (R21); every other text with one is refused before anybody reads it (R78).
    private static Field Text(string name, string text) =>
        name == Fields.CodeName && text.Contains('\0', StringComparison.Ordinal) ? new(name, FieldKind.Garbled) : new(name, FieldKind.Text, Inspect(text));

    private static Field Of(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => new(name, FieldKind.Null),
        JsonValueKind.String => Text(name, value.GetString()!),
        JsonValueKind.True => new(name, FieldKind.Flag, "true"),
        JsonValueKind.False => new(name, FieldKind.Flag, "false"),
        JsonValueKind.Number => new(name, FieldKind.Number, value.GetRawText()),
        JsonValueKind.Array => new(name, FieldKind.List, Json: Inspect(value).Clone()),
        _ => new(name, FieldKind.Members, Json: Inspect(value).Clone()),
    };

    private static JsonElement Inspect(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) Inspect(value.GetString()!);
        else if (value.ValueKind == JsonValueKind.Array) foreach (var item in value.EnumerateArray()) Inspect(item);
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                Inspect(member.Name);
                Inspect(member.Value);
            }
        }

        return value;
    }

    private static string Inspect(string text) => text.Contains('\0', StringComparison.Ordinal) ? throw Problems.MalformedRequest.Refuse() : text;

    private static string Decode(ReadOnlySpan<byte> encoded)
    {
        var bytes = new byte[encoded.Length];
        var length = 0;
        for (var at = 0; at < encoded.Length; at++)
        {
            bytes[length++] = encoded[at] switch
            {
                (byte)'+' => (byte)' ',
                (byte)'%' when at + 2 < encoded.Length && Hex(encoded[at + 1], encoded[at + 2]) is { } value => Skip(ref at, value),
                (byte)'%' => throw Problems.MalformedRequest.Refuse(),
                var plain => plain,
            };
        }

        try
        {
            return Utf8Only.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw Problems.MalformedRequest.Refuse();
        }
    }

    private static byte? Hex(byte high, byte low) =>
        char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low) ? (byte)((Convert.ToInt32(((char)high).ToString(), 16) << 4) | Convert.ToInt32(((char)low).ToString(), 16)) : null;

    private static byte Skip(ref int at, byte value)
    {
        at += 2;
        return value;
    }
}
