using Auth.Projections;
using JasperFx.Events;

namespace Auth.Host.Audit.Recorded;

/// <summary>Which events were told in one transaction: the same request, at the same moment.</summary>
internal static class Commits
{
    internal static bool IsOneCommitWith(this IEvent one, IEvent other) =>
        one.Timestamp == other.Timestamp && one.GetHeader(EventHeaders.Trace)?.ToString() is { } trace && trace == other.GetHeader(EventHeaders.Trace)?.ToString();
}
