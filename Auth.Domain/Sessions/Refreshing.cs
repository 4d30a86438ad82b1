namespace Auth.Domain.Sessions;

/// <summary>What becomes of a refresh value that was offered (R72).</summary>
public enum Refreshing
{
    /// <summary>It was not used before: it is used up, and another one takes its place.</summary>
    Rotates,

    /// <summary>The same client asked twice at once: it gets a token, and nothing takes the place of anything.</summary>
    Parallel,

    /// <summary>Two have it who should not: everything that came of it ends.</summary>
    Reused,
}

/// <summary>The rule for a refresh value that is used again.</summary>
public static class RefreshRule
{
    /// <summary>How long the honest client's own parallel refresh is believed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>What becomes of a value that was used up then, or never.</summary>
    public static Refreshing Of(DateTimeOffset? used, DateTimeOffset now) =>
        used is not { } then ? Refreshing.Rotates : now - then < Grace ? Refreshing.Parallel : Refreshing.Reused;
}
