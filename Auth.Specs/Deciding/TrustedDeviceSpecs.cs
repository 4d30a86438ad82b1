using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>A device that was trusted after two proofs is spared the second one for a while, and the history says so (R04, R66).</summary>
public class TrustedDeviceSpecs : SignInSpec
{
    private static readonly Guid Mark = People.Id(0x7D), Earlier = People.Id(0x5A);
    private static readonly Settings On = Settings.Shipped with { TrustedDevices = new() { On = true } };
    private static readonly DeviceTrust Trust = new(Mark, People.AnnsId, Ann.TrustVoided, Earlier, NineOClock, NineOClock.AddDays(30));
    private static readonly SecondFactorSkipped Skipped = new(Mark, Earlier);

    private static Story OnHerDevice(params SignInEvent[] past) => Given(past).Under(On).On(Trust);

    [Fact]
    public void a_right_code_trusts_the_device_where_that_was_asked_for_R66() =>
        Given(CodeSent).Under(On).When(OfferCode(Verdict.Right) with { Trust = Mark }).Then(SecondFactorVerified, new DeviceTrusted(Mark, NineOClock.AddDays(30)), Converted);

    [Fact]
    public void where_the_operator_does_not_allow_it_the_wish_changes_nothing() =>
        Given(CodeSent).When(OfferCode(Verdict.Right) with { Trust = Mark }).Then(SecondFactorVerified, Converted);

    [Fact]
    public void a_wrong_code_trusts_nothing_R66() =>
        Given(CodeSent).Under(On).When(OfferCode(Verdict.Wrong) with { Trust = Mark }).ThenRefused(Refusal.WrongCode, leaving: SecondFactorRejected);

    [Fact]
    public void a_trusted_device_is_spared_the_second_factor_and_the_history_says_by_which_trust_R04() =>
        OnHerDevice(Identified).When(OfferPassword(Verdict.Right)).Then(FirstFactorVerified, Skipped, Converted);

    [Fact]
    public void it_makes_no_session_without_the_first_factor_R66()
    {
        OnHerDevice(Identified).When(OfferPassword(Verdict.Wrong)).ThenRefused(Refusal.WrongPassword, leaving: FirstFactorRejected);
        OnHerDevice(Identified).When(OfferCode()).ThenNothingIsCompared();
    }

    [Fact]
    public void steps_one_to_three_at_once_skip_it_too() => OnHerDevice().When(Create(Strategy.Password, Verdict.Right)).Then(Identified, FirstFactorVerified, Skipped, Converted);

    [Fact]
    public void a_forgotten_password_is_no_first_factor_that_skips_the_second_R50() =>
        OnHerDevice(Identified, FirstFactorPrepared with { Authenticator = AnnsReset }).When(OfferFirstCode(Verdict.Right, Strategy.ResetPasswordEmailCode)).Then(ResetVerified);

    [Fact]
    public void after_its_time_the_second_factor_is_asked_for_again_R66() =>
        OnHerDevice(Late(Identified)).When(OfferPassword(Verdict.Right), at: Trust.Until).Then(Late(FirstFactorVerified));

    [Fact]
    public void a_shorter_life_holds_for_trust_that_was_given_before() =>
        OnHerDevice(Identified with { EndsAt = NineOClock.AddDays(8) }).Under(Settings.Shipped with { TrustedDevices = new() { On = true, Days = 7 } })
            .When(OfferPassword(Verdict.Right), at: NineOClock.AddDays(7)).Then(FirstFactorVerified with { SecondFactorBy = NineOClock.AddDays(7).AddMinutes(10) });

    [Fact]
    public void switched_off_it_is_asked_for_at_once() => Given(Identified).On(Trust).When(OfferPassword(Verdict.Right)).Then(FirstFactorVerified);

    [Fact]
    public void another_persons_trust_is_none() => Given(Identified).Under(On).On(Trust with { User = People.BobsId }).When(OfferPassword(Verdict.Right)).Then(FirstFactorVerified);

    public static TheoryData<UserEvent> Changes =>
    [
        new PasswordSet(), new ReservedForSecondFactor(People.AnnsOtherPhone), new ReleasedFromSecondFactor(People.AnnsPhone), new PhoneNumberRemoved(People.AnnsOtherPhone),
        new AuthenticatorAppAdded(People.AnnsApp), new BackupCodesMade(People.AnnsCodes, 10), new Recovered(Mark),
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public void any_change_of_a_factor_or_the_password_voids_it_R66(UserEvent change) => Ann.And(change).TrustVoided.ShouldBe(Ann.TrustVoided + 1);

    [Fact]
    public void what_is_void_skips_nothing_R66() =>
        OnHerDevice(Identified).About(AnnWithTwoPhones).When(OfferPassword(Verdict.Right)).Then(FirstFactorVerified with { Epoch = AnnWithTwoPhones.Epoch });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void the_locked_and_the_banned_get_no_session_from_it(bool locked) =>
        OnHerDevice(Identified).About(locked ? AnnLocked : AnnBanned).When(OfferPassword(Verdict.Right))
            .ThenRefused(locked ? Refusal.UserLocked : Refusal.UserBanned, leaving: new FirstFactorRefused(Password, locked ? RefusalReason.Locked : RefusalReason.Banned, null));

    [Fact]
    public void who_has_no_second_factor_is_spared_none() => Given(BobIdentified).Under(On).On(Trust with { User = People.BobsId }).About(Bob).When(OfferPassword(Verdict.Right)).Then(BobsFirstFactorVerified, Converted);

    private static Identified Late(Identified identified) => identified with { EndsAt = Trust.Until.AddMinutes(15) };

    private static FirstFactorVerified Late(FirstFactorVerified verified) => verified with { SecondFactorBy = Trust.Until.AddMinutes(10) };
}
