namespace Auth.Host.Keys;

/// <summary>What a key of an instance is for. A key is never used for two purposes.</summary>
public enum KeyPurpose
{
    /// <summary>Finds identifiers without reading them. Never rotated: every lookup id hangs on it.</summary>
    Index,

    /// <summary>Derives one-time codes.</summary>
    Code,

    /// <summary>Applied to password hashes.</summary>
    Pepper,

    /// <summary>Seals the fake provider's texts.</summary>
    Inbox,

    /// <summary>Counts addresses without keeping them.</summary>
    Addresses,

    /// <summary>Signs session tokens: a P-256 private key, the only one that is not 256 random bits.</summary>
    Signing,

    /// <summary>Signs how the history stands: an Ed25519 private key. Never revoked: what was signed is checked for ever.</summary>
    Checkpoints,
}

/// <summary>A key of an instance as it is stored: wrapped by the root key for this tenant, id and purpose only.</summary>
/// <param name="Generation">Counts up with each rotation; unique per tenant and purpose, so that no key is made twice.</param>
/// <param name="UsedFrom">From then on it is the one in use. Its predecessor is retired at that moment and stays readable by id.</param>
public sealed record InstanceKey(Guid Id, KeyPurpose Purpose, int Generation, string Wrapped, DateTimeOffset MadeAt, DateTimeOffset UsedFrom)
{
    /// <summary>Whose key it is; the store's own tenant column.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>The place a key is wrapped for.</summary>
    internal static string Place(string tenant, Guid id, KeyPurpose purpose) => $"{tenant}|{id}|{purpose}";

    /// <summary>Shows no wrapped key: a log is no place for it either.</summary>
    public override string ToString() => $"InstanceKey({Purpose} {Generation})";
}
