using Auth.Domain.Audits;
using Auth.Projections;

namespace Auth.Host.Audit.Search;

/// <summary>How each kind of event came out, by its name.</summary>
public static class Outcomes
{
    private static readonly (string End, EventOutcome Outcome)[] Ends =
    [
        ("_verified", EventOutcome.Success), (".converted", EventOutcome.Success), (".accepted", EventOutcome.Success), ("_accepted", EventOutcome.Success),
        (".completed", EventOutcome.Success), (".stepped_up", EventOutcome.Success), ("_skipped", EventOutcome.Success), ("_delivered", EventOutcome.Success), (".used", EventOutcome.Success),
        (".password_reset", EventOutcome.Success),
        ("rejected", EventOutcome.Failure), ("_undeliverable", EventOutcome.Failure), ("_suspected", EventOutcome.Failure),
        ("refused", EventOutcome.Refused), ("limits.limited", EventOutcome.Refused), ("limited_elsewhere", EventOutcome.Refused), ("_taken", EventOutcome.Refused),
    ];

    private static readonly Dictionary<string, EventOutcome> ByType = EventNames.All.Values
        .Select(type => (Type: type, Found: Ends.FirstOrDefault(row => type.EndsWith(row.End, StringComparison.Ordinal))))
        .Where(row => row.Found.End is not null).ToDictionary(row => row.Type, row => row.Found.Outcome);

    /// <summary>Null for an event that is neither right nor wrong.</summary>
    public static EventOutcome? Of(string type) => ByType.TryGetValue(type, out var outcome) ? outcome : null;

    /// <summary>The events that came out like that.</summary>
    public static IEnumerable<string> Types(EventOutcome outcome) => ByType.Where(row => row.Value == outcome).Select(row => row.Key);
}
