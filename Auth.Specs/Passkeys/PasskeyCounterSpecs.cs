using Auth.Host.Passkeys;

namespace Auth.Specs.Passkeys;

/// <summary>A counter that does not grow betrays a copy (R41, WebAuthn Level 3 §6.1.1).</summary>
public class PasskeyCounterSpecs
{
    [Theory]
    //          before  now   believed
    [InlineData(0u, 0u, true)]
    [InlineData(0u, 1u, true)]
    [InlineData(7u, 8u, true)]
    [InlineData(7u, 4_000_000_000u, true)]
    [InlineData(7u, 7u, false)]
    [InlineData(7u, 6u, false)]
    [InlineData(7u, 0u, false)]
    [InlineData(4_000_000_000u, 1u, false)]
    public async Task is_believed_while_it_grows_or_is_none(uint before, uint now, bool believed)
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var passkey = await Passkey.New(authenticator, new() { SignCount = before });
        passkey.Credential.SignCount.ShouldBe(before);

        var verdict = await passkey.Used(Passkey.ForAnybody, new() { SignCount = now });

        verdict.ShouldBe(believed
            ? new(null, passkey.Credential with { SignCount = now, LastUsedAt = Passkey.TenOClock }, true)
            : new(PasskeyFlaw.Counter, passkey.Credential with { SuspectedAt = Passkey.TenOClock }, false));
    }

    [Fact]
    public async Task of_a_forged_answer_makes_nothing_suspect()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var passkey = await Passkey.New(authenticator, new() { SignCount = 7 });

        (await passkey.Used(Passkey.ForAnybody, new() { SignCount = 3, SpoilsSignature = true })).ShouldBe(new(PasskeyFlaw.Signature, null, false));
    }

    [Fact]
    public async Task that_grows_again_lets_the_owner_in()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var passkey = await Passkey.New(authenticator, new() { SignCount = 7 });
        var suspected = (await passkey.Used(Passkey.ForAnybody, new() { SignCount = 7 })).Credential!;

        (await (passkey with { Credential = suspected }).Used(Passkey.ForAnybody, new() { SignCount = 8 })).ShouldSatisfyAllConditions(
            v => v.Flaw.ShouldBeNull(), v => v.Credential!.SuspectedAt.ShouldBe(Passkey.TenOClock));
    }
}
