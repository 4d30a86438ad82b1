using System.Security.Cryptography;
using Auth.Domain.SignIns;
using Auth.Host.Keys;
using OtpNet;

namespace Auth.Host.Factors;

/// <summary>An authenticator app's seed, sealed under the person's key, and the last step it was right in (RFC 6238; R31, R33, R34).</summary>
/// <param name="Box">The seed: AES-256-GCM under the person's key, bound to person and app, base64.</param>
/// <param name="PendingIn">The session that shows it and has to prove it; null once it counts.</param>
/// <param name="LastStep">The 30 s step of the last right code: only later ones are taken, by sign-ins, step-ups and enrolment together.</param>
public sealed record AuthenticatorApp(Guid Id, Guid UserId, string Box, DateTimeOffset MadeAt, Guid? PendingIn, long LastStep)
{
    /// <summary>How long a seed that was shown may wait for its first code (R34).</summary>
    public static readonly TimeSpan PendingLife = TimeSpan.FromMinutes(15);

    private const int SeedLength = 20, ShortestSeed = 16, LongestSeed = 64;

    /// <summary>Revision of the row; a code is good once, whoever is second reads again.</summary>
    public long Version { get; set; }

    /// <summary>A new seed of 160 random bits (RFC 4226 §4 R6), to be proved in that session.</summary>
    public static AuthenticatorApp Make(Guid id, Guid user, Key key, Guid session, DateTimeOffset now) => Holding(RandomNumberGenerator.GetBytes(SeedLength), id, user, key, session, now);

    /// <summary>A seed that came from elsewhere; it counts at once where no session has to prove it.</summary>
    public static AuthenticatorApp Holding(byte[] seed, Guid id, Guid user, Key key, Guid? session, DateTimeOffset now) =>
        new(id, user, Convert.ToBase64String(key.Encrypt(seed, Place(user, id))), now, session, 0);

    /// <summary>The seed that base32 spells (RFC 4648 §6), in either case, with spaces, hyphens and padding or without; null for what is none, and for less than 128 bits (RFC 4226 §4 R6).</summary>
    public static byte[]? Seed(string base32)
    {
        var letters = string.Concat(base32.Where(c => c is not (' ' or '-'))).TrimEnd('=').ToUpperInvariant();
        return letters.Length % 8 is 1 or 3 or 6 || !letters.All(c => c is (>= 'A' and <= 'Z') or (>= '2' and <= '7')) ? null
            : Base32Encoding.ToBytes(letters) is { Length: >= ShortestSeed and <= LongestSeed } seed ? seed : null;
    }

    /// <summary>Compares a code with this step and the one before, by our own time (R30); which step it was right in, or null.</summary>
    public long? Step(OfferedCode code, Key key, DateTimeOffset now) =>
        Seed(key) is { } seed && new Totp(seed).VerifyTotp(now.UtcDateTime, code.Digits, out var step, new VerificationWindow(previous: 1)) && step > LastStep ? step : null;

    /// <summary>The seed as apps read it: base32 without padding. Shown once, while it is pending (R33).</summary>
    public string Secret(Key key) => Base32Encoding.ToString(Seed(key) ?? throw new InvalidOperationException("The seed of an authenticator app cannot be read.")).TrimEnd('=');

    private byte[]? Seed(Key key) => key.Decrypt(Convert.FromBase64String(Box), Place(UserId, Id));

    private static byte[] Place(Guid user, Guid app) => [.. user.ToByteArray(), .. app.ToByteArray()];

    /// <summary>Not even the box.</summary>
    public override string ToString() => $"AuthenticatorApp({Id})";
}
