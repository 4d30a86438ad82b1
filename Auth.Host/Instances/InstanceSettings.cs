using Auth.Domain.Instances;
using Marten;

namespace Auth.Host.Instances;

/// <summary>The settings in force, one row per instance, written in the transaction of the <see cref="SettingsApplied"/> that tells of them: what a step reads in its one batch.</summary>
/// <param name="Version">Its number; it goes beside every event that is decided under it.</param>
public sealed record InstanceSettings(Guid Id, long Version, Settings InForce)
{
    /// <summary>The id of the row in every tenant.</summary>
    public static readonly Guid TheOne = Instance.TheOne;

    /// <summary>Read by a step that is not a sign-in's: a round trip more.</summary>
    public static async Task<InstanceSettings> Of(IQuerySession session, CancellationToken ct) => await session.LoadAsync<InstanceSettings>(TheOne, ct) ?? Shipped;

    /// <summary>Where no row is yet.</summary>
    public static InstanceSettings Shipped { get; } = new(TheOne, 0, Settings.Shipped);
}
