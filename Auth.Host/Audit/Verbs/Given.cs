using System.CommandLine.Parsing;
using System.Globalization;
using Auth.Domain.SignIns;
using Auth.Host.Http;

namespace Auth.Host.Audit.Verbs;

/// <summary>How what an auditor types is understood; what is not, is said by name and value.</summary>
internal static class Given
{
    internal static Guid? Id(ArgumentResult result, string prefix) =>
        PrefixedId.Read(prefix, Text(result)) is var id && id != Guid.Empty ? id : Wrong<Guid?>(result, $"is not an id of the kind {prefix}…");

    internal static DateTimeOffset? Instant(ArgumentResult result) =>
        DateTimeOffset.TryParse(Text(result), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at : Wrong<DateTimeOffset?>(result, "is not an instant such as 2026-03-02T09:00:00Z");

    internal static Projections.Outcome? Outcome(ArgumentResult result) =>
        Enum.TryParse<Projections.Outcome>(Text(result), ignoreCase: true, out var outcome) && !int.TryParse(Text(result), out _)
            ? outcome : Wrong<Projections.Outcome?>(result, "is not open, converted, expired, superseded or invalidated");

    internal static Strategy? Strategy(ArgumentResult result) => Strategies.Named(Text(result)) ?? Wrong<Strategy?>(result, "is not a strategy");

    internal static int Count(ArgumentResult result) =>
        int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : Wrong<int>(result, "is not a number from 1 up");

    /// <summary>Something that is read out of a word.</summary>
    internal static T? Text<T>(ArgumentResult result, Func<string, T?> read, string wrong) where T : class => read(Text(result)) ?? Wrong<T>(result, wrong);

    /// <summary>Something that is read out of a word.</summary>
    internal static T? Value<T>(ArgumentResult result, Func<string, T?> read, string wrong) where T : struct => Text(result) is { Length: > 0 } text && read(text) is { } value ? value : Wrong<T?>(result, wrong);

    internal static Verdict? Verdict(ArgumentResult result) => Text(result) switch
    {
        "right" => Domain.SignIns.Verdict.Right,
        "wrong" => Domain.SignIns.Verdict.Wrong,
        _ => Wrong<Verdict?>(result, "is neither right nor wrong"),
    };

    internal static TimeSpan? Duration(ArgumentResult result) => Duration(Text(result)) ?? Wrong<TimeSpan?>(result, "is not a time such as 40s, 2m or 1h");

    /// <summary>A time such as 40s, 2m or 1h.</summary>
    internal static TimeSpan? Duration(string text) =>
        text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var many) && many is > 0 and < 100_000
            ? text[^1] switch { 's' => TimeSpan.FromSeconds(many), 'm' => TimeSpan.FromMinutes(many), 'h' => TimeSpan.FromHours(many), _ => null }
            : null;

    internal static TimeZoneInfo? Zone(ArgumentResult result) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(Text(result), out var zone) ? zone : Wrong<TimeZoneInfo?>(result, "is not a time zone known here");

    internal static int? Version(ArgumentResult result) => Count(result);

    private static string Text(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";

    private static T? Wrong<T>(ArgumentResult result, string how)
    {
        result.AddError($"{(result.Parent as OptionResult)?.IdentifierToken?.Value}: '{Text(result)}' {how}.");
        return default;
    }
}
