using System.Text.Json;
using System.Text.Json.Nodes;

namespace Auth.Host.Http;

/// <summary>What a body holds under one name. Garbled is a text that no reader may have: it holds a NUL.</summary>
public enum FieldKind { Absent, Null, Text, Flag, Number, List, Members, Garbled }

/// <summary>One member of a body. It knows what it is and never shows its value.</summary>
public readonly record struct Field(string Name, FieldKind Kind, string? Value = null, JsonElement Json = default)
{
    private const int Longest = 1024;

    /// <summary>Absent, null, or an empty text: forms have no other way to say null.</summary>
    public bool IsNothing => Kind is FieldKind.Absent or FieldKind.Null || Value is { Length: 0 };

    /// <summary>The text that must be there.</summary>
    public string Given(int longest = Longest) => Kind switch
    {
        FieldKind.Absent => throw Problems.FieldMissing.About(Name).Refuse(),
        _ when IsNothing => throw Problems.FieldEmpty.About(Name).Refuse(),
        FieldKind.Text when Value!.Length > longest => throw Problems.FieldTooLong.About(Name).Refuse(),
        FieldKind.Text => Value!,
        _ => throw Malformed(),
    };

    /// <summary>The text, or null when there is nothing.</summary>
    public string? OrNull(int longest = Longest) => IsNothing ? null : Given(longest);

    /// <summary>A yes or no: JSON's true and false, or the words of a form. Null when there is nothing.</summary>
    public bool? Flag => (IsNothing, Kind, Value) switch
    {
        (true, _, _) => null,
        (_, FieldKind.Flag or FieldKind.Text, "true") => true,
        (_, FieldKind.Flag or FieldKind.Text, "false") => false,
        _ => throw Malformed(),
    };

    /// <summary>Exactly six ASCII digits, as text; whatever else is there is malformed in the same way (R21).</summary>
    public string Code => Kind switch
    {
        FieldKind.Absent => throw Problems.FieldMissing.About(Name).Refuse(),
        FieldKind.Text when Value is { Length: 6 } code && code.All(char.IsAsciiDigit) => code,
        _ => throw Malformed(),
    };

    /// <summary>A list of texts, or one text standing for a list of one; empty when there is nothing.</summary>
    public IReadOnlyList<string> Texts
    {
        get
        {
            if (IsNothing) return [];
            if (Kind == FieldKind.Text) return [Given()];
            if (Kind != FieldKind.List) throw Malformed();
            var name = Name;
            return [.. Json.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String
                ? new Field(name, FieldKind.Text, item.GetString()).Given()
                : throw Problems.FieldMalformed.About(name).Refuse())];
        }
    }

    /// <summary>A non-negative whole number, in a form too. Null when there is nothing.</summary>
    public int? Count => IsNothing ? null
        : Kind is FieldKind.Number or FieldKind.Text && int.TryParse(Value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n
        : throw Malformed();

    /// <summary>What is there, as JSON; null for nothing.</summary>
    public JsonNode? Node => Kind switch
    {
        FieldKind.Absent or FieldKind.Null => null,
        FieldKind.Text => JsonValue.Create(Value),
        FieldKind.List or FieldKind.Members => JsonNode.Parse(Json.GetRawText()),
        _ => JsonNode.Parse(Value!),
    };

    /// <summary>It is there, but has the wrong form; for rules of the caller's own.</summary>
    public Refused Malformed() => Problems.FieldMalformed.About(Name).Refuse();

    /// <summary>It has the right form, but its value means nothing here.</summary>
    public Refused Unknown() => Problems.FieldUnknownValue.About(Name).Refuse();

    public override string ToString() => $"Field({Name}, {Kind})";
}
