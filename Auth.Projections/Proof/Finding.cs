namespace Auth.Projections.Proof;

/// <summary>What is wrong with a history.</summary>
public enum Flaw
{
    /// <summary>An event is not the one that was sealed.</summary>
    Changed,

    /// <summary>An event that was sealed is gone.</summary>
    Deleted,

    /// <summary>An event stands where none was sealed.</summary>
    Inserted,

    /// <summary>An event that was sealed stands at another place.</summary>
    Moved,

    /// <summary>The end is gone.</summary>
    Truncated,

    /// <summary>An event is marked so that nobody reads it.</summary>
    Hidden,

    /// <summary>A seal is not one of ours, or is gone.</summary>
    Seal,

    /// <summary>The history is not the one that was signed, from somewhere here on.</summary>
    Rewritten,

    /// <summary>A stream does not say what its events say.</summary>
    Stream,

    /// <summary>A read model is not what the events say.</summary>
    Reading,
}

/// <summary>One of those, and where.</summary>
/// <param name="Position">The number of the event; the first one where several are meant.</param>
public sealed record Finding(Flaw Flaw, long Position, string Tenant, string Sentence);

/// <summary>What came of a check.</summary>
/// <param name="Findings">First position first.</param>
/// <param name="NotChecked">What could not be looked at, and why.</param>
public sealed record Report(IReadOnlyList<Finding> Findings, IReadOnlyList<string> NotChecked, long Events, long Unsealed, long Seals, int Witnessed)
{
    /// <summary>Nothing is wrong, and all of it was looked at.</summary>
    public bool IsWhole => Findings.Count == 0 && NotChecked.Count == 0;
}
