namespace Auth.Domain.SignIns;

/// <summary>Something asked of a sign-in: the request, and the fresh ids and verdicts that the host gives it.</summary>
public abstract record SignInCommand;

/// <summary>A request that offers a proof. The host compares only after <see cref="SignInDecider.MayGuess"/> said yes.</summary>
public abstract record Guess : SignInCommand
{
    /// <summary>What the host found.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>The session that begins should this proof be the last one needed.</summary>
    public Guid Session { get; init; }
}
