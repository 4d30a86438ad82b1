namespace Auth.Projections;

/// <summary>A clock that tells no more than the database keeps, so that a row folded with its event and one folded later from the stored event say the same.</summary>
internal sealed class Microseconds(TimeProvider clock) : TimeProvider
{
    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <inheritdoc />
    public override long GetTimestamp() => clock.GetTimestamp();

    /// <inheritdoc />
    public override long TimestampFrequency => clock.TimestampFrequency;
}
