namespace Auth.Domain;

/// <summary>
/// A personal value that only the holder of its key can read: AES-256-GCM, nonce ‖ ciphertext ‖ tag in base64.
/// <paramref name="Key"/> is the person's own key, or the strangers' key of a day; once it is destroyed the value reads <c>[erased]</c> for ever.
/// </summary>
public sealed record Sealed(Guid Key, string Box)
{
    /// <summary>Where the value came from is nobody's business in a log.</summary>
    public override string ToString() => "Sealed(hidden)";
}
