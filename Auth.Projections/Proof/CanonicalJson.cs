using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Auth.Projections.Proof;

/// <summary>
/// One spelling for every JSON value (RFC 8785), so that a hash of it means the value. A number that a double does not hold exactly has no spelling there;
/// it keeps the one it has, so that no two numbers look alike.
/// </summary>
public static class CanonicalJson
{
    private const int SafeDigits = 15, LongestPlain = 21, ShortestFraction = -6;

    /// <summary>That spelling, in UTF-8.</summary>
    public static byte[] Of(JsonElement value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Appends it.</summary>
    public static void Write(JsonElement value, StringBuilder to)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var properties = value.EnumerateObject().ToArray();
                Array.Sort(properties, (a, b) => string.CompareOrdinal(a.Name, b.Name));
                to.Append('{');
                for (var i = 0; i < properties.Length; i++)
                {
                    if (i > 0) to.Append(',');
                    Write(properties[i].Name, to);
                    to.Append(':');
                    Write(properties[i].Value, to);
                }

                to.Append('}');
                break;
            case JsonValueKind.Array:
                to.Append('[');
                for (var i = 0; i < value.GetArrayLength(); i++)
                {
                    if (i > 0) to.Append(',');
                    Write(value[i], to);
                }

                to.Append(']');
                break;
            case JsonValueKind.String:
                Write(value.GetString()!, to);
                break;
            case JsonValueKind.Number:
                to.Append(Number(value.GetRawText()));
                break;
            default:
                to.Append(value.GetRawText());
                break;
        }
    }

    /// <summary>Appends a text with its quotes.</summary>
    public static void Write(string text, StringBuilder to)
    {
        to.Append('"');
        foreach (var c in text)
            _ = c switch
            {
                '"' => to.Append("\\\""),
                '\\' => to.Append("\\\\"),
                '\b' => to.Append("\\b"),
                '\t' => to.Append("\\t"),
                '\n' => to.Append("\\n"),
                '\f' => to.Append("\\f"),
                '\r' => to.Append("\\r"),
                < ' ' => to.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => to.Append(c),
            };
        to.Append('"');
    }

    /// <summary>As ECMAScript writes the double of that value.</summary>
    internal static string Number(string raw)
    {
        if (raw.Length <= SafeDigits && raw.All(char.IsAsciiDigit)) return raw;
        var (negative, digits, point) = Parts(raw);
        if (digits.Length == 0) return "0";

        var nearest = double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(nearest) && Parts(nearest.ToString("R", CultureInfo.InvariantCulture)) == (negative, digits, point)
            ? (negative ? "-" : "") + Plain(digits, point)
            : raw;
    }

    private static string Plain(string digits, int point) => point switch
    {
        > LongestPlain or <= ShortestFraction => $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1)}",
        <= 0 => $"0.{new string('0', -point)}{digits}",
        _ when point >= digits.Length => digits + new string('0', point - digits.Length),
        _ => $"{digits[..point]}.{digits[point..]}",
    };

    /// <summary>Sign, digits without zeros at either end, and where the point stands before them: 0.digits × 10^point.</summary>
    private static (bool Negative, string Digits, int Point) Parts(string raw)
    {
        var negative = raw[0] == '-';
        var e = raw.IndexOfAny(['e', 'E']);
        var exponent = e < 0 ? 0 : int.Parse(raw[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = raw[(negative ? 1 : 0)..(e < 0 ? raw.Length : e)];
        var dot = mantissa.IndexOf('.');
        var all = dot < 0 ? mantissa : mantissa.Remove(dot, 1);
        var digits = all.TrimStart('0');
        var point = (dot < 0 ? mantissa.Length : dot) - (all.Length - digits.Length) + exponent;
        return (negative, digits.TrimEnd('0'), point);
    }
}
