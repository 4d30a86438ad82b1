namespace Auth.Host.Keys;

/// <summary>A key to make.</summary>
public sealed record NewKey(KeyPurpose Purpose, int Generation, DateTimeOffset UsedFrom);

/// <summary>What is to happen to the keys of an instance.</summary>
public sealed record KeyChange(IReadOnlyList<NewKey> Make, IReadOnlyList<OpenKey> Drop)
{
    /// <summary>Whether there is nothing to do.</summary>
    public bool IsNothing => Make.Count == 0 && Drop.Count == 0;
}

/// <summary>When keys are made, follow each other and go: pure rules over what is there and what time it is.</summary>
public static class KeySchedule
{
    /// <summary>How long a signing key signs.</summary>
    public static readonly TimeSpan SigningLife = TimeSpan.FromDays(30);

    /// <summary>How long a signing key is published before it signs, so that everybody who caches the key set knows it by then.</summary>
    public static readonly TimeSpan Announced = TimeSpan.FromHours(24);

    /// <summary>How long a signing key is still published after its last signature: the longest token and five minutes of clock skew.</summary>
    public static readonly TimeSpan SigningKept = TimeSpan.FromMinutes(10);

    /// <summary>How long a code key outlives its successor's first use: far longer than any code.</summary>
    public static readonly TimeSpan CodeKept = TimeSpan.FromDays(1);

    /// <summary>Every purpose has a key before anything is asked for.</summary>
    public static KeyChange FirstUse(IReadOnlyList<OpenKey> keys, DateTimeOffset now) =>
        new([.. Enum.GetValues<KeyPurpose>().Where(p => keys.All(k => k.Purpose != p)).Select(p => new NewKey(p, 1, now))], []);

    /// <summary>The key after the newest one. Older ones stay readable by id.</summary>
    public static KeyChange Rotate(KeyPurpose purpose, IReadOnlyList<OpenKey> keys, DateTimeOffset now) => purpose switch
    {
        KeyPurpose.Index => throw new ArgumentException("The index key cannot be rotated: every lookup id hangs on it.", nameof(purpose)),
        KeyPurpose.Signing => new([Next(purpose, keys, now + Announced)], []),
        _ => new([Next(purpose, keys, now)], []),
    };

    /// <summary>Emergency: the keys of that purpose are gone at once, with every token or code made with them, and a new one is in use.</summary>
    public static KeyChange Revoke(KeyPurpose purpose, IReadOnlyList<OpenKey> keys, DateTimeOffset now) => purpose is KeyPurpose.Signing or KeyPurpose.Code
        ? new([Next(purpose, keys, now)], [.. keys.Where(k => k.Purpose == purpose)])
        : throw new ArgumentException($"Without its old keys, what was made with a key for {purpose} is lost for ever: rotate instead.", nameof(purpose));

    /// <summary>What the clock alone demands: the next signing key in time, and the end of those nobody needs any more.</summary>
    public static KeyChange Due(IReadOnlyList<OpenKey> keys, DateTimeOffset now)
    {
        var end = keys.Where(k => k.Purpose == KeyPurpose.Signing).MaxBy(k => k.Generation) is { } newest ? newest.UsedFrom + SigningLife : DateTimeOffset.MaxValue;
        var soonest = now + Announced;
        return new(
            soonest >= end ? [Next(KeyPurpose.Signing, keys, soonest)] : [],
            [.. keys.Where(k => Kept(k.Purpose) is { } kept && Follower(k, keys)?.UsedFrom + kept <= now)]);
    }

    private static TimeSpan? Kept(KeyPurpose purpose) => purpose switch
    {
        KeyPurpose.Signing => SigningKept,
        KeyPurpose.Code => CodeKept,
        _ => null,
    };

    private static OpenKey? Follower(OpenKey key, IReadOnlyList<OpenKey> keys) =>
        keys.Where(k => k.Purpose == key.Purpose && k.Generation > key.Generation).MinBy(k => k.Generation);

    private static NewKey Next(KeyPurpose purpose, IReadOnlyList<OpenKey> keys, DateTimeOffset usedFrom) =>
        new(purpose, keys.Where(k => k.Purpose == purpose).Select(k => k.Generation).DefaultIfEmpty().Max() + 1, usedFrom);
}
