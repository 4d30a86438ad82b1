using System.Text.Json.Nodes;
using Auth.Domain;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Streams;
using Auth.Projections;
using JasperFx.Events;

namespace Auth.Host.Audit.Telling;

/// <summary>One event as it may leave the house: what lists, exports and followers write.</summary>
/// <param name="Stream">The id of its stream as it is written outside.</param>
/// <param name="Outcome">How it came out; null where it is no such thing.</param>
/// <param name="By">The short id of the key it was done with, where its body names one.</param>
public sealed record EventView(
    long Sequence, string Id, string Type, DateTimeOffset At, string Stream, string StreamKind, long Version, string? Outcome, string? By, string? Address, string? Agent, string? Settings, string? Trace, JsonObject Facts)
{
    /// <summary>The version of these shapes: members may be added, and then it stays.</summary>
    public const int Schema = 1;

    /// <summary>Those events, opened as far as the reader may see them.</summary>
    internal static async Task<IReadOnlyList<EventView>> Of(IReadOnlyList<IEvent> events, AuditDesk desk, bool reveal, CancellationToken ct)
    {
        var bodies = events.Select(Telling.Facts.Body).ToList();
        await using var session = desk.Session();
        var (personal, _) = await desk.Open(session, bodies.SelectMany(Telling.Facts.SealedIn).Concat(events.SelectMany(Headers)), reveal, ct);
        return [.. events.Zip(bodies, (e, body) => Of(e, body, personal))];
    }

    /// <summary>In the members and the order of the published schema.</summary>
    internal JsonObject Json() => new()
    {
        ["sequence"] = Sequence,
        ["id"] = Id,
        ["type"] = Type,
        ["schema"] = Schema,
        ["at"] = AuditJson.Time(At),
        ["stream"] = Stream,
        ["stream_kind"] = StreamKind,
        ["version"] = Version,
        ["outcome"] = Outcome,
        ["by"] = By,
        ["address"] = Address,
        ["agent"] = Agent,
        ["settings"] = Settings,
        ["trace"] = Trace,
        ["facts"] = Facts.DeepClone(),
    };

    private static EventView Of(IEvent e, JsonNode body, Personal personal)
    {
        var (kind, facts) = (Streams.StreamKind.Of(e.EventTypeName), Telling.Facts.Of(body, personal)!.AsObject());
        return new(
            e.Sequence, $"{new Http.EventId(e.Id)}", e.EventTypeName, e.Timestamp, kind.Write(e.StreamId), kind.Name, e.Version,
            Outcomes.Of(e.EventTypeName) is { } outcome ? AuditJson.Snake($"{outcome}") : null,
            facts["by"] is JsonValue by && by.TryGetValue<string>(out var who) && EventFilter.IsActor(who) ? who : null,
            Shown(e, EventHeaders.Address, personal), Shown(e, EventHeaders.Agent, personal),
            e.GetHeader(EventHeaders.Settings)?.ToString(), e.GetHeader(EventHeaders.Trace)?.ToString(), facts);
    }

    private static string? Shown(IEvent e, string header, Personal personal) => EventHeaders.Read(e.GetHeader(header)) is { } value ? personal.Show(value) : null;

    private static IEnumerable<Sealed> Headers(IEvent e) => new[] { EventHeaders.Read(e.GetHeader(EventHeaders.Address)), EventHeaders.Read(e.GetHeader(EventHeaders.Agent)) }.OfType<Sealed>();
}
