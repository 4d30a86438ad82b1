using System.Globalization;
using System.Security.Cryptography;
using Auth.Domain.SignIns;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Codes are uniform over 000000 to 999999, and none tells of another (R20). Fixed inputs: the same codes in each run, so a spec fails for a reason or never.</summary>
public class CodeDigitsSpecs
{
    private const int Many = 200_000, Places = 6;
    private static readonly string[] Codes = [.. Derived()];

    /// <summary>40 is beyond the 99.999th percentile of nine degrees of freedom.</summary>
    [Fact]
    public void every_digit_at_every_place_comes_up_equally_often()
    {
        for (var place = 0; place < Places; place++) ChiSquare(10, code => code[place] - '0').ShouldBeLessThan(40, $"place {place}");
    }

    /// <summary>167 is about the 99.999th percentile of 99 degrees of freedom.</summary>
    [Fact]
    public void every_two_digits_at_every_two_places_come_up_equally_often()
    {
        for (var left = 0; left < Places; left++)
        {
            for (var right = left + 1; right < Places; right++)
                ChiSquare(100, code => ((code[left] - '0') * 10) + code[right] - '0').ShouldBeLessThan(167, $"places {left} and {right}");
        }
    }

    /// <summary>Drawn 200 000 times from a million: 1e6 (1 - e^-0.2) = 181 269 different ones, with a standard deviation of 122.</summary>
    [Fact]
    public void codes_repeat_as_often_as_chance_has_it() => Codes.Distinct().Count().ShouldBeInRange(181_269 - 550, 181_269 + 550);

    /// <summary>Between codes that follow each other, 1 to 16 apart: of uniform draws the coefficient has a standard deviation of 1/√200 000 = 0.0022.</summary>
    [Fact]
    public void no_code_tells_of_the_next_ones()
    {
        var values = Codes.Select(code => double.Parse(code, CultureInfo.InvariantCulture) - 499_999.5).ToArray();
        var variance = values.Sum(value => value * value);

        for (var apart = 1; apart <= 16; apart++)
            Math.Abs(values.Skip(apart).Zip(values, (later, earlier) => later * earlier).Sum() / variance).ShouldBeLessThan(0.0101, $"{apart} apart");
    }

    [Fact]
    public void a_code_is_six_digits_also_where_it_begins_with_zeros()
    {
        Codes.ShouldAllBe(code => code.Length == Places && code.All(char.IsAsciiDigit));
        Codes.Count(code => code.StartsWith("00", StringComparison.Ordinal)).ShouldBeInRange(1_800, 2_200);
    }

    private static double ChiSquare(int kinds, Func<string, int> kind)
    {
        var (counts, expected) = (new int[kinds], Many / (double)kinds);
        foreach (var code in Codes) counts[kind(code)]++;
        return counts.Sum(count => Math.Pow(count - expected, 2) / expected);
    }

    private static IEnumerable<string> Derived()
    {
        var key = new Key(Guid.Parse("0198c000-0000-7000-8000-000000000001"), SHA256.HashData("codes"u8));
        var (signIn, number) = (Guid.Parse("0198c000-0000-7000-8000-000000000002"), new Authenticator(Strategy.PhoneCode, Guid.Parse("0198c000-0000-7000-8000-000000000003")));
        for (var n = 0; n < Many; n++)
            yield return OneTimeCodes.Derive(key, OneTimeCodes.SecondFactor, "default", signIn, number, new OneTimeCode(key.Id, n.ToString("x32", CultureInfo.InvariantCulture), 1, DateTimeOffset.UnixEpoch)).Digits;
    }
}
