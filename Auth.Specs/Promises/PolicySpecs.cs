using System.Text.Json.Nodes;
using Auth.Domain.Instances;
using Auth.Host.Instances;
using Auth.Specs.Given;

namespace Auth.Specs.Promises;

/// <summary>What operators read in <c>docs/policy.md</c> is what they can set, as we ship it and within its bounds.</summary>
public class PolicySpecs
{
    private static readonly string[][] Rows =
        [.. File.ReadAllLines(Checkout.File("docs", "policy.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

    [Fact]
    public void every_setting_is_told_with_what_we_ship() =>
        Rows.Select(row => $"{row[0]} {row[1]}").ShouldBe(Leaves(SettingsDrawing.Json(Settings.Shipped), "").Select(leaf => $"`{leaf.Field}` {Written(leaf.Value)}"), ignoreOrder: true);

    [Fact]
    public void every_bound_is_told() =>
        Bounds.All.Where(bound => !Rows.Any(row => row[0] == $"`{bound.Field}`" && row[2] == $"{bound.Least} to {bound.Most}")).Select(bound => bound.Field).ShouldBeEmpty();

    private static IEnumerable<(string Field, JsonNode? Value)> Leaves(JsonObject body, string path) =>
        body.SelectMany(member => member.Value is JsonObject inner ? Leaves(inner, $"{path}{member.Key}.") : [($"{path}{member.Key}", member.Value)]);

    private static string Written(JsonNode? value) => value switch
    {
        null => "–",
        JsonValue number when number.TryGetValue<int>(out var n) => $"{n}",
        JsonValue text when text.TryGetValue<string>(out var word) => $"`{word}`",
        _ => $"`{value.ToJsonString()}`",
    };
}
