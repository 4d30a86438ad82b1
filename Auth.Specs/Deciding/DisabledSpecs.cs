using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>What was guessed at too often proves nothing until it is bound again: nothing is compared and nothing is sent (FAIL_HARD, R19, R51; NIST SP 800-63B §3.2.2).</summary>
public class DisabledSpecs : SignInSpec
{
    private static readonly Standing Disabled = new(50, MinutesLater(-1), Disabled: true);
    private static readonly FirstFactorRefused PasswordRefused = new(Password, RefusalReason.Disabled, null);
    private static readonly SecondFactorRefused PhoneRefused = new(AnnsPhone, RefusalReason.Disabled, null);

    [Fact]
    public void the_right_password_is_not_compared()
    {
        Given(Identified).Standing(Disabled).When(OfferPassword()).ThenNothingIsCompared();
        Given(Identified).Standing(Disabled).When(OfferPassword()).ThenRefused(Refusal.FactorDisabled, leaving: PasswordRefused);
    }

    [Fact]
    public void a_stranger_is_told_the_same_R51() =>
        Given(StrangerIdentified).About(Stranger).Standing(Disabled).When(OfferPassword()).ThenRefused(Refusal.FactorDisabled, leaving: PasswordRefused);

    [Fact]
    public void it_is_told_once_in_a_sign_in() =>
        Given(Identified, PasswordRefused).Standing(Disabled).When(OfferPassword()).ThenRefused(Refusal.FactorDisabled);

    [Fact]
    public void a_code_is_neither_sent_nor_compared()
    {
        Given(Identified, FirstFactorVerified).Standing(Disabled).When(AskForCode()).ThenRefused(Refusal.FactorDisabled, leaving: PhoneRefused);
        Given(CodeSent).Standing(Disabled).When(OfferCode()).ThenRefused(Refusal.FactorDisabled, leaving: PhoneRefused);
        Given(Identified).Standing(Disabled).When(AskForFirstCode()).ThenRefused(Refusal.FactorDisabled, leaving: new FirstFactorRefused(AnnsMailbox, RefusalReason.Disabled, null));
    }

    [Fact]
    public void nor_is_a_proof_of_somebody_signed_in()
    {
        var step = new VerificationStory([new VerificationBegun(Purpose.StepUp, People.AnnsId, People.Id(0x5E), null)]).Standing(Disabled);
        step.When(new AttemptVerification(Password, People.Id(0x5E), Verdict.NotChecked)).ThenRefused(Refusal.FactorDisabled, new VerificationRefused(Password, RefusalReason.Disabled, null));
        step.Compares().ShouldBeFalse();
    }

    /// <summary>What is told of a person, and what binds each again.</summary>
    public static TheoryData<string, bool> Facts => new()
    {
        { nameof(PasswordSet), true }, { nameof(Unlocked), true }, { nameof(BackupCodesMade), false }, { nameof(PhoneNumberRemoved), false }, { nameof(ReleasedFromSecondFactor), false },
    };

    [Theory]
    [MemberData(nameof(Facts))]
    public void only_what_binds_it_again_makes_it_count_R19(string happened, bool binds)
    {
        UserEvent fact = happened switch
        {
            nameof(PasswordSet) => new PasswordSet(),
            nameof(Unlocked) => new Unlocked(),
            nameof(BackupCodesMade) => new BackupCodesMade(People.AnnsCodes, 10),
            nameof(PhoneNumberRemoved) => new PhoneNumberRemoved(People.AnnsOtherPhone),
            _ => new ReleasedFromSecondFactor(People.AnnsPhone),
        };
        var disabled = People.Ann.And(new AuthenticatorDisabled(Password, null));
        disabled.DisabledFactors.ShouldBe([Password]);
        disabled.Epoch.ShouldBe(People.Ann.Epoch);

        disabled.And(fact).DisabledFactors.IsEmpty.ShouldBe(binds);
    }

    [Fact]
    public void a_recovery_binds_every_second_factor_again_and_no_password_R19_R65()
    {
        var disabled = People.Ann.And(new AuthenticatorDisabled(AnnsPhone, null), new AuthenticatorDisabled(Password, null));

        disabled.And(new RecoveryStarted(People.Id(1), MinutesLater(60), "key_0a", People.Hidden), new ReleasedFromSecondFactor(People.AnnsPhone), new Recovered(People.Id(1))).DisabledFactors.ShouldBe([Password]);
    }

    [Fact]
    public void a_number_is_bound_again_by_being_removed_and_not_by_being_released_R19()
    {
        var disabled = People.Ann.And(new AuthenticatorDisabled(AnnsPhone, null));

        disabled.And(new ReleasedFromSecondFactor(People.AnnsPhone), new ReservedForSecondFactor(People.AnnsPhone)).DisabledFactors.ShouldBe([AnnsPhone]);
        disabled.And(new PhoneNumberRemoved(People.AnnsPhone)).DisabledFactors.ShouldBeEmpty();
    }
}
