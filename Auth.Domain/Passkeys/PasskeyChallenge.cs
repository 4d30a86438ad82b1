namespace Auth.Domain.Passkeys;

/// <summary>
/// What the challenge of one passkey ceremony is made from, never the challenge: it is derived under a key of the host from this nonce, the ceremony's
/// purpose and the attempt it belongs to, so it is good for nothing else (R40, WebAuthn Level 3 §13.4.3).
/// </summary>
/// <param name="Key">The key it is derived with.</param>
/// <param name="Nonce">256 fresh random bits, hexadecimal.</param>
/// <param name="ExpiresAt">From then on no answer to it is accepted.</param>
public sealed record PasskeyChallenge(Guid Key, string Nonce, DateTimeOffset ExpiresAt)
{
    /// <summary>How long a person has to touch the key.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>What the challenge is made from belongs in the store, not in a log.</summary>
    public override string ToString() => $"PasskeyChallenge(until {ExpiresAt:HH:mm:ss})";
}
