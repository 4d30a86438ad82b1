using System.Runtime.CompilerServices;
using Auth.Host.Instances;

namespace Auth.Host.Audit.Search;

/// <summary>Events as they happen, page after page until somebody stops it: what the live stream and <c>audit tail</c> read.</summary>
internal static class Following
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private const int QuietLooks = 30;

    /// <summary>An empty page now and then says that nothing happened.</summary>
    internal static async IAsyncEnumerable<Found> Of(AuditDesk desk, EventFilter filter, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        var (search, quiet) = (desk.Search(), 0);
        while (true)
        {
            await foreach (var page in search.Pages(filter, after, await search.Settled(ct), ct))
            {
                after = page.Cursor;
                if (page.Events.Count == 0) continue;
                quiet = 0;
                yield return page;
            }

            if (++quiet % QuietLooks == 0) yield return new([], after);
            await Task.Delay(Look, ct);
        }
    }
}
