using System.Globalization;
using Auth.Domain.Audits;
using Auth.Projections;
using Spectre.Console;

namespace Auth.Host.Audit.Telling;

/// <summary>Colours and marks: green for right, yellow for wrong, red for refused, grey for the rest.</summary>
internal static class Look
{
    internal static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Converted => "[green]converted[/]",
        Outcome.Open      => "[blue]open[/]",
        _                 => $"[grey]{outcome.ToString().ToLowerInvariant()}[/]",
    };

    internal static string Mark(object fact) => fact switch
    {
        string type => Search.Outcomes.Of(type) switch { EventOutcome.Success => "[green]✓[/]", EventOutcome.Failure => "[yellow]✗[/]", EventOutcome.Refused => "[red]■[/]", _ => "[grey]·[/]" },
        _ => Marks.Of(fact) switch { Telling.Mark.Right => "[green]✓[/]", Telling.Mark.Spared => "[yellow]✓[/]", Telling.Mark.Wrong => "[yellow]✗[/]", Telling.Mark.Refused => "[red]■[/]", Telling.Mark.Ended => "[red]·[/]", _ => "[grey]·[/]" },
    };

    /// <summary>The facts' own words begin with the name of the event.</summary>
    internal static string Fact(string words) => words.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0
        ? $"[bold]{words[..colon].EscapeMarkup()}[/]{words[colon..].EscapeMarkup()}"
        : $"[bold]{words.EscapeMarkup()}[/]";

    /// <summary>The zone of the reader's clock; UTC unless they said otherwise.</summary>
    internal static readonly AsyncLocal<TimeZoneInfo?> Zone = new();

    /// <summary>An instant as the reader's clock shows it.</summary>
    internal static DateTimeOffset In(DateTimeOffset at) => Zone.Value is { } zone ? TimeZoneInfo.ConvertTime(at, zone) : at.ToUniversalTime();

    internal static string Time(DateTimeOffset at) => In(at).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    internal static string Instant(DateTimeOffset at) => In(at).ToString(Zone.Value is null ? "yyyy-MM-dd HH:mm:ss'Z'" : "yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>How long after the event before.</summary>
    internal static string Gap(TimeSpan gap) => gap switch
    {
        { TotalMilliseconds: < 1 } => "",
        { TotalSeconds: < 1 }      => FormattableString.Invariant($"+{gap.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 2 }      => FormattableString.Invariant($"+{gap.TotalSeconds:0.0} s"),
        { TotalHours: < 2 }        => FormattableString.Invariant($"+{gap.TotalMinutes:0.0} min"),
        _                          => FormattableString.Invariant($"+{gap.TotalHours:0.0} h"),
    };

    /// <summary>A gap as a bar, longer by one for each time it is four times as long.</summary>
    internal static string Bar(TimeSpan gap) => new('━', Steps(gap));

    /// <summary>How long that bar is.</summary>
    internal static int Steps(TimeSpan gap) => gap.TotalMilliseconds < 1 ? 0 : Math.Clamp(1 + (int)Math.Log(Math.Max(gap.TotalMilliseconds / 16, 1), 4), 1, 9);
}
