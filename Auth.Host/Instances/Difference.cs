using System.Text.Json.Nodes;

namespace Auth.Host.Instances;

/// <summary>One setting that changes.</summary>
/// <param name="Field">Its name with dots, as in <c>dials.otp_ttl</c>.</param>
public sealed record SettingChange(string Field, JsonNode? Before, JsonNode? After);

/// <summary>What is different between two settings, setting by setting.</summary>
public static class Difference
{
    /// <summary>In the order of the body; nothing for two that are the same.</summary>
    public static IReadOnlyList<SettingChange> Between(JsonObject before, JsonObject after) => [.. Between(before, after, "")];

    private static IEnumerable<SettingChange> Between(JsonObject before, JsonObject after, string path) => after.SelectMany(member => (before[member.Key], member.Value) switch
    {
        (JsonObject inner, JsonObject other)                           => Between(inner, other, $"{path}{member.Key}."),
        var (was, becomes) when JsonNode.DeepEquals(was, becomes)      => [],
        var (was, becomes)                                             => [new($"{path}{member.Key}", was?.DeepClone(), becomes?.DeepClone())],
    });
}
