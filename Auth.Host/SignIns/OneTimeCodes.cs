using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Auth.Domain.SignIns;
using Auth.Host.Factors;
using Auth.Host.Keys;

namespace Auth.Host.SignIns;

/// <summary>Derives a code from what its event holds and a key that no event holds: nothing secret is at rest, and every host derives the same (R20, R24).</summary>
public static class OneTimeCodes
{
    /// <summary>What a code is good for; it is refused for every other purpose (R23).</summary>
    public const string FirstFactor = "first_factor", SecondFactor = "second_factor", StepUp = "step_up", NewIdentifier = "new_identifier", SignUp = "sign_up";

    private const uint Codes = 1_000_000;

    /// <summary>128 fresh random bits.</summary>
    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The six digits; uniform over all of them but for a bias below 1e-13.</summary>
    public static OfferedCode Derive(Key key, string purpose, string tenant, Guid signIn, Authenticator authenticator, OneTimeCode code)
    {
        var mac = key.Mac("otp v1", purpose, tenant, signIn.ToString("N"), authenticator.Strategy.ToString(), authenticator.Id?.ToString("N") ?? "",
            code.Issue.ToString(CultureInfo.InvariantCulture), code.Nonce);
        return new((BinaryPrimitives.ReadUInt64BigEndian(mac) % Codes).ToString("D6", CultureInfo.InvariantCulture));
    }
}
