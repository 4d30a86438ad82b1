using Auth.Host.Passkeys;

namespace Auth.Specs.Passkeys;

/// <summary>A passkey's proof: what is believed, of whom, and what it counts as (R39, R43).</summary>
public class PasskeyProofSpecs
{
    [Theory]
    [InlineData(CoseKey.Es256)]
    [InlineData(CoseKey.Rs256)]
    public async Task the_truth_is_believed(int algorithm)
    {
        using var authenticator = SoftwareAuthenticator.Of(algorithm);
        var passkey = await Passkey.New(authenticator);

        var verdict = await passkey.Used(Passkey.ForAnybody, new() { SignCount = 5 });

        verdict.ShouldBe(new(null, passkey.Credential with { SignCount = 5, LastUsedAt = Passkey.TenOClock }, UserVerified: true));
    }

    [Fact]
    public async Task what_it_says_beyond_the_standard_is_let_be()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var passkey = await Passkey.New(authenticator);

        // An extension's map: { "x": 1 }.
        (await passkey.Used(Passkey.ForAnybody, new() { Flags = Lie.Honest | AuthenticatorFlags.Extensions, Leftover = [0xA1, 0x61, 0x78, 0x01] })).Flaw.ShouldBeNull();
    }

    [Fact]
    public async Task what_was_not_able_to_be_backed_up_stays_so()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var passkey = await Passkey.New(authenticator, new() { Flags = AuthenticatorFlags.UserPresent | AuthenticatorFlags.UserVerified });

        (await passkey.Used(Passkey.ForAnybody)).Flaw.ShouldBe(PasskeyFlaw.BackupState);
    }

    [Fact]
    public async Task whether_it_is_backed_up_may_change()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var passkey = await Passkey.New(authenticator);

        (await passkey.Used(Passkey.ForAnybody, new() { Flags = Lie.Honest & ~AuthenticatorFlags.BackedUp })).Credential!.BackedUp.ShouldBeFalse();
    }

    [Fact]
    public async Task only_those_that_were_named_may_answer()
    {
        using var ours = SoftwareAuthenticator.Es256();
        using var other = SoftwareAuthenticator.Es256();
        var (passkey, named) = (await Passkey.New(ours), await Passkey.New(other));

        (await passkey.Used(Passkey.ForAnn with { Allowed = [named.Credential] })).Flaw.ShouldBe(PasskeyFlaw.NotAllowed);
        (await passkey.Used(Passkey.ForAnn with { Allowed = [] })).Flaw.ShouldBe(PasskeyFlaw.NotAllowed);
        (await passkey.Used(Passkey.ForAnn with { Allowed = [named.Credential, passkey.Credential] })).Flaw.ShouldBeNull();
    }

    [Fact]
    public async Task nobody_finishes_a_sign_in_of_another_person()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var passkey = await Passkey.New(authenticator);

        (await passkey.Used(Passkey.ForAnn with { User = Passkey.Bob })).Flaw.ShouldBe(PasskeyFlaw.AnotherUser);
        (await passkey.Used(Passkey.ForAnn with { User = Passkey.Bob }, new() { NoUserHandle = true })).Flaw.ShouldBe(PasskeyFlaw.AnotherUser);
    }

    [Fact]
    public async Task who_was_named_need_not_be_named_again()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var passkey = await Passkey.New(authenticator);

        (await passkey.Used(Passkey.ForAnn, new() { NoUserHandle = true })).Flaw.ShouldBeNull();
    }

    [Fact]
    public async Task an_answer_is_good_for_its_own_challenge_only()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var passkey = await Passkey.New(authenticator);
        var answer = authenticator.Get(Passkey.ForAnybody, Passkey.Ann);

        (await passkey.Verified(answer, Passkey.ForAnybody)).Flaw.ShouldBe(PasskeyFlaw.Challenge);
    }

    [Fact]
    public async Task another_key_does_not_sign_for_this_one()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        using var thief = new Passkey(SoftwareAuthenticator.Es256(), null!).Authenticator;
        var passkey = await Passkey.New(authenticator);

        (await passkey.Used(Passkey.ForAnybody, new() { Signature = new byte[70] })).Flaw.ShouldBe(PasskeyFlaw.Signature);
        (await (passkey with { Authenticator = thief }).Used(Passkey.ForAnybody, new() { Id = passkey.Credential.CredentialId })).Flaw.ShouldBe(PasskeyFlaw.Signature);
    }

    [Fact]
    public async Task a_touch_without_a_check_is_possession_only()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var passkey = await Passkey.New(authenticator);
        var ceremony = Passkey.ForAnn with { VerifiesUser = false };

        (await passkey.Used(ceremony, new() { Flags = Lie.Honest & ~AuthenticatorFlags.UserVerified })).ShouldSatisfyAllConditions(v => v.Flaw.ShouldBeNull(), v => v.UserVerified.ShouldBeFalse());
        (await passkey.Used(ceremony)).UserVerified.ShouldBeTrue();
    }

    [Fact]
    public async Task what_was_enrolled_without_a_check_is_never_believed_to_make_one()
    {
        using var authenticator = SoftwareAuthenticator.Es256();
        var passkey = await Passkey.New(authenticator, new() { Flags = Lie.Honest & ~AuthenticatorFlags.UserVerified }, verifiesUser: false);

        (await passkey.Used(Passkey.ForAnn with { VerifiesUser = false })).ShouldSatisfyAllConditions(v => v.Flaw.ShouldBeNull(), v => v.UserVerified.ShouldBeFalse());
        (await passkey.Used(Passkey.ForAnn)).Flaw.ShouldBe(PasskeyFlaw.UserNotVerified);
    }
}
