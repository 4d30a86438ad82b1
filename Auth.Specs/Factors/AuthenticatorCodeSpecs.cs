using System.Security.Cryptography;
using System.Text;
using Auth.Host.Factors;
using Auth.Host.Keys;
using OtpNet;

namespace Auth.Specs.Factors;

/// <summary>The codes of an authenticator app are those of RFC 4226 appendix D and RFC 6238 appendix B: of the library, and of what we make of it (R29).</summary>
public class AuthenticatorCodeSpecs
{
    private static readonly Key Key = new(Guid.Parse("0198c000-0000-7000-8000-000000000002"), SHA256.HashData("a person's"u8));

    [Fact]
    public void are_those_of_RFC_4226_R29() =>
        Enumerable.Range(0, 10).Select(counter => new Hotp(Seed(20)).ComputeHOTP(counter))
            .ShouldBe(["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]);

    [Theory]
    [InlineData(59, "94287082", "46119246", "90693936")]
    [InlineData(1111111109, "07081804", "68084774", "25091201")]
    [InlineData(1111111111, "14050471", "67062674", "99943326")]
    [InlineData(1234567890, "89005924", "91819424", "93441116")]
    [InlineData(2000000000, "69279037", "90698825", "38618901")]
    [InlineData(20000000000, "65353130", "77737706", "47863826")]
    public void are_those_of_RFC_6238_R29(long seconds, string sha1, string sha256, string sha512)
    {
        string Code(int bytes, OtpHashMode hash) => new Totp(Seed(bytes), mode: hash, totpSize: 8).ComputeTotp(At(seconds).UtcDateTime);
        (Code(20, OtpHashMode.Sha1), Code(32, OtpHashMode.Sha256), Code(64, OtpHashMode.Sha512)).ShouldBe((sha1, sha256, sha512));
    }

    [Theory]
    [InlineData(59, 0x1, "287082")]
    [InlineData(1111111109, 0x23523EC, "081804")]
    [InlineData(1111111111, 0x23523ED, "050471")]
    [InlineData(1234567890, 0x273EF07, "005924")]
    [InlineData(2000000000, 0x3F940AA, "279037")]
    [InlineData(20000000000, 0x27BC86AA, "353130")]
    public void are_right_in_their_step_for_our_app_R29(long seconds, long step, string code)
    {
        App.Step(new(code), Key, At(seconds)).ShouldBe(step);
        App.Step(new(code), Key, At(seconds).AddSeconds(30)).ShouldBe(step, "the step before counts as well");
        App.Step(new(code), Key, At(seconds).AddSeconds(60)).ShouldBeNull();
        (App with { LastStep = step }).Step(new(code), Key, At(seconds)).ShouldBeNull("it was used");
    }

    [Fact]
    public void need_the_persons_key() => App.Step(new("287082"), new(Key.Id, SHA256.HashData("another's"u8)), At(59)).ShouldBeNull();

    private static AuthenticatorApp App => AuthenticatorApp.Holding(Seed(20), Guid.Empty, Guid.Empty, Key, session: null, At(0));

    private static byte[] Seed(int bytes) => [.. Enumerable.Repeat("1234567890", 7).SelectMany(Encoding.ASCII.GetBytes).Take(bytes)];

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
