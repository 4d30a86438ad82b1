using Auth.Domain.Audits;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Streams;
using Auth.Host.Audit.Telling;
using Auth.Host.Instances;
using Auth.Projections;
using JasperFx.Events;

namespace Auth.Host.Audit.Reports;

/// <summary>What happened in a month, counted in one pass over its events.</summary>
public sealed record MonthReport(DateOnly Month, SortedDictionary<string, long> Events, SortedDictionary<string, long> Wrong, SortedDictionary<string, long> Refused, SortedDictionary<string, long> Texts, List<ReportLine> Acts, long UpTo)
{
    /// <summary>Its days, all of them.</summary>
    public IReadOnlyList<MfaAdoption> Days => _days;

    private readonly MfaAdoption[] _days = [.. Enumerable.Range(1, DateTime.DaysInMonth(Month.Year, Month.Month)).Select(day => new MfaAdoption(new DateOnly(Month.Year, Month.Month, day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), 0))];

    /// <summary>How long texts took.</summary>
    public Deliveries Deliveries { get; } = new();

    /// <summary>Reads it; memory does not grow with the events.</summary>
    public static async Task<MonthReport> Of(AuditDesk desk, DateOnly month, CancellationToken ct)
    {
        var (search, from) = (desk.Search(), new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero));
        var report = new MonthReport(month, [], [], [], [], [], await search.Settled(ct));
        await foreach (var page in search.Pages(new() { Types = "*", Since = from, Until = from.AddMonths(1) }, 0, report.UpTo, ct))
            foreach (var e in page.Events) report.Count(e);
        report.Deliveries.End();
        return report;
    }

    /// <summary>All counts but the days', as rows.</summary>
    public IEnumerable<(string Part, string What, long Count)> Rows => new (string Part, IEnumerable<KeyValuePair<string, long>> Counts)[]
    {
        ("events", Events), ("wrong guesses by factor", Wrong), ("refused unseen by reason", Refused), ("texts asked for by country", Texts), ("texts by time to the phone", Deliveries.Counts),
    }.SelectMany(part => part.Counts.Select(row => (part.Part, row.Key, row.Value)));

    /// <summary>The days' counts, as rows.</summary>
    public IEnumerable<(string Part, string What, long Count)> DayRows => new (string Part, Func<MfaAdoption, long> Count)[]
    {
        ("sign-ins begun by day", day => day.Started), ("sign-ins converted by day", day => day.Converted), ("sign-ins ended otherwise by day", day => day.Failed),
    }.SelectMany(part => Days.Where(day => part.Count(day) > 0).Select(day => (part.Part, day.Id, part.Count(day))));

    private void Count(IEvent e)
    {
        Add(Events, e.EventTypeName);
        if (Failures.Missed(e) is { } missed) Add(Wrong, missed.Strategy.Traits().Name);
        if ((e.Data switch { FirstFactorRefused x => x.Reason, SecondFactorRefused x => x.Reason, _ => (RefusalReason?)null }) is { } reason) Add(Refused, AuditJson.Snake($"{reason}"));
        if ((e.Data switch { FirstFactorPrepared x => x.Country, SecondFactorPrepared x => x.Country, _ => null }) is { } country) Add(Texts, country);
        if (e.Data is SignInEvent) _days[e.Timestamp.UtcDateTime.Day - 1] = MfaAdoption.Fold(_days[e.Timestamp.UtcDateTime.Day - 1], MfaAdoption.DayOf(e.Timestamp), e);
        Deliveries.Count(e);
        if (Act(e.Data) is { } act && Acts.Count < MostActs) Acts.Add(new(e.Timestamp, e.Sequence, act.By, act.What, act.Reason));
    }

    /// <summary>The same from events that are at hand.</summary>
    internal static MonthReport Of(DateOnly month, IEnumerable<IEvent> events, long upTo)
    {
        var report = new MonthReport(month, [], [], [], [], [], upTo);
        foreach (var e in events) report.Count(e);
        report.Deliveries.End();
        return report;
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
