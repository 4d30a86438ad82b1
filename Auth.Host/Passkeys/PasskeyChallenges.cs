using System.Security.Cryptography;
using Auth.Domain.Passkeys;
using Auth.Host.Keys;

namespace Auth.Host.Passkeys;

/// <summary>What a ceremony is for; its challenge answers no other one (R40).</summary>
public enum PasskeyPurpose { Enrolment, FirstFactor, SecondFactor, StepUp }

/// <summary>Derives a challenge from what its event holds and a key that no event holds: nothing is kept beside the stream, and every host derives the same.</summary>
public static class PasskeyChallenges
{
    /// <summary>A new one, good for five minutes.</summary>
    public static PasskeyChallenge New(Key key, DateTimeOffset now) =>
        new(key.Id, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), now + PasskeyChallenge.Life);

    /// <summary>Its 32 bytes, or null once it has expired: without them nothing can be verified.</summary>
    /// <param name="key">The instance's code key of the id that the challenge names.</param>
    /// <param name="attempt">The sign-in, or the session that enrols or steps up.</param>
    public static byte[]? Derive(Key key, PasskeyPurpose purpose, string tenant, Guid attempt, PasskeyChallenge challenge, DateTimeOffset now) =>
        key.Id != challenge.Key ? throw new ArgumentException("The challenge was made with another key.", nameof(key))
        : now >= challenge.ExpiresAt ? null
        : key.Mac("passkey v1", purpose.ToString(), tenant, attempt.ToString("N"), challenge.Nonce);
}
