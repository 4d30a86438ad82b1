using Auth.Domain;
using Auth.Domain.Users;
using Auth.Projections;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Reading;

/// <summary>Given what happened, this person at a glance.</summary>
public class UsersSpecs
{
    private static readonly Sealed Hidden = new(Ann, "Ym94");

    [Fact]
    public async Task somebody_is_told_by_numbers_alone()
    {
        await using var histories = await New();
        await histories.Account(Ann, [.. AnnWithSecondFactor, new EmailAddressAdded(Id(6), Hidden), new Locked(NineOClock.AddHours(1))]);
        await histories.Read();

        var row = (await histories.Stored<UserOverview>(Ann)).ShouldNotBeNull();
        (row.CreatedAt, row.EmailAddresses, row.PhoneNumbers, row.HasPassword, row.Locked, row.LockedUntil, row.Banned).ShouldBe(
            (NineOClock, 1, 1, true, true, NineOClock.AddHours(1), false));
        row.SecondFactors.ShouldBe([AnnsPhone]);
        row.UpTo.ShouldBe(8);
        (await histories.Rows(UserOverview.Reading)).ShouldNotContain(Hidden.Box);
    }

    [Fact]
    public async Task what_is_removed_counts_no_more()
    {
        await using var histories = await New();
        await histories.Account(Ann, [.. AnnWithSecondFactor, new EmailAddressAdded(Id(6), Hidden), new EmailAddressRemoved(Id(6)), new PhoneNumberRemoved(AnnsPhone)]);
        await histories.Read();

        var row = (await histories.Stored<UserOverview>(Ann)).ShouldNotBeNull();
        (row.EmailAddresses, row.PhoneNumbers, row.SecondFactors.IsEmpty).ShouldBe((0, 0, true));
    }

    [Fact]
    public async Task the_last_sign_in_is_the_last_one_that_became_a_session()
    {
        await using var histories = await New();
        await histories.Account(Ann, AnnWithSecondFactor);
        await histories.Happened(Attempt, [Identified(Ann), Password, Texted(), RightCode, ASession]);
        histories.Clock.Advance(TimeSpan.FromMinutes(5));
        await histories.Happened(Id(11), [Identified(Ann), Password]);
        await histories.Read();

        var row = (await histories.Stored<UserOverview>(Ann)).ShouldNotBeNull();
        (row.LastSignInAt, row.SignIns).ShouldBe((NineOClock, 1));
    }

    [Fact]
    public async Task a_ban_and_its_end_are_told()
    {
        await using var histories = await New();
        await histories.Account(Ann, [.. AnnWithSecondFactor, new Banned()]);
        await histories.Read();
        (await histories.Stored<UserOverview>(Ann)).ShouldNotBeNull().Banned.ShouldBeTrue();

        await histories.Account(Ann, [new Unbanned(), new ReleasedFromSecondFactor(AnnsPhone), new Unlocked()]);
        await histories.Read();

        var row = (await histories.Stored<UserOverview>(Ann)).ShouldNotBeNull();
        (row.Banned, row.Locked).ShouldBe((false, false));
        row.SecondFactors.ShouldBeEmpty();
    }

    [Fact]
    public async Task of_somebody_erased_only_their_coming_and_going_is_left()
    {
        await using var histories = await New();
        await histories.Account(Ann, AnnWithSecondFactor);
        histories.Clock.Advance(TimeSpan.FromDays(1));
        await histories.Account(Ann, [new UserErased()]);
        await histories.Read();

        var row = (await histories.Stored<UserOverview>(Ann)).ShouldNotBeNull();
        (row.CreatedAt, row.ErasedAt, row.PhoneNumbers, row.HasPassword, row.UpTo).ShouldBe((NineOClock, NineOClock.AddDays(1), 0, false, 7));
        row.SecondFactors.ShouldBeEmpty();
        (await histories.Stored<User>(Ann)).ShouldBeNull("decisions know nobody of that name");
        (await histories.Stored<UserMfaStatus>(Ann)).ShouldNotBeNull().Numbers.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_stranger_is_nobody()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(user: null)]);
        await histories.Read();

        (await histories.Rows(UserOverview.Reading)).ShouldBeEmpty();
    }
}
