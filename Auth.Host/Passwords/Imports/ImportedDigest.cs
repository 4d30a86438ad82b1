namespace Auth.Host.Passwords.Imports;

/// <summary>What is wrong with a digest that somebody wants to bring along.</summary>
public enum DigestProblem
{
    /// <summary>Nobody here knows this hasher.</summary>
    UnknownHasher,

    /// <summary>It is not in the form that its hasher writes.</summary>
    Malformed,

    /// <summary>Its dials are higher than we are willing to compute at each sign-in.</summary>
    TooCostly,
}

/// <summary>A password's hash from another system, taken apart. It is never stored as it came: see <see cref="PasswordHashing.Wrap"/>.</summary>
public sealed record ImportedDigest(ImportedFunction Function, byte[] Salt, byte[] Hash)
{
    /// <summary>Takes a digest apart, or says what is wrong with it.</summary>
    public static DigestProblem? Read(string hasher, string digest, out ImportedDigest? read)
    {
        read = null;
        if (!DigestForms.ByHasher.TryGetValue(hasher, out var form)) return DigestProblem.UnknownHasher;
        if (form(digest) is not { } found) return DigestProblem.Malformed;
        if (!found.Function.IsBearable) return DigestProblem.TooCostly;
        read = found;
        return null;
    }

    /// <summary>Nothing of it is for a log.</summary>
    public override string ToString() => "ImportedDigest(hidden)";
}
