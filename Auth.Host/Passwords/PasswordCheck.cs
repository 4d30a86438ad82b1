namespace Auth.Host.Passwords;

/// <summary>What came of comparing a password.</summary>
public enum PasswordVerdict
{
    /// <summary>It is the one.</summary>
    Right,

    /// <summary>It is not, or nobody has this identifier: the same work either way (R47).</summary>
    Wrong,

    /// <summary>Nothing was compared, too many are waiting: answer 503 with <see cref="PasswordHashing.RetryAfter"/>.</summary>
    Busy,
}

/// <summary>A verdict, and whether the stored hash is of older settings or an older pepper: if so, hash again and store (R46).</summary>
public sealed record PasswordCheck(PasswordVerdict Verdict, bool NeedsRehash = false);
