namespace Auth.Host.Passwords;

/// <summary>Argon2id's dials; one lane, for libsodium has no more.</summary>
public readonly record struct HashCost(long MemoryKiB, int Passes)
{
    /// <summary>The least OWASP's Password Storage page accepts.</summary>
    public static readonly HashCost Floor = new(19_456, 2);

    /// <summary>What we use where there is room.</summary>
    public static readonly HashCost Usual = new(65_536, 3);

    /// <summary>At or above the floor in both dials (R46).</summary>
    public bool IsEnough => MemoryKiB >= Floor.MemoryKiB && Passes >= Floor.Passes;

    /// <summary>The usual cost, if a quarter of the machine's memory is enough for all hashes that run at once.</summary>
    public static HashCost Fitting(long availableBytes, int parallel) => availableBytes / 4 >= parallel * Usual.MemoryKiB * 1024 ? Usual : Floor;

    /// <summary>As in a stored hash.</summary>
    public override string ToString() => $"m={MemoryKiB},t={Passes},p=1";
}
