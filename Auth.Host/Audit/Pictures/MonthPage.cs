using System.Globalization;
using System.Xml.Linq;
using Auth.Host.Audit.Reports;
using Auth.Host.Audit.Telling;

namespace Auth.Host.Audit.Pictures;

/// <summary>A month as a page: each count in a table, and the four that are looked at first as plots above theirs.</summary>
internal static class MonthPage
{
    internal static string Written(MonthReport report)
    {
        var month = report.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        return Page.Written($"Sign-ins of {month}",
        [
            Page.Text("p", $"Days and times are UTC. Up to event {report.UpTo}.", "note"),
            .. Days(report),
            .. Part("wrong", "Wrong guesses by factor", "factor", [.. report.Wrong.OrderByDescending(row => row.Value)]),
            .. Part("delivery", "Texts by time from the provider's hands to the phone", "time", [.. report.Deliveries.Counts]),
            .. Part("countries", "Texts asked for by country", "country", [.. report.Texts.OrderByDescending(row => row.Value)]),
            .. Part(null, "Refused unseen by reason", "reason", [.. report.Refused.OrderByDescending(row => row.Value)]),
            .. Part(null, "Events", "event", [.. report.Events]),
            .. Acts(report),
        ]);
    }

    private static IEnumerable<XElement> Days(MonthReport report)
    {
        const string Title = "Sign-ins by day";
        var days = report.Days.Where(day => day.Started + day.Converted + day.Failed > 0).ToList();
        yield return Page.Text("h2", Title);
        if (days.Count == 0)
        {
            yield return Nothing();
            yield break;
        }

        yield return Figure(Title, Plot.Days("days", Title, report.Days));
        yield return Page.Table(Title, [("day", "time"), ("begun", "number"), ("converted", "number"), ("ended otherwise", "number")],
            days.Select(day => new object[] { day.Id, Plot.Number(day.Started), Plot.Number(day.Converted), Plot.Number(day.Failed) }), headed: true);
    }

    private static IEnumerable<XElement> Part(string? id, string title, string what, IReadOnlyList<KeyValuePair<string, long>> counts)
    {
        yield return Page.Text("h2", title);
        if (counts.Count > 0 && id is not null) yield return Figure(title, Plot.Bars(id, title, counts));
        yield return counts.Count == 0 ? Nothing() : Page.Table(title, [(what, null), ("count", "number")], counts.Select(row => new object[] { row.Key, Plot.Number(row.Value) }), headed: true);
    }

    private static IEnumerable<XElement> Acts(MonthReport report)
    {
        const string Title = "Done by operators and auditors";
        yield return Page.Text("h2", Title);
        yield return report.Acts.Count == 0 ? Nothing() : Page.Wide(Title, Page.Table(Title, [("when", "time"), ("by", null), ("what", null), ("because", null)],
            report.Acts.Select(act => new object[] { Look.Instant(act.At), act.By, act.What, act.Reason ?? "" }), headed: true));
    }

    private static XElement Figure(string title, XElement plot)
    {
        plot.SetAttributeValue("class", "plot");
        return Page.Wide($"{title}, plotted", plot);
    }

    private static XElement Nothing() => Page.Text("p", "None.");
}
