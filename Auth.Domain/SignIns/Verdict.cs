namespace Auth.Domain.SignIns;

/// <summary>What the host found when it compared a guess; the domain is told, it never compares.</summary>
public enum Verdict
{
    /// <summary>Nothing was compared: the guess was not allowed. A decision that needs a comparison throws.</summary>
    NotChecked,

    /// <summary>The guess is right.</summary>
    Right,

    /// <summary>The guess is wrong.</summary>
    Wrong,
}
