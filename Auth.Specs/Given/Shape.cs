using System.Text.Json;
using System.Text.Json.Nodes;

namespace Auth.Specs.Given;

/// <summary>What answers look like, without what they say: member names in their order, and for each what kind of value was seen.</summary>
public static class Shape
{
    /// <summary>The shape that all of these have in common; a member that some lack ends in <c>?</c>.</summary>
    public static string Of(params IEnumerable<JsonNode?> samples)
    {
        var all = samples.ToList();
        var (objects, lists) = (all.OfType<JsonObject>().ToList(), all.OfType<JsonArray>().ToList());
        string[] kinds =
        [
            .. all.Contains(null) ? ["null"] : Array.Empty<string>(),
            .. all.OfType<JsonValue>().Select(Kind).Distinct(),
            .. objects.Count > 0 ? [Members(objects)] : Array.Empty<string>(),
            .. lists.Count > 0 ? [$"[{Of(lists.SelectMany(list => list))}]"] : Array.Empty<string>(),
        ];
        return string.Join(" | ", kinds);
    }

    /// <summary>The same, broken into lines as one likes.</summary>
    public static string Flat(string shape) => string.Join(' ', shape.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Members(List<JsonObject> objects)
    {
        var names = objects.SelectMany(o => o.Select(member => member.Key)).Distinct().ToList();
        return names.Count == 0 ? "{}" : $"{{ {string.Join(", ", names.Select(Member))} }}";

        string Member(string name)
        {
            var having = objects.Where(o => o.ContainsKey(name)).ToList();
            return $"{name}{(having.Count < objects.Count ? "?" : "")}: {Of(having.Select(o => o[name]))}";
        }
    }

    private static string Kind(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "number",
        _ => "flag",
    };
}
