using System.Security.Cryptography;
using Auth.Host.Keys;
using Auth.Host.Passkeys;

namespace Auth.Specs.Passkeys;

/// <summary>A challenge belongs to one attempt and one kind of ceremony, for five minutes (R40).</summary>
public class PasskeyChallengeSpecs
{
    private static readonly DateTimeOffset Now = Passkey.NineOClock;
    private static readonly Guid Attempt = Guid.Parse("0198c000-0000-7000-8000-000000000001"), Another = Guid.Parse("0198c000-0000-7000-8000-000000000002");
    private readonly Key _key = new(Guid.Parse("0198c000-0000-7000-8000-000000000003"), SHA256.HashData("challenges"u8));

    [Fact]
    public void is_the_same_on_every_host()
    {
        var challenge = PasskeyChallenges.New(_key, Now);

        var (one, two) = (Derive(challenge), Derive(challenge));

        one.ShouldNotBeNull().Length.ShouldBe(32);
        two.ShouldBe(one);
    }

    [Fact]
    public void is_another_for_each_attempt_ceremony_and_tenant()
    {
        var challenge = PasskeyChallenges.New(_key, Now);

        Enum.GetValues<PasskeyPurpose>()
            .SelectMany(purpose => new[] { "default", "theirs" }, (purpose, tenant) => (purpose, tenant))
            .SelectMany(_ => new[] { Attempt, Another }, (x, attempt) => Convert.ToHexString(PasskeyChallenges.Derive(_key, x.purpose, x.tenant, attempt, challenge, Now)!))
            .ShouldBeUnique();
    }

    [Fact]
    public void is_drawn_from_256_fresh_bits()
    {
        var (one, two) = (PasskeyChallenges.New(_key, Now), PasskeyChallenges.New(_key, Now));

        Convert.FromHexString(one.Nonce).Length.ShouldBe(32);
        two.Nonce.ShouldNotBe(one.Nonce);
        Derive(two).ShouldNotBe(Derive(one));
    }

    [Fact]
    public void is_gone_after_five_minutes()
    {
        var challenge = PasskeyChallenges.New(_key, Now);

        Derive(challenge, Now.AddMinutes(5).AddTicks(-1)).ShouldNotBeNull();
        Derive(challenge, Now.AddMinutes(5)).ShouldBeNull();
    }

    [Fact]
    public void needs_the_key_that_it_names() =>
        Should.Throw<ArgumentException>(() => PasskeyChallenges.Derive(new(Guid.NewGuid(), new byte[32]), PasskeyPurpose.FirstFactor, "default", Attempt, PasskeyChallenges.New(_key, Now), Now));

    [Fact]
    public void shows_no_nonce_in_a_log() =>
        PasskeyChallenges.New(_key, Now).ToString().ShouldBe("PasskeyChallenge(until 09:05:00)");

    private byte[]? Derive(Auth.Domain.Passkeys.PasskeyChallenge challenge, DateTimeOffset? at = null) =>
        PasskeyChallenges.Derive(_key, PasskeyPurpose.FirstFactor, "default", Attempt, challenge, at ?? Now);
}
