using Auth.Domain;
using Auth.Host.Audit.Export;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Streams;
using Auth.Host.Audit.Telling;
using Auth.Host.Instances;
using JasperFx.Events;
using Spectre.Console;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit tail</c>: a line for each event, as it happens.</summary>
internal static class TailVerb
{
    private const int LongestLine = 10_000;

    internal static async Task<int> Run(Terminal terminal, AuditDesk desk, EventFilter filter, long? after, int? most, bool json, bool reveal, CancellationToken ct)
    {
        var told = 0;
        try
        {
            await foreach (var page in Following.Of(desk, filter, after ?? await desk.Search().Settled(ct), ct))
            {
                IReadOnlyList<IEvent> events = [.. page.Events.Take((most ?? int.MaxValue) - told)];
                if (json) foreach (var e in await EventView.Of(events, desk, reveal, ct)) await terminal.Data.WriteLineAsync(e.Json().ToJsonString(EventForm.Compact));
                else await Tell(terminal, desk, events, reveal, ct);
                if ((told += events.Count) >= most) return 0;
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how somebody stops to look.
        }

        return 0;
    }

    private static async Task Tell(Terminal terminal, AuditDesk desk, IReadOnlyList<IEvent> events, bool reveal, CancellationToken ct)
    {
        if (events.Count == 0) return;
        await using var session = desk.Session();
        IEnumerable<Sealed> closed = events.Select(Facts.Body).SelectMany(Facts.SealedIn);
        var (personal, _) = await desk.Open(session, closed, reveal, ct);
        (terminal with { Width = LongestLine }).Draw(canvas =>
        {
            foreach (var e in events)
                canvas.MarkupLine($"[grey]{Look.Instant(e.Timestamp)} {e.Sequence,8}[/] {Look.Mark(e.EventTypeName)} [grey]{StreamKind.Of(e.EventTypeName).Write(e.StreamId)}[/] {Phrases.Of(e, personal).EscapeMarkup()}");
        });
    }
}
