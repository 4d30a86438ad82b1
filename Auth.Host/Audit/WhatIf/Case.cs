using Auth.Domain.SignIns;

namespace Auth.Host.Audit.WhatIf;

/// <summary>What other settings would have made of a sign-in.</summary>
public enum Effect
{
    /// <summary>It came out as it did.</summary>
    Same,

    /// <summary>It became a session, and would not have.</summary>
    Blocked,

    /// <summary>It became a session, and more would have been asked for: a second factor, or to enrol one.</summary>
    Challenged,

    /// <summary>It would have become a session, or a whole one, and did not.</summary>
    LetIn,

    /// <summary>It would have been looked at further, and nobody knows whether the proof was right.</summary>
    Undecided,

    /// <summary>The rules of this build do not tell of it what was recorded; it is left out of the comparison.</summary>
    NotReproduced,
}

/// <summary>One sign-in that would have come out otherwise.</summary>
/// <param name="Version">The event at which it parted from the record.</param>
/// <param name="Why">What was said there: the refusal, or what was asked for.</param>
public sealed record Case(Guid SignIn, Guid? User, DateTimeOffset At, Effect Effect, long? Version, string? Why);

/// <summary>One step of a sign-in, told then and told instead.</summary>
/// <param name="Instead">Null where nobody knows.</param>
public sealed record CaseStep(long Version, DateTimeOffset At, string Command, IReadOnlyList<SignInEvent> Told, IReadOnlyList<SignInEvent>? Instead, Refusal? Refusal);
