using Auth.Domain.Audits;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Streams;
using Auth.Host.Audit.Telling;
using Auth.Host.Instances;
using JasperFx.Events;

namespace Auth.Host.Audit;

/// <summary>What happened in a month, counted in one pass over its events.</summary>
public sealed record MonthReport(DateOnly Month, SortedDictionary<string, long> Events, SortedDictionary<string, long> Wrong, SortedDictionary<string, long> Refused, SortedDictionary<string, long> Texts, List<ReportLine> Acts, long UpTo)
{
    /// <summary>Reads it; memory does not grow with the events.</summary>
    public static async Task<MonthReport> Of(AuditDesk desk, DateOnly month, CancellationToken ct)
    {
        var (search, from) = (desk.Search(), new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero));
        var report = new MonthReport(month, [], [], [], [], [], await search.Settled(ct));
        await foreach (var page in search.Pages(new() { Types = "*", Since = from, Until = from.AddMonths(1) }, 0, report.UpTo, ct))
            foreach (var e in page.Events) report.Count(e);
        return report;
    }

    /// <summary>All counts, as rows.</summary>
    public IEnumerable<(string Part, string What, long Count)> Rows =>
        Events.Select(row => ("events", row.Key, row.Value)).Concat(Wrong.Select(row => ("wrong guesses by factor", row.Key, row.Value)))
            .Concat(Refused.Select(row => ("refused unseen by reason", row.Key, row.Value))).Concat(Texts.Select(row => ("texts asked for by country", row.Key, row.Value)));

    private void Count(IEvent e)
    {
        Add(Events, e.EventTypeName);
        if (Failures.Missed(e) is { } missed) Add(Wrong, missed.Strategy.Traits().Name);
        if ((e.Data switch { FirstFactorRefused x => x.Reason, SecondFactorRefused x => x.Reason, _ => (RefusalReason?)null }) is { } reason) Add(Refused, AuditJson.Snake($"{reason}"));
        if ((e.Data switch { FirstFactorPrepared x => x.Country, SecondFactorPrepared x => x.Country, _ => null }) is { } country) Add(Texts, country);
        if (Act(e.Data) is { } act && Acts.Count < MostActs) Acts.Add(new(e.Timestamp, e.Sequence, act.By, act.What, act.Reason));
    }

    private const int MostActs = 10_000;

    private static (string By, string What, string? Reason)? Act(object fact) => fact switch
    {
        SettingsApplied x  => (x.By, FormattableString.Invariant($"settings version {x.Version}"), x.Reason),
        ValuesRevealed x   => (x.By, $"revealed {AuditJson.Snake($"{x.What}").Replace('_', ' ')}", x.Reason),
        HistoryExported x  => (x.By, FormattableString.Invariant($"exported events {x.After + 1} to {x.UpTo} as {AuditJson.Snake($"{x.Form}")}"), x.Reason),
        HistoryVerified x  => (x.By, FormattableString.Invariant($"verified {x.Events} events up to {x.UpTo}: {x.Findings} found, {x.NotChecked} not checked"), null),
        _                  => null,
    };

    private static void Add(SortedDictionary<string, long> counts, string what) => counts[what] = counts.GetValueOrDefault(what) + 1;
}

/// <summary>Something that an operator or auditor did.</summary>
public sealed record ReportLine(DateTimeOffset At, long Sequence, string By, string What, string? Reason);
