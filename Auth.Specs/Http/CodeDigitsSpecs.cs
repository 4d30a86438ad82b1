using System.Globalization;
using System.Security.Cryptography;
using Auth.Domain.SignIns;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Codes are uniform over 000000 to 999999 (R20).</summary>
public class CodeDigitsSpecs
{
    private const int Many = 200_000;

    /// <summary>Fixed inputs: the same codes in each run, so it fails for a reason or never. 40 is beyond the 99.999th percentile of nine degrees of freedom.</summary>
    [Fact]
    public void every_digit_at_every_place_comes_up_equally_often()
    {
        var key = new Key(Guid.Parse("0198c000-0000-7000-8000-000000000001"), SHA256.HashData("codes"u8));
        var (signIn, number) = (Guid.Parse("0198c000-0000-7000-8000-000000000002"), new Authenticator(Strategy.PhoneCode, Guid.Parse("0198c000-0000-7000-8000-000000000003")));
        var counts = new int[6, 10];
        var seen = new HashSet<string>();
        for (var n = 0; n < Many; n++)
        {
            var code = OneTimeCodes.Derive(key, OneTimeCodes.SecondFactor, "default", signIn, number, new OneTimeCode(key.Id, n.ToString("x32", CultureInfo.InvariantCulture), 1, DateTimeOffset.UnixEpoch)).Digits;
            code.Length.ShouldBe(6);
            seen.Add(code);
            for (var place = 0; place < 6; place++) counts[place, code[place] - '0']++;
        }

        for (var place = 0; place < 6; place++)
            Enumerable.Range(0, 10).Sum(digit => Math.Pow(counts[place, digit] - Many / 10.0, 2) / (Many / 10.0)).ShouldBeLessThan(40);

        // Drawn 200 000 times from a million: 1e6 (1 - e^-0.2) different ones, give or take some hundreds.
        seen.Count.ShouldBeInRange(180_700, 181_850);
    }
}
