using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Host.Http;

namespace Auth.Host.Instances;

/// <summary>A change on its way in: merged into a body of settings (RFC 7396), every field that is wrong told at once.</summary>
public static class SettingsPatch
{
    private const int LongestText = 512, LongestList = 100;

    /// <summary>Members of the resource that are ours; whoever sends back what they read changes nothing by them.</summary>
    internal static readonly string[] NotWritten = ["object", "version", "staged", "guess_odds", "second_factor.required", "sign_up.open", "dials.access_ttl", "sms.home_country"];

    /// <summary>The body with the change in it; what is wrong with it is added to <paramref name="wrong"/>.</summary>
    public static JsonObject Merge(JsonObject draft, JsonObject shipped, Fields change, ICollection<ProblemAnswer> wrong)
    {
        var merged = draft.DeepClone().AsObject();
        Merge(merged, shipped, change.Names.Where(name => name != "_method").Select(name => KeyValuePair.Create(name, change[name].Node)), "", wrong);
        return merged;
    }

    private static void Merge(JsonObject target, JsonObject shipped, IEnumerable<KeyValuePair<string, JsonNode?>> change, string path, ICollection<ProblemAnswer> wrong)
    {
        foreach (var (name, value) in change)
        {
            var field = path + name;
            if (NotWritten.Contains(field)) continue;
            if (!target.ContainsKey(name)) wrong.Add(Problems.FieldUnknown.About(Short(field)));
            else if (value is null) target[name] = shipped[name]?.DeepClone();
            else if (target[name] is JsonObject inner && value is JsonObject members) Merge(inner, shipped[name]!.AsObject(), members, $"{field}.", wrong);
            else if (!IsOneOf(value, shipped[name])) wrong.Add(Problems.FieldMalformed.About(field));
            else target[name] = value.DeepClone();
        }
    }

    /// <summary>Of the same kind as what we ship; what we ship as null is a text.</summary>
    private static bool IsOneOf(JsonNode value, JsonNode? shipped) => (shipped?.GetValueKind() ?? JsonValueKind.String) switch
    {
        JsonValueKind.Object                      => false,
        JsonValueKind.Array                       => value is JsonArray list && list.Count <= LongestList && list.All(IsText),
        JsonValueKind.True or JsonValueKind.False => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        JsonValueKind.Number                      => value is JsonValue number && number.GetValueKind() is JsonValueKind.Number && number.TryGetValue<int>(out var n) && n >= 0,
        _                                         => IsText(value),
    };

    private static bool IsText(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var written) && written.Length is > 0 and <= LongestText;

    private static string Short(string field) => field.Length > 64 ? field[..64] : field;
}
