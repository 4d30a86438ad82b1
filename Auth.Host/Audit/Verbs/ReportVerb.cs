using System.Globalization;
using Auth.Host.Audit.Export;
using Auth.Host.Audit.Telling;
using Spectre.Console;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit report</c>.</summary>
internal static class ReportVerb
{
    internal static async Task<int> Run(Terminal terminal, AuditDesk desk, DateOnly month, bool csv, bool json, CancellationToken ct)
    {
        var report = await MonthReport.Of(desk, month, ct);
        if (json) await terminal.Data.WriteLineAsync(AuditJson.Document(new { Month = $"{month:yyyy-MM}", report.UpTo, Counts = report.Rows.Select(row => new { row.Part, row.What, row.Count }), report.Acts }));
        else if (csv) Csv(terminal.Data, report);
        else terminal.Draw(canvas => Draw(canvas, report));
        await terminal.Words.WriteLineAsync($"Up to event {report.UpTo}.");
        return 0;
    }

    private static void Csv(TextWriter data, MonthReport report)
    {
        data.Write("part,what,count\r\n");
        foreach (var (part, what, count) in report.Rows) data.Write(string.Create(CultureInfo.InvariantCulture, $"{CsvForm.Cell(part)},{CsvForm.Cell(what)},{count}\r\n"));
    }

    private static void Draw(IAnsiConsole canvas, MonthReport report)
    {
        canvas.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[bold]{report.Month:yyyy-MM}[/] (UTC)"));
        foreach (var part in report.Rows.GroupBy(row => row.Part))
        {
            canvas.WriteLine();
            canvas.MarkupLine($"[grey]{part.Key}[/]");
            var most = part.Max(row => row.Count);
            foreach (var (_, what, count) in part) canvas.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-44} {count,9:N0} [grey]{new string('━', (int)Math.Ceiling(30.0 * count / most))}[/]"));
        }

        if (report.Acts.Count == 0) return;
        canvas.WriteLine();
        canvas.MarkupLine("[grey]done by operators and auditors[/]");
        foreach (var act in report.Acts) canvas.MarkupLine($"  {Look.Instant(act.At)}  {act.By}  {act.What.EscapeMarkup()}{(act.Reason is { } reason ? $"  [grey]because: {reason.EscapeMarkup()}[/]" : "")}");
    }
}
