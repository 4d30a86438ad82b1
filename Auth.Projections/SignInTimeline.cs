using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Auth.Domain.SignIns;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Auth.Projections;

/// <summary>What an auditor reads of one sign-in: every fact in order, under its stored name, as it was stored.</summary>
/// <param name="UpTo">The last event in it, by its number in the whole store.</param>
public sealed record SignInTimeline(Guid Id, Guid? User, ImmutableList<TimelineEntry> Entries, long UpTo)
{
    /// <summary>The same timeline with one fact more.</summary>
    public static SignInTimeline Fold(SignInTimeline? timeline, IEvent e) =>
        (timeline ?? new(e.StreamId, (e.Data as Identified)?.User, [], 0)) is var so && e.Sequence <= so.UpTo
            ? so
            : so with { User = so.User ?? (e.Data as FirstFactorVerified)?.User, Entries = so.Entries.Add(TimelineEntry.Of(e)), UpTo = e.Sequence };
}

/// <summary>One fact.</summary>
/// <param name="Version">Its place in the sign-in.</param>
/// <param name="Sequence">Its number in the whole store.</param>
/// <param name="Settings">The settings in force.</param>
/// <param name="Facts">Its body; personal values in it are sealed.</param>
public sealed record TimelineEntry(long Version, long Sequence, string Type, DateTimeOffset At, string? Settings, string? Trace, JsonElement Facts)
{
    private static readonly JsonSerializerOptions AsStored = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter() } };

    /// <summary>What the store says of an event.</summary>
    public static TimelineEntry Of(IEvent e) => new(
        e.Version, e.Sequence, e.EventTypeName, e.Timestamp,
        e.GetHeader(EventHeaders.Settings)?.ToString(), e.GetHeader(EventHeaders.Trace)?.ToString(),
        JsonSerializer.SerializeToElement(e.Data, e.EventType, AsStored));
}

/// <summary>Keeps one timeline per sign-in.</summary>
public sealed class SignInTimelineProjection : SingleStreamProjection<SignInTimeline, Guid>
{
    /// <summary>Only what a sign-in is made of.</summary>
    public SignInTimelineProjection()
    {
        Name = nameof(SignInTimeline);
        SignInFold.IncludeAll<SignInEvent>(this);
    }

    /// <inheritdoc />
    public override SignInTimeline? Evolve(SignInTimeline? snapshot, Guid id, IEvent e) => SignInTimeline.Fold(snapshot, e);
}
