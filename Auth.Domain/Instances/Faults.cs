namespace Auth.Domain.Instances;

/// <summary>Why a value cannot be in force.</summary>
public enum FaultKind
{
    /// <summary>Beyond its ceiling, or below its floor.</summary>
    OutOfBounds,

    /// <summary>It does not go together with another one.</summary>
    Contradictory,

    /// <summary>It is possible, but only with a reason that the history keeps.</summary>
    ReasonNeeded,

    /// <summary>This strategy cannot be used there.</summary>
    NotOffered,
}

/// <summary>One value that cannot be in force.</summary>
/// <param name="Field">Its name on the wire.</param>
/// <param name="With">The one it contradicts.</param>
public sealed record Fault(string Field, FaultKind Kind, int? Least = null, int? Most = null, string? With = null);

/// <summary>Everything that is wrong with settings at once, so that an operator is told once.</summary>
public static class Faults
{
    /// <summary>What keeps settings from being written down; a reason is asked for when they are applied.</summary>
    public static Fault[] OfStaged(Settings settings) => [.. Bounds.All.SelectMany(bound => bound.Faults(settings)), .. Contradictions.Of(settings)];

    /// <summary>What keeps settings from being in force.</summary>
    public static Fault[] Of(Settings settings, string? reason) =>
        [.. OfStaged(settings), .. string.IsNullOrWhiteSpace(reason) ? Bounds.All.SelectMany(bound => bound.Reasonless(settings)) : []];
}
