using Auth.Domain.Instances;
using Auth.Host.Http;
using JasperFx.Events;
using Marten;

namespace Auth.Host.Instances;

/// <summary>Reads the settings for pages and answers that are no step of a sign-in; a step loads <see cref="InstanceSettings"/> in its own batch.</summary>
public sealed class SettingsReading(IDocumentStore store)
{
    private const int MostAtOnce = 100;

    /// <summary>What is in force.</summary>
    public async Task<InstanceSettings> InForce(CancellationToken ct)
    {
        await using var session = store.QuerySession(Tenants.Default);
        return await InstanceSettings.Of(session, ct);
    }

    /// <summary>What is in force, what is written down, and all that was before.</summary>
    public async Task<Instance> Whole(CancellationToken ct)
    {
        await using var session = store.QuerySession(Tenants.Default);
        return await session.Events.AggregateStreamAsync<Instance>(Instance.TheOne, token: ct) ?? Instance.Initial;
    }

    /// <summary>The versions that were put in force, newest first.</summary>
    public async Task<IReadOnlyList<SettingsVersionResource>> Versions(int limit, int offset, CancellationToken ct)
    {
        Paging.Check(limit, offset, MostAtOnce);

        await using var session = store.QuerySession(Tenants.Default);
        var events = await session.Events.FetchStreamAsync(Instance.TheOne, token: ct);
        return [.. Versions(events).Reverse().Skip(offset).Take(limit)];
    }

    /// <summary>The versions in a stream, oldest first, each beside the one before.</summary>
    internal static IEnumerable<SettingsVersionResource> Versions(IEnumerable<IEvent> events)
    {
        var before = Settings.Shipped;
        foreach (var e in events)
        {
            if (e.Data is not SettingsApplied applied) continue;
            yield return new(
                "instance_settings_version", applied.Version, e.Timestamp.ToUnixTimeMilliseconds(), applied.By, applied.Reason, applied.RestoredFrom,
                Difference.Between(SettingsDrawing.Json(before), SettingsDrawing.Json(applied.Settings)));
            before = applied.Settings;
        }
    }
}
