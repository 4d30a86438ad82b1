using Auth.Domain.SignIns;

namespace Auth.Domain.Audits;

/// <summary>A fact of one auditor: what they read and took along, told before they see it. One stream per auditor; nothing is ever decided from it.</summary>
/// <param name="By">The auditor's short id, never their key or name.</param>
public abstract record AuditEvent(string By);

/// <summary>They read, with everything of a person masked.</summary>
/// <param name="Of">The stream, where it was about one.</param>
/// <param name="Sought">What they looked for, where they searched.</param>
public sealed record HistoryRead(string By, Material What, Guid? Of, Sought? Sought) : AuditEvent(By);

/// <summary>They read, and saw who it was.</summary>
/// <param name="Of">The stream, where it was about one.</param>
/// <param name="Reason">In their words, for ever: it names nobody.</param>
public sealed record ValuesRevealed(string By, Material What, Guid? Of, Sought? Sought, string Reason) : AuditEvent(By);

/// <summary>They began to follow what happens from then on.</summary>
public sealed record HistoryFollowed(string By, long After, Sought? Sought) : AuditEvent(By);

/// <summary>They began to take events along.</summary>
/// <param name="After">The event behind which it begins.</param>
/// <param name="UpTo">The last event that it can hold.</param>
/// <param name="Reason">Why they take along who it was; null where that was masked.</param>
public sealed record HistoryExported(string By, ExportForm Form, long After, long UpTo, Sought? Sought, string? Reason) : AuditEvent(By);

/// <summary>They have them: how many, from where to where, and the SHA-256 of the file, by which it is known again.</summary>
public sealed record ExportFinished(string By, long Events, long? First, long? Last, string Sha256) : AuditEvent(By);

/// <summary>They had the history verified, and this came of it. So does the host each night, on a trail of its own.</summary>
/// <param name="Of">The stream, where it was about one.</param>
/// <param name="Events">How many were checked.</param>
/// <param name="UpTo">The last event there was.</param>
/// <param name="Findings">How much is wrong.</param>
/// <param name="First">The first place that is wrong.</param>
/// <param name="NotChecked">How much could not be looked at.</param>
public sealed record HistoryVerified(string By, Guid? Of, long Events, long UpTo, int Findings, long? First, int NotChecked) : AuditEvent(By);

/// <summary>What they looked for. Of an address or an identifier only that they asked for one.</summary>
public sealed record Sought
{
    /// <summary>Names of events, with stars.</summary>
    public string? Types { get; init; }

    /// <summary>One stream.</summary>
    public Guid? Stream { get; init; }

    /// <summary>One person.</summary>
    public Guid? User { get; init; }

    /// <summary>Whoever did it: a key's or an auditor's short id.</summary>
    public string? Actor { get; init; }

    /// <summary>One client.</summary>
    public Guid? Client { get; init; }

    /// <summary>One trace.</summary>
    public string? Trace { get; init; }

    /// <summary>One way to prove something.</summary>
    public Strategy? Factor { get; init; }

    /// <summary>How it came out.</summary>
    public EventOutcome? Outcome { get; init; }

    /// <summary>From then on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before then.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>One network address.</summary>
    public bool ByAddress { get; init; }

    /// <summary>One email address or phone number.</summary>
    public bool ByIdentifier { get; init; }
}

/// <summary>What was read.</summary>
public enum Material
{
    /// <summary>A list of events.</summary>
    Events,

    /// <summary>A list of sign-ins.</summary>
    SignIns,

    /// <summary>One sign-in.</summary>
    SignIn,

    /// <summary>A stream, folded again.</summary>
    Replay,

    /// <summary>The counts of a month.</summary>
    Report,

    /// <summary>What other settings would have done to the sign-ins of a time.</summary>
    WhatIf,
}

/// <summary>What a file of events looks like.</summary>
public enum ExportForm { Ndjson, Csv, Ocsf, CloudEvents }

/// <summary>How an event came out, where it is one that comes out some way.</summary>
public enum EventOutcome
{
    /// <summary>Something was right or became done.</summary>
    Success,

    /// <summary>Something was wrong, or did not arrive.</summary>
    Failure,

    /// <summary>It was turned away without a look at it.</summary>
    Refused,
}

/// <summary>The stream of an auditor.</summary>
public sealed record AuditTrail(Guid Id);
