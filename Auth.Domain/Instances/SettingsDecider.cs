namespace Auth.Domain.Instances;

/// <summary>Something asked of an instance's settings.</summary>
/// <param name="By">Who asks: the short id of their key.</param>
public abstract record SettingsCommand(string By);

/// <summary>Write these down; nothing is different yet.</summary>
public sealed record StageChange(Settings Settings, string By) : SettingsCommand(By);

/// <summary>Throw away what is written down.</summary>
public sealed record DiscardStaged(string By) : SettingsCommand(By);

/// <summary>Put in force what is written down.</summary>
/// <param name="Version">The version in force that they looked at.</param>
/// <param name="Revision">The staging that they looked at; null takes whatever is written down.</param>
public sealed record Apply(long Version, long? Revision, string? Reason, string By) : SettingsCommand(By);

/// <summary>Put an earlier version in force again; what is written down is thrown away.</summary>
/// <param name="Version">The version in force that they looked at.</param>
public sealed record Restore(long Earlier, long Version, string? Reason, string By) : SettingsCommand(By);

/// <summary>Every way to be told no about settings.</summary>
public enum SettingsRefusal
{
    /// <summary>Somebody applied or staged others meanwhile.</summary>
    VersionMismatch,

    /// <summary>Nothing is written down.</summary>
    NothingStaged,

    /// <summary>There was never such a version.</summary>
    UnknownVersion,

    /// <summary>They cannot be in force as they are; the faults say why.</summary>
    Faulty,
}

/// <summary>Facts to record, and the reason if the answer is no.</summary>
public sealed record SettingsDecision(IReadOnlyList<InstanceEvent> Events, SettingsRefusal? Refusal, IReadOnlyList<Fault> Faults)
{
    /// <summary>Yes, and this is what happened.</summary>
    public static SettingsDecision Accept(params InstanceEvent[] events) => new(events, null, []);

    /// <summary>No; nothing is left of it.</summary>
    public static SettingsDecision Refuse(SettingsRefusal refusal, params Fault[] faults) => new([], refusal, faults);
}

/// <summary>The table for settings. Rows are tried top down; whatever is put in force has been looked at in that very decision.</summary>
public static class SettingsDecider
{
    /// <summary>What happens when this is asked of that instance.</summary>
    public static SettingsDecision Decide(SettingsCommand command, Instance instance) => (command, instance) switch
    {
        (StageChange c,   _) when Faults.OfStaged(c.Settings) is { Length: > 0 } faults    => SettingsDecision.Refuse(SettingsRefusal.Faulty, faults),
        (StageChange c,   _) when c.Settings == instance.Draft                             => SettingsDecision.Accept(),
        (StageChange c,   _) when c.Settings == instance.InForce                           => SettingsDecision.Accept(new SettingsDiscarded(c.By)),
        (StageChange c,   _)                                                               => SettingsDecision.Accept(new SettingsStaged(c.Settings, c.By)),

        (DiscardStaged,   { Staged: null })                                                => SettingsDecision.Accept(),
        (DiscardStaged c, _)                                                               => SettingsDecision.Accept(new SettingsDiscarded(c.By)),

        (Apply c,         _) when c.Version != instance.Number                             => SettingsDecision.Refuse(SettingsRefusal.VersionMismatch),
        (Apply,           { Staged: null })                                                => SettingsDecision.Refuse(SettingsRefusal.NothingStaged),
        (Apply c,         { Staged: { } s }) when c.Revision is { } r && r != s.Revision   => SettingsDecision.Refuse(SettingsRefusal.VersionMismatch),
        (Apply c,         { Staged: { } s })                                               => PutInForce(s.Settings, c.Reason, null, c.By, instance),

        (Restore c,       _) when c.Version != instance.Number                             => SettingsDecision.Refuse(SettingsRefusal.VersionMismatch),
        (Restore c,       _) when !instance.Applied.ContainsKey(c.Earlier)                 => SettingsDecision.Refuse(SettingsRefusal.UnknownVersion),
        (Restore c,       _) when instance.Applied[c.Earlier] == instance.InForce          => SettingsDecision.Accept(),
        (Restore c,       _)                                                               => PutInForce(instance.Applied[c.Earlier], c.Reason, c.Earlier, c.By, instance),
        _ => throw new InvalidOperationException($"{command.GetType().Name} has no row."),
    };

    private static SettingsDecision PutInForce(Settings settings, string? reason, long? from, string by, Instance instance) =>
        Faults.Of(settings, reason) is { Length: > 0 } faults
            ? SettingsDecision.Refuse(SettingsRefusal.Faulty, faults)
            : SettingsDecision.Accept(new SettingsApplied(instance.Number + 1, settings, by, reason, from));
}
