namespace Auth.Domain.Instances;

/// <summary>A fact of the operator's settings: one stream per instance. Names and bodies are for ever; when it happened is the store's.</summary>
public abstract record InstanceEvent;

/// <summary>Somebody wrote down other settings, whole; nothing is different yet.</summary>
/// <param name="By">Who: the short id of the secret key they used, never the key.</param>
public sealed record SettingsStaged(Settings Settings, string By) : InstanceEvent;

/// <summary>What was written down was thrown away.</summary>
public sealed record SettingsDiscarded(string By) : InstanceEvent;

/// <summary>From here on these settings are in force, and nothing is written down any more.</summary>
/// <param name="Version">Their number, which is beside every event that was decided under them.</param>
/// <param name="Reason">In the operator's words.</param>
/// <param name="RestoredFrom">The version they were taken from again; null when they had been staged.</param>
public sealed record SettingsApplied(long Version, Settings Settings, string By, string? Reason, long? RestoredFrom) : InstanceEvent;
