using System.Globalization;
using System.Xml.Linq;
using Auth.Projections;
using static Auth.Host.Audit.Pictures.Svg;

namespace Auth.Host.Audit.Pictures;

/// <summary>Counts as bars. Each plot has its table beside it, so a plot cuts what is long and leaves out what is little.</summary>
internal static class Plot
{
    private const double Width = 720, CountWidth = 70, RowHeight = 24, Height = 190, Left = 60;
    private const int LabelColumns = 26, MostBars = 15;

    private static readonly string[] Kinds = ["begun", "converted", "ended otherwise"];

    /// <summary>A bar a row, with its count at its end.</summary>
    internal static XElement Bars(string id, string title, IReadOnlyList<KeyValuePair<string, long>> counts)
    {
        var rows = counts.Count <= MostBars ? counts : [.. counts.Take(MostBars - 1), KeyValuePair.Create($"{counts.Count - MostBars + 1} more", counts.Skip(MostBars - 1).Sum(row => row.Value))];
        var (most, start) = (Math.Max(1, rows.Max(row => row.Value)), 18 + (7.4 * Math.Min(LabelColumns, rows.Max(row => Wrapping.Columns(Safe(row.Key))))));
        return Picture(id, 0, Width, (rows.Count * RowHeight) + 16, title, Told(rows), rows.SelectMany((row, i) => Bar(row.Key, row.Value, start, (Width - start - CountWidth) * row.Value / most, 8 + (i * RowHeight))));
    }

    /// <summary>What was begun, and what became of it, side by side for each day: hollow, full and striped.</summary>
    internal static XElement Days(string id, string title, IReadOnlyList<MfaAdoption> days)
    {
        var (most, step) = (Ceiling(days.Max(day => Math.Max(day.Started, Math.Max(day.Converted, day.Failed)))), (Width - Left - 8) / days.Count);
        var (top, bottom, bar) = (34.0, 34 + Height, (step - 4) / 3);
        var grid = Enumerable.Range(0, 5).Select(i => most * i / 4.0).Where(count => count == Math.Floor(count)).SelectMany(count => new[]
        {
            Stroke($"M{N(Left)} {N(bottom - (Height * count / most))}H{N(Width - 8)}", Ink.Rule, count == 0 ? 1.5 : 0.6), Text(Left - 8, bottom - (Height * count / most) + 4, Number((long)count), Ink.Faint, 11, "end"),
        });
        var bars = days.SelectMany((day, i) => new[] { (day.Started, 0), (day.Converted, 1), (day.Failed, 2) }.Where(x => x.Item1 > 0)
            .SelectMany(x => Column(Left + 2 + (i * step) + (x.Item2 * bar), bottom, bar - 0.8, Height * x.Item1 / most, x.Item2)));
        var names = days.Select((day, i) => Text(Left + (i * step) + (step / 2), bottom + 16, $"{i + 1}", Ink.Faint, 10, "middle"));
        var legend = Kinds.SelectMany((name, i) => (XElement[])[.. Column(Left + (i * 130), 22, 12, 14, i), Text(Left + 20 + (i * 130), 20, name, Ink.Plain)]);
        return Picture(id, 0, Width, bottom + 26, title, Told(days), [.. grid, .. bars, .. names, .. legend]);
    }

    private static XElement[] Bar(string name, long count, double start, double length, double y) =>
    [
        Text(start - 10, y + 15, Wrapping.Cut(Safe(name), LabelColumns), Ink.Plain, anchor: "end"), Box(start, y + 3, Math.Max(length, 1), RowHeight - 8, Ink.Asked),
        Text(start + Math.Max(length, 1) + 6, y + 15, Number(count), Ink.Plain),
    ];

    private static XElement[] Column(double x, double bottom, double width, double height, int kind) => kind switch
    {
        0 => [Box(x + 0.6, bottom - height, width - 1.2, height, Ink.Paper, Ink.Plain)],
        1 => [Box(x, bottom - height, width, height, Ink.Right)],
        _ => [Box(x + 0.6, bottom - height, width - 1.2, height, Ink.Paper, Ink.Refused), Stroke(string.Concat(Enumerable.Range(1, (int)(height / 4)).Select(i => $"M{N(x + 1)} {N(bottom - (i * 4))}h{N(width - 2)}")), Ink.Refused, 1.4)],
    };

    private static string Told(IEnumerable<KeyValuePair<string, long>> rows) => $"{string.Join(", ", rows.Select(row => $"{row.Key}: {Number(row.Value)}"))}.";

    private static string Told(IReadOnlyList<MfaAdoption> days) =>
        $"In all, {Number(days.Sum(day => day.Started))} were begun, {Number(days.Sum(day => day.Converted))} converted and {Number(days.Sum(day => day.Failed))} ended otherwise; most were begun on {days.MaxBy(day => day.Started)!.Id}. The table below has every day.";

    /// <summary>The next number from there on that divides well by four: 4, 8, 20, 40, 80, 200 …</summary>
    internal static long Ceiling(long most)
    {
        foreach (var power in Enumerable.Range(0, 18).Select(n => (long)Math.Pow(10, n)))
            foreach (var head in (long[])[4, 8, 20])
                if (head * power >= most) return head * power;
        return most;
    }

    /// <summary>A count as people read it.</summary>
    internal static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
