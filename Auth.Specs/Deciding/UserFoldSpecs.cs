using Auth.Domain.Users;
using Auth.Specs.Given;
using static Auth.Specs.Given.People;

namespace Auth.Specs.Deciding;

/// <summary>What a person becomes by what happens to them, as far as a sign-in asks (R04, R06, R22, R63).</summary>
public class UserFoldSpecs : UserSpec
{
    private static readonly Guid Phone = AnnsPhone;

    [Fact]
    public void only_a_verified_and_reserved_number_is_a_second_factor_R04()
    {
        Fold(new PhoneNumberAdded(Phone, Hidden)).HasSecondFactor.ShouldBeFalse();
        Fold(new PhoneNumberAdded(Phone, Hidden), new PhoneNumberVerified(Phone, Vouching.Code)).HasSecondFactor.ShouldBeFalse();
        Fold(new PhoneNumberAdded(Phone, Hidden), new ReservedForSecondFactor(Phone)).HasSecondFactor.ShouldBeFalse();
        Fold(new PhoneNumberAdded(Phone, Hidden), new PhoneNumberVerified(Phone, Vouching.Code), new ReservedForSecondFactor(Phone)).HasSecondFactor.ShouldBeTrue();
    }

    [Fact]
    public void the_default_comes_first()
    {
        AnnWithTwoPhones.SecondFactors().Select(number => number.Id).ShouldBe([AnnsPhone, AnnsOtherPhone]);
        AnnWithTwoPhones.And(new MadeDefaultSecondFactor(AnnsOtherPhone)).SecondFactors().Select(number => number.Id).ShouldBe([AnnsOtherPhone, AnnsPhone]);
    }

    [Fact]
    public void what_voids_earlier_proofs_raises_the_epoch_R06_R63()
    {
        Ann.And(new PasswordSet()).Epoch.ShouldBe(Ann.Epoch + 1);
        Ann.And(new ReleasedFromSecondFactor(AnnsPhone)).Epoch.ShouldBe(Ann.Epoch + 1);
    }

    [Fact]
    public void what_only_adds_does_not() =>
        Ann.And(new ReservedForSecondFactor(AnnsOtherPhone), new MadeDefaultSecondFactor(AnnsOtherPhone), new PhoneNumberVerified(AnnsUnverifiedPhone, Vouching.Code), new Locked(null), new Unlocked())
            .Epoch.ShouldBe(Ann.Epoch);

    [Fact]
    public void since_when_they_have_a_second_factor_is_the_first_one_of_those_they_have()
    {
        var later = NineOClock.AddDays(1);
        User.Evolve(Ann, new ReservedForSecondFactor(AnnsOtherPhone), later).TwoFactorEnabledAt.ShouldBe(NineOClock);
        User.Evolve(AnnWithTwoPhones, new ReleasedFromSecondFactor(AnnsPhone), later).TwoFactorDisabledAt.ShouldBeNull();
        User.Evolve(Ann, new ReleasedFromSecondFactor(AnnsPhone), later).TwoFactorDisabledAt.ShouldBe(later);
        User.Evolve(Ann, new ReleasedFromSecondFactor(AnnsPhone), later).TwoFactorEnabledAt.ShouldBeNull();
    }

    [Fact]
    public void a_lock_holds_up_to_its_time()
    {
        var ann = Ann.And(new Locked(NineOClock));
        ann.IsLocked(NineOClock.AddTicks(-1)).ShouldBeTrue();
        ann.IsLocked(NineOClock).ShouldBeFalse();
        Ann.And(new Locked(null)).IsLocked(DateTimeOffset.MaxValue).ShouldBeTrue();
        Ann.And(new Locked(null), new Unlocked()).IsLocked(NineOClock).ShouldBeFalse();
    }

    [Fact]
    public void a_fact_about_a_number_they_do_not_have_throws_R04() =>
        new UserEvent[] { new PhoneNumberVerified(BobsPhone, Vouching.Code), new ReservedForSecondFactor(BobsPhone), new MadeDefaultSecondFactor(BobsPhone), new ReleasedFromSecondFactor(BobsPhone), new EmailAddressVerified(BobsAddress, Vouching.Code) }
            .ShouldAllBe(happened => Throws(happened));

    private static bool Throws(UserEvent happened)
    {
        try { Ann.And(happened); } catch (InvalidOperationException) { return true; }
        return false;
    }

    [Fact]
    public void bans_and_names_leave_what_was_proved_alone() =>
        Ann.And(new Banned(), new NamesChanged(null, null), new Unbanned()).Epoch.ShouldBe(Ann.Epoch);

    [Fact]
    public void of_somebody_erased_nothing_is_left_that_proves_anything()
    {
        var nobody = Ann.And(new UserErased());
        (nobody.FirstName, nobody.LastName, nobody.HasPassword, nobody.HasSecondFactor, nobody.Erased).ShouldBe((null, null, false, false, true));
        (nobody.EmailAddresses.Count + nobody.PhoneNumbers.Count).ShouldBe(0);
        nobody.Epoch.ShouldNotBe(Ann.Epoch);
    }
}
