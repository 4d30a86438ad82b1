using System.Globalization;
using Auth.Host.Audit.Export;
using Auth.Host.Audit.Pictures;
using Auth.Host.Audit.Reports;
using Auth.Host.Audit.Telling;
using Auth.Projections;
using Spectre.Console;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit report</c>.</summary>
internal static class ReportVerb
{
    internal static async Task<int> Run(Terminal terminal, AuditDesk desk, DateOnly month, bool csv, bool json, string? html, CancellationToken ct)
    {
        var report = await MonthReport.Of(desk, month, ct);
        var code = 0;
        if (html is not null) code = await IntoFile.Write(terminal, html, MonthPage.Written(report), ct);
        else if (json) await terminal.Data.WriteLineAsync(AuditJson.Document(new { Month = $"{month:yyyy-MM}", report.UpTo, Counts = report.Rows.Concat(report.DayRows).Select(row => new { row.Part, row.What, row.Count }), report.Acts }));
        else if (csv) Csv(terminal.Data, report);
        else terminal.Draw(canvas => Draw(canvas, report));
        if (code == 0) await terminal.Words.WriteLineAsync($"Up to event {report.UpTo}.");
        return code;
    }

    private static void Csv(TextWriter data, MonthReport report)
    {
        data.Write("part,what,count\r\n");
        foreach (var (part, what, count) in report.Rows.Concat(report.DayRows)) data.Write(string.Create(CultureInfo.InvariantCulture, $"{CsvForm.Cell(part)},{CsvForm.Cell(what)},{count}\r\n"));
    }

    private static void Draw(IAnsiConsole canvas, MonthReport report)
    {
        canvas.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[bold]{report.Month:yyyy-MM}[/] (UTC)"));
        foreach (var part in report.Rows.GroupBy(row => row.Part))
        {
            canvas.WriteLine();
            canvas.MarkupLine($"[grey]{part.Key}[/]");
            var most = part.Max(row => row.Count);
            foreach (var (_, what, count) in part) canvas.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"  {what.EscapeMarkup(),-44} {count,9:N0} [grey]{new string('━', (int)Math.Ceiling(30.0 * count / most))}[/]"));
        }

        Days(canvas, [.. report.Days.Where(day => day.Started + day.Converted + day.Failed > 0)]);
        if (report.Acts.Count == 0) return;
        canvas.WriteLine();
        canvas.MarkupLine("[grey]done by operators and auditors[/]");
        foreach (var act in report.Acts) canvas.MarkupLine($"  {Look.Instant(act.At)}  {act.By}  {act.What.EscapeMarkup()}{(act.Reason is { } reason ? $"  [grey]because: {reason.EscapeMarkup()}[/]" : "")}");
    }

    private static void Days(IAnsiConsole canvas, IReadOnlyList<MfaAdoption> days)
    {
        if (days.Count == 0) return;
        canvas.WriteLine();
        canvas.MarkupLine("[grey]sign-ins by day     begun  converted  ended otherwise[/]");
        foreach (var day in days) canvas.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"  {day.Id,-14} {day.Started,8:N0} {day.Converted,10:N0} {day.Failed,16:N0}"));
    }
}
