using System.Collections.Immutable;

namespace Auth.Domain.Instances;

/// <summary>An instance as the decisions about its settings see it.</summary>
/// <param name="Number">The version of the settings in force; 0 as shipped. (The store would write the length of the stream into a member called Version.)</param>
/// <param name="Applied">Every version that was in force, by its number.</param>
/// <param name="Stagings">How often something was staged.</param>
public sealed record Instance(Guid Id, long Number, ImmutableSortedDictionary<long, Settings> Applied, StagedSettings? Staged, long Stagings)
{
    /// <summary>The one stream of settings there is in every tenant.</summary>
    public static readonly Guid TheOne = new("5e771265-0000-8000-8000-000000000001");

    /// <summary>Before anything happened.</summary>
    public static Instance Initial { get; } = new(TheOne, 0, ImmutableSortedDictionary<long, Settings>.Empty.Add(0, Settings.Shipped), null, 0);

    /// <summary>What holds now.</summary>
    public Settings InForce => Applied[Number];

    /// <summary>What the next change is made to.</summary>
    public Settings Draft => Staged?.Settings ?? InForce;

    /// <summary>The only fold; <paramref name="at"/> is the store's time of the event.</summary>
    public static Instance Evolve(Instance instance, InstanceEvent happened, DateTimeOffset at) => happened switch
    {
        SettingsStaged e  => instance with { Staged = new(e.Settings, e.By, at, instance.Stagings + 1), Stagings = instance.Stagings + 1 },
        SettingsDiscarded => instance with { Staged = null },
        SettingsApplied e => instance with { Staged = null, Number = e.Version, Applied = instance.Applied.Add(e.Version, e.Settings) },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is not a fact of an instance."),
    };
}

/// <summary>Settings that are written down and not in force.</summary>
/// <param name="Revision">Which staging this was: who applies can say which one they looked at.</param>
public sealed record StagedSettings(Settings Settings, string By, DateTimeOffset At, long Revision);
