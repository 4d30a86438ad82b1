using System.Globalization;
using System.Text.Json.Nodes;
using Auth.Domain.Instances;
using Auth.Host.Http;
using Auth.Host.Instances;

namespace Auth.Host.Audit.WhatIf;

/// <summary>Settings that are tried on the past.</summary>
/// <param name="Changes">How they differ from those in force.</param>
public sealed record Candidate(Settings Settings, IReadOnlyList<SettingChange> Changes)
{
    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal) { ["two_step"] = "second_factor.policy" };

    private static readonly string[] Prefixes = ["second_factor.", "first_factors", "second_factors", "dials.otp_", "dials.fail_", "dials.sign_in_ttl", "dials.second_factor_ttl", "dials.resend_gap", "dials.sends_", "sms.", "trusted_devices."];

    private const string Uncounted = "dials.sends_per_prefix_and_day";

    /// <summary>The same on the past: a day from which two factors are required counts as come.</summary>
    internal Settings OnThePast => Settings with { TwoStep = Settings.TwoStep with { RequiredFrom = null } };

    /// <summary>The changed fields that no sign-in of the past can tell anything about.</summary>
    public IEnumerable<string> Untried => Changes.Select(change => change.Field).Where(name => name == Uncounted || !Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));

    /// <summary>Settings in force, with a change in the form that PATCH takes; faults are those that keep settings from being staged.</summary>
    public static Candidate Of(Settings inForce, Fields change, ICollection<ProblemAnswer> wrong)
    {
        var settings = SettingsParsing.Read(SettingsPatch.Merge(SettingsDrawing.Json(inForce), SettingsDrawing.Json(Settings.Shipped), change, wrong), wrong);
        return Of(inForce, settings, wrong);
    }

    /// <summary>Settings that are written down.</summary>
    public static Candidate Of(Settings inForce, Settings settings, ICollection<ProblemAnswer> wrong)
    {
        if (wrong.Count == 0 && Faults.OfStaged(settings) is { Length: > 0 } faults) wrong.Add(SettingsAnswers.Of(SettingsRefusal.Faulty, faults));
        return new(settings, Difference.Between(SettingsDrawing.Json(inForce), SettingsDrawing.Json(settings)));
    }

    /// <summary>One change as it is typed, <c>dials.otp_tries=3</c>, put into a body: a field by its whole name or by its last part, lists with commas, <c>null</c> for as shipped. False where there is no such field.</summary>
    internal static bool Put(JsonObject change, string typed)
    {
        var (name, text) = typed.IndexOf('=') is > 0 and var at ? (typed[..at].Trim(), typed[(at + 1)..].Trim()) : (typed, "");
        if (Named(name) is not [var path]) return false;
        var parts = path.Split('.');
        var inner = parts.Length == 1 ? change : (JsonObject)(change[parts[0]] ??= new JsonObject());
        inner[parts[^1]] = Value(Shipped(path), text);
        return true;
    }

    private static string[] Named(string name) => [.. Fields().Where(field => field == (Short.GetValueOrDefault(name) ?? name)) is var exact && exact.Any() ? exact : Fields().Where(field => field.EndsWith($".{name}", StringComparison.Ordinal))];

    private static IEnumerable<string> Fields() => SettingsDrawing.Json(Settings.Shipped).SelectMany(member => member.Value is JsonObject inner ? inner.Select(x => $"{member.Key}.{x.Key}") : [member.Key]);

    private static JsonNode? Shipped(string path) => path.Split('.').Aggregate((JsonNode?)SettingsDrawing.Json(Settings.Shipped), (node, name) => node![name]);

    private static JsonNode? Value(JsonNode? shipped, string text) => shipped switch
    {
        _ when text == "null" => null,
        JsonArray => new JsonArray([.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item => (JsonNode)item)]),
        JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.Number && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False && bool.TryParse(text, out var flag) => flag,
        _ => text,
    };
}
