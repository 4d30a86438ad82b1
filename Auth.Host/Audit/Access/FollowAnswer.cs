using System.Globalization;
using Auth.Domain.Audits;
using Auth.Host.Audit.Export;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using Auth.Host.Instances;

namespace Auth.Host.Audit.Access;

/// <summary>Events as they happen, as server-sent events. The number of the event is its id, so a client that lost its connection goes on where it was.</summary>
internal static class FollowAnswer
{
    internal static async Task Write(AuditQuery query, HttpContext http, AuditDesk desk, IHostApplicationLifetime host, CancellationToken ct)
    {
        var (filter, reason, auditor) = (query.Filter(), query.Revealing, AuditEndpoints.Auditor(http));
        var after = await Behind(query, http, desk, ct);
        await desk.Trails.Tell(auditor, new HistoryFollowed(auditor.Id, after, filter.Sought), Caller.Of(http), ct);
        if (reason is not null) await desk.Trails.Tell(auditor, new ValuesRevealed(auditor.Id, Material.Events, null, filter.Sought, reason), Caller.Of(http), ct);

        http.Response.ContentType = "text/event-stream";
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(ct, host.ApplicationStopping);
        try
        {
            await Say(http, ": following\n\n", stopped.Token);
            await foreach (var page in Following.Of(desk, filter, after, stopped.Token))
            {
                foreach (var e in await EventView.Of(page.Events, desk, reason is not null, stopped.Token))
                    await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {e.Sequence}\nevent: {e.Type}\ndata: {e.Json().ToJsonString(EventForm.Compact)}\n\n"), stopped.Token);
                // A line now and then tells both ends that the other one is there.
                await Say(http, page.Events.Count == 0 ? ": \n\n" : "", stopped.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever followed went away, or the host does.
        }
    }

    private static async Task<long> Behind(AuditQuery query, HttpContext http, AuditDesk desk, CancellationToken ct) =>
        AuditQuery.Checked("after", http.Request.Headers["Last-Event-ID"].ToString(), x => long.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null)
        ?? (query.After is null ? await desk.Search().Settled(ct) : query.Cursor);

    private static async Task Say(HttpContext http, string text, CancellationToken ct)
    {
        await http.Response.WriteAsync(text, ct);
        await http.Response.Body.FlushAsync(ct);
    }
}
