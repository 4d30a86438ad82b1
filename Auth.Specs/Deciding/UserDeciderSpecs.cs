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
}
