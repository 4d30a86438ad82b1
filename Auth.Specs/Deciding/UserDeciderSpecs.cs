using Auth.Domain.Users;
using Auth.Specs.Given;
using static Auth.Specs.Given.People;

namespace Auth.Specs.Deciding;

/// <summary>What is asked of an account, and what happens to it (R04, R13, R62, R63).</summary>
public class UserDeciderSpecs : UserSpec
{
    [Fact]
    public void an_operators_identifiers_count_as_verified() =>
        Given(null).When(new CreateUser(Hidden, null, WithPassword: true, [new(AnnsAddress, Hidden)], [new(AnnsPhone, Hidden)])).Then(
            new UserCreated(Hidden, null),
            new EmailAddressAdded(AnnsAddress, Hidden), new EmailAddressVerified(AnnsAddress, Vouching.Operator),
            new PhoneNumberAdded(AnnsPhone, Hidden), new PhoneNumberVerified(AnnsPhone, Vouching.Operator),
            new PasswordSet());

    [Fact]
    public void an_account_may_begin_without_a_password() =>
        Given(null).When(new CreateUser(null, null, WithPassword: false, [], [])).Then(new UserCreated(null, null));

    [Fact]
    public void an_account_is_made_once() =>
        Given(Ann).When(new CreateUser(null, null, false, [], [])).ThenItIsABug();

    [Fact]
    public void of_nobody_nothing_can_be_asked() =>
        Given(null).When(new UnlockUser()).ThenRefused(UserRefusal.NoSuchUser);

    [Fact]
    public void the_first_number_reserved_is_the_default_one_R04() =>
        Given(Bob).When(new ChangePhoneNumber(BobsPhone, true, null)).Then(new ReservedForSecondFactor(BobsPhone), new MadeDefaultSecondFactor(BobsPhone));

    [Fact]
    public void the_next_number_reserved_is_not() =>
        Given(Ann).When(new ChangePhoneNumber(AnnsOtherPhone, true, null)).Then(new ReservedForSecondFactor(AnnsOtherPhone));

    [Fact]
    public void a_number_can_be_reserved_and_made_the_default_at_once() =>
        Given(Ann).When(new ChangePhoneNumber(AnnsOtherPhone, true, true)).Then(new ReservedForSecondFactor(AnnsOtherPhone), new MadeDefaultSecondFactor(AnnsOtherPhone));

    [Fact]
    public void another_number_can_become_the_default() =>
        Given(AnnWithTwoPhones).When(new ChangePhoneNumber(AnnsOtherPhone, null, true)).Then(new MadeDefaultSecondFactor(AnnsOtherPhone));

    [Fact]
    public void an_unverified_number_is_no_second_factor_R62() =>
        Given(Ann).When(new ChangePhoneNumber(AnnsUnverifiedPhone, true, null)).ThenRefused(UserRefusal.NumberUnverified);

    [Fact]
    public void another_persons_number_is_none_of_theirs_R13() =>
        Given(Ann).When(new ChangePhoneNumber(BobsPhone, true, null)).ThenRefused(UserRefusal.NoSuchPhoneNumber);

    [Fact]
    public void a_number_that_is_no_second_factor_cannot_be_the_default() =>
        Given(Ann).When(new ChangePhoneNumber(AnnsOtherPhone, null, true)).ThenRefused(UserRefusal.NotReserved);

    [Fact]
    public void a_number_cannot_be_released_and_made_the_default_at_once() =>
        Given(Ann).When(new ChangePhoneNumber(AnnsPhone, false, true)).ThenRefused(UserRefusal.NotReserved);

    [Fact]
    public void there_is_always_a_default() =>
        Given(Ann).When(new ChangePhoneNumber(AnnsPhone, null, false)).ThenRefused(UserRefusal.DefaultStays);

    [Fact]
    public void a_released_default_is_followed_by_the_next_one_R63() =>
        Given(AnnWithTwoPhones).When(new ChangePhoneNumber(AnnsPhone, false, null)).Then(new ReleasedFromSecondFactor(AnnsPhone), new MadeDefaultSecondFactor(AnnsOtherPhone));

    [Fact]
    public void another_number_released_leaves_the_default_alone() =>
        Given(AnnWithTwoPhones).When(new ChangePhoneNumber(AnnsOtherPhone, false, null)).Then(new ReleasedFromSecondFactor(AnnsOtherPhone));

    [Fact]
    public void the_last_number_released_leaves_no_default() =>
        Given(Ann).When(new ChangePhoneNumber(AnnsPhone, false, false)).Then(new ReleasedFromSecondFactor(AnnsPhone));

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, null)]
    [InlineData(null, null)]
    public void what_is_so_already_is_told_once(bool? reserved, bool? asDefault) =>
        Given(Ann).When(new ChangePhoneNumber(AnnsPhone, reserved, asDefault)).ThenNothing();

    [Fact]
    public void releasing_what_is_not_reserved_changes_nothing() =>
        Given(Ann).When(new ChangePhoneNumber(AnnsUnverifiedPhone, false, false)).ThenNothing();

    [Fact]
    public void a_lock_holds_until_its_time() =>
        Given(Ann).When(new LockUser(NineOClock.AddHours(1))).Then(new Locked(NineOClock.AddHours(1)));

    [Fact]
    public void the_same_lock_is_told_once() =>
        Given(Ann.And(new Locked(null))).When(new LockUser(null)).ThenNothing();

    [Fact]
    public void another_lock_takes_its_place() =>
        Given(Ann.And(new Locked(NineOClock))).When(new LockUser(null)).Then(new Locked(null));

    [Fact]
    public void a_lock_is_lifted_once()
    {
        Given(Ann.And(new Locked(null))).When(new UnlockUser()).Then(new Unlocked());
        Given(Ann).When(new UnlockUser()).ThenNothing();
    }

    [Fact]
    public void a_ban_is_told_once()
    {
        Given(Ann).When(new BanUser()).Then(new Banned());
        Given(Ann.And(new Banned())).When(new BanUser()).ThenNothing();
    }

    [Fact]
    public void a_ban_is_lifted_once()
    {
        Given(Ann.And(new Banned())).When(new UnbanUser()).Then(new Unbanned());
        Given(Ann).When(new UnbanUser()).ThenNothing();
    }

    [Fact]
    public void names_change_together() =>
        Given(Ann).When(new ChangeNames(null, People.Hidden)).Then(new NamesChanged(null, People.Hidden));

    [Fact]
    public void names_that_stay_are_not_told() => Given(Ann).When(new ChangeNames(Ann.FirstName, Ann.LastName)).ThenNothing();

    [Fact]
    public void erasing_is_the_last_fact()
    {
        Given(Ann).When(new EraseUser()).Then(new UserErased());
        foreach (var command in (UserCommand[])[new EraseUser(), new BanUser(), new UnbanUser(), new LockUser(null), new UnlockUser(), new ChangeNames(null, null), new ChangePhoneNumber(AnnsPhone, false, null)])
            Given(Ann.And(new UserErased())).When(command).ThenRefused(UserRefusal.NoSuchUser);
    }

    [Fact]
    public void a_stranger_is_neither_banned_nor_erased()
    {
        foreach (var command in (UserCommand[])[new EraseUser(), new BanUser(), new UnbanUser(), new ChangeNames(null, null)]) Given(null).When(command).ThenRefused(UserRefusal.NoSuchUser);
    }

    [Fact]
    public void an_address_they_give_counts_for_nothing_yet_R62()
    {
        Given(Bob).When(new AddEmailAddress(New)).Then(new EmailAddressAdded(New.Id, Hidden));
        Bob.And(new EmailAddressAdded(New.Id, Hidden)).Has(new(Domain.SignIns.Strategy.EmailCode, New.Id)).ShouldBeFalse();
    }

    [Fact]
    public void a_number_they_give_neither_R62()
    {
        Given(Bob).When(new AddPhoneNumber(New, NineOClock)).Then(new PhoneNumberAdded(New.Id, Hidden));
        Bob.And(new PhoneNumberAdded(New.Id, Hidden)).Has(new(Domain.SignIns.Strategy.PhoneCode, New.Id)).ShouldBeFalse();
    }

    [Fact]
    public void a_fourth_number_in_a_day_is_refused() =>
        Given(Tried(NineOClock, NineOClock.AddHours(1), NineOClock.AddHours(2))).When(new AddPhoneNumber(New, NineOClock.AddHours(23))).ThenRefused(UserRefusal.TooManyNumbers);

    [Fact]
    public void taking_numbers_off_gives_no_new_tries() =>
        Given(Tried(NineOClock, NineOClock, NineOClock).And(new PhoneNumberRemoved(Id(1)), new PhoneNumberRemoved(Id(2)))).When(new AddPhoneNumber(New, NineOClock)).ThenRefused(UserRefusal.TooManyNumbers);

    [Fact]
    public void a_day_later_the_next_number_may_be_tried() =>
        Given(Tried(NineOClock, NineOClock.AddHours(1), NineOClock.AddHours(2))).When(new AddPhoneNumber(New, NineOClock.AddHours(24))).Then(new PhoneNumberAdded(New.Id, Hidden));

    [Fact]
    public void the_right_code_makes_an_address_theirs() =>
        Given(Bob.And(new EmailAddressAdded(New.Id, Hidden))).When(new VerifyIdentifier(New.Id, Vouching.Code)).Then(new EmailAddressVerified(New.Id, Vouching.Code));

    [Fact]
    public void the_right_code_makes_a_number_theirs_and_no_second_factor() =>
        Given(Ann).When(new VerifyIdentifier(AnnsUnverifiedPhone, Vouching.Code)).Then(new PhoneNumberVerified(AnnsUnverifiedPhone, Vouching.Code));

    [Fact]
    public void what_is_verified_is_not_verified_again() => Given(Ann).When(new VerifyIdentifier(AnnsAddress, Vouching.Code)).ThenRefused(UserRefusal.AlreadyVerified);

    [Fact]
    public void another_persons_address_is_not_theirs_to_verify_R13() => Given(Ann).When(new VerifyIdentifier(BobsAddress, Vouching.Code)).ThenRefused(UserRefusal.NoSuchIdentifier);

    [Fact]
    public void an_address_is_taken_off() => Given(Bob).When(new RemoveIdentifier(BobsAddress)).Then(new EmailAddressRemoved(BobsAddress));

    [Fact]
    public void a_second_factor_taken_off_is_released_first_R63() =>
        Given(AnnWithTwoPhones).When(new RemoveIdentifier(AnnsPhone)).Then(new ReleasedFromSecondFactor(AnnsPhone), new MadeDefaultSecondFactor(AnnsOtherPhone), new PhoneNumberRemoved(AnnsPhone));

    [Fact]
    public void the_last_verified_identifier_stays() =>
        Given(Bob.And(new EmailAddressRemoved(BobsAddress))).When(new RemoveIdentifier(BobsPhone)).ThenRefused(UserRefusal.LastIdentifier);

    [Fact]
    public void an_unverified_one_is_not_the_last() =>
        Given(Bob.And(new PhoneNumberRemoved(BobsPhone), new PhoneNumberAdded(New.Id, Hidden))).When(new RemoveIdentifier(BobsAddress)).ThenRefused(UserRefusal.LastIdentifier);

    [Fact]
    public void an_unverified_one_can_go_at_any_time() =>
        Given(Bob.And(new PhoneNumberRemoved(BobsPhone), new PhoneNumberAdded(New.Id, Hidden))).When(new RemoveIdentifier(New.Id)).Then(new PhoneNumberRemoved(New.Id));

    [Fact]
    public void another_persons_number_is_not_theirs_to_take_off_R13() => Given(Ann).When(new RemoveIdentifier(BobsPhone)).ThenRefused(UserRefusal.NoSuchIdentifier);

    [Fact]
    public void an_app_is_a_second_factor_at_once_R04()
    {
        Given(Bob).When(new AddAuthenticatorApp(AnnsApp)).Then(new AuthenticatorAppAdded(AnnsApp));
        Bob.And(new AuthenticatorAppAdded(AnnsApp)).HasSecondFactor.ShouldBeTrue();
    }

    [Fact]
    public void another_app_needs_the_first_one_gone_R34() => Given(AnnWithEverything).When(new AddAuthenticatorApp(Id(1))).ThenRefused(UserRefusal.AlreadyEnrolled);

    [Fact]
    public void an_app_is_taken_off() => Given(AnnWithEverything).When(new RemoveAuthenticatorApp()).Then(new AuthenticatorAppRemoved(AnnsApp));

    [Fact]
    public void an_app_that_is_not_there_cannot_go() => Given(Ann).When(new RemoveAuthenticatorApp()).ThenRefused(UserRefusal.NoSuchFactor);

    [Fact]
    public void backup_codes_stand_in_for_a_second_factor()
    {
        Given(Ann).When(new MakeBackupCodes(AnnsCodes, 10)).Then(new BackupCodesMade(AnnsCodes, 10));
        Given(Bob).When(new MakeBackupCodes(AnnsCodes, 10)).ThenRefused(UserRefusal.NothingToBackUp);
    }

    [Fact]
    public void new_backup_codes_take_the_old_ones_place_R37() => Given(AnnWithEverything).When(new MakeBackupCodes(Id(1), 10)).Then(new BackupCodesMade(Id(1), 10));

    [Fact]
    public void backup_codes_are_taken_off_once()
    {
        Given(AnnWithEverything).When(new RemoveBackupCodes()).Then(new BackupCodesRemoved(AnnsCodes));
        Given(Ann).When(new RemoveBackupCodes()).ThenRefused(UserRefusal.NoSuchFactor);
    }

    [Fact]
    public void backup_codes_follow_the_last_factor_they_stand_in_for()
    {
        var (app, phone) = (AnnWithEverything.And(new ReleasedFromSecondFactor(AnnsPhone), new PasskeyRemoved(AnnsKey)), Ann.And(new BackupCodesMade(AnnsCodes, 10)));
        Given(app).When(new RemoveAuthenticatorApp()).Then(new AuthenticatorAppRemoved(AnnsApp), new BackupCodesRemoved(AnnsCodes));
        Given(phone).When(new ChangePhoneNumber(AnnsPhone, false, null)).Then(new ReleasedFromSecondFactor(AnnsPhone), new BackupCodesRemoved(AnnsCodes));
        Given(phone).When(new RemoveIdentifier(AnnsPhone)).Then(new ReleasedFromSecondFactor(AnnsPhone), new BackupCodesRemoved(AnnsCodes), new PhoneNumberRemoved(AnnsPhone));
    }

    [Fact]
    public void all_second_factors_can_be_taken_off_at_once() =>
        Given(AnnWithEverything).When(new RemoveSecondFactors()).Then(new ReleasedFromSecondFactor(AnnsPhone), new AuthenticatorAppRemoved(AnnsApp), new PasskeyRemoved(AnnsKey), new BackupCodesRemoved(AnnsCodes));

    [Theory]
    [MemberData(nameof(WaysToTakeTheLast))]
    public void where_one_is_required_the_last_second_factor_stays_R63(UserCommand takes, User user)
    {
        Given(user).SecondFactorRequired().When(takes).ThenRefused(UserRefusal.LastSecondFactor);
        UserDecider.Decide(takes, user).Refusal.ShouldBeNull();
    }

    public static TheoryData<UserCommand, User> WaysToTakeTheLast => new()
    {
        { new ChangePhoneNumber(AnnsPhone, false, null), Ann },
        { new RemoveIdentifier(AnnsPhone), Ann },
        { new RemoveAuthenticatorApp(), Bob.And(new AuthenticatorAppAdded(AnnsApp)) },
        { new RemoveSecondFactors(), AnnWithEverything },
    };

    [Fact]
    public void where_one_is_required_all_but_the_last_can_go() => Given(AnnWithEverything).SecondFactorRequired().When(new RemoveAuthenticatorApp()).Then(new AuthenticatorAppRemoved(AnnsApp));

    [Fact]
    public void a_new_password_is_a_fact() => Given(Ann).When(new SetPassword()).Then(new PasswordSet());

    private static readonly NewIdentifier New = new(Id(0xF1), Hidden);

    /// <summary>Bob after he added numbers at these times.</summary>
    private static User Tried(params DateTimeOffset[] times) =>
        times.Index().Aggregate(Fold(new UserCreated(null, null)), (user, time) => User.Evolve(user, new PhoneNumberAdded(Id(1 + time.Index), Hidden), time.Item));
}
