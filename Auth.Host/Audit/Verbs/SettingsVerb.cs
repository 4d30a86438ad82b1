using Auth.Host.Audit.Telling;
using Auth.Host.Instances;
using Auth.Projections;
using JasperFx.Events;
using Spectre.Console;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit settings</c>: every version of the operator's settings, what changed with it, who did it and why.</summary>
internal static class SettingsVerb
{
    internal static async Task<int> Run(Terminal terminal, Func<CancellationToken, Task<AuditStore>> open, bool json, CancellationToken ct)
    {
        await using var store = await open(ct);
        await using var reader = await store.Reader(ct);
        var events = await reader.Settings(ct);
        var versions = SettingsReading.Versions(events).Zip(events.Where(e => e.Data is Domain.Instances.SettingsApplied)).ToList();

        if (json) foreach (var (version, e) in versions) await terminal.Data.WriteLineAsync(AuditJson.Line(AuditJson.Of(version, e)));
        else terminal.Draw(canvas => versions.ForEach(row => Draw(canvas, row.First, row.Second)));
        await terminal.Words.WriteLineAsync($"{versions.Count} version{(versions.Count == 1 ? "" : "s")} after the one that is shipped, up to event {await reader.UpTo(ct)}.");
        return 0;
    }

    private static void Draw(IAnsiConsole canvas, SettingsVersionResource version, IEvent e)
    {
        canvas.MarkupLine($"[bold]version {version.Version}[/]  {Look.Instant(e.Timestamp)}  by {version.By.EscapeMarkup()}  [grey]event {e.Sequence}[/]");
        if (version.RestoredFrom is { } earlier) canvas.MarkupLine($"  restored from version {earlier}");
        if (version.Reason is { } reason) canvas.MarkupLine($"  because: {reason.EscapeMarkup()}");
        foreach (var change in version.Diff) canvas.MarkupLine($"  {change.Field.EscapeMarkup()} [grey]{Value(change.Before)}[/] → {Value(change.After)}");
    }

    private static string Value(System.Text.Json.Nodes.JsonNode? value) => (value?.ToJsonString() ?? "null").EscapeMarkup();
}
