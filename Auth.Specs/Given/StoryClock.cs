namespace Auth.Specs.Given;

/// <summary>Each spec has a time of its own: the real one, and what the spec moved it by. It flows with the spec's calls into the host, and nowhere else.</summary>
public sealed class StoryClock : TimeProvider
{
    private static readonly AsyncLocal<TimeSpan> Moved = new();

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Moved.Value;

    /// <summary>From here on, in this spec, it is later.</summary>
    public static void Advance(TimeSpan by) => Moved.Value += by;
}
