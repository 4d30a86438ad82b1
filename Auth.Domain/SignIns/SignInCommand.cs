namespace Auth.Domain.SignIns;

/// <summary>Something asked of a sign-in: the request, and the fresh ids and verdicts that the host gives it.</summary>
public abstract record SignInCommand;

/// <summary>A request that offers a proof. The host compares only after <see cref="SignInDecider.MayGuess"/> said yes.</summary>
public abstract record Guess : SignInCommand
{
    /// <summary>What the host found.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Of a passkey: what the host found beside right or wrong.</summary>
    public Signing? Signing { get; init; }

    /// <summary>The session that begins should this proof be the last one needed.</summary>
    public Guid Session { get; init; }
}

/// <summary>What the host found out about a passkey's answer.</summary>
/// <param name="Passkey">Which one it is; null where nobody knows it.</param>
/// <param name="UserVerified">It checked who touched it, and may be believed that it can.</param>
/// <param name="Flaw">The check that failed, by its name.</param>
public sealed record Signing(Guid? Passkey, bool UserVerified = false, string? Flaw = null)
{
    internal const string NotVerified = "UserNotVerified";

    internal Authenticator Authenticator => new(Strategy.Passkey, Passkey);
}
