namespace Auth.Domain.SignIns;

/// <summary>
/// What a code is made from, never the code: it is derived under a key of the host from this nonce, the sign-in, the authenticator and the issue number
/// (R20, R24, NIST SP 800-63B §3.1.3.2).
/// </summary>
/// <param name="Key">The key it is derived with.</param>
/// <param name="Nonce">128 fresh random bits, hexadecimal.</param>
/// <param name="Issue">The first code of an authenticator in a sign-in is 1; the next one voids it (R17).</param>
/// <param name="ExpiresAt">From then on it is refused (R14).</param>
public sealed record OneTimeCode(Guid Key, string Nonce, int Issue, DateTimeOffset ExpiresAt)
{
    /// <summary>What the code is made from belongs in the store, not in a log.</summary>
    public override string ToString() => $"OneTimeCode(issue {Issue}, until {ExpiresAt:HH:mm:ss})";
}
