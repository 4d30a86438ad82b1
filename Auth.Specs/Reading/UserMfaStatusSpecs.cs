using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Projections;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Reading;

/// <summary>Given a person's account and sign-ins, how they stand with 2-step verification.</summary>
public class UserMfaStatusSpecs
{
    private static readonly FirstFactorRejected WrongPassword = new(Authenticator.Password);

    [Fact]
    public async Task a_reserved_number_enables_it()
    {
        await using var histories = await New();
        await histories.Account(Ann, AnnWithSecondFactor);

        (await Status(histories)).ShouldBeEquivalentTo(new UserMfaStatus(Ann, 6)
        {
            EnabledSince = NineOClock,
            Numbers = [new(AnnsPhone, Verified: true, Reserved: true, Default: true)],
        });
    }

    [Fact]
    public async Task it_stays_enabled_since_the_first_number_until_the_last_one_is_released()
    {
        await using var histories = await New();
        await histories.Account(Ann, AnnWithSecondFactor);
        histories.Clock.Advance(TimeSpan.FromHours(1));
        await histories.Account(Ann, [new PhoneNumberAdded(OtherPhone, new(Ann, "Ym94")), new PhoneNumberVerified(OtherPhone, Vouching.Code), new ReservedForSecondFactor(OtherPhone), new ReleasedFromSecondFactor(AnnsPhone)]);
        (await Status(histories)).EnabledSince.ShouldBe(NineOClock);

        await histories.Account(Ann, [new ReleasedFromSecondFactor(OtherPhone)]);
        (await Status(histories)).Enabled.ShouldBeFalse();
    }

    [Fact]
    public async Task a_sign_ins_events_find_their_person_in_one_page_with_its_beginning()
    {
        await using var histories = await New();
        await histories.Account(Ann, AnnWithSecondFactor);
        await histories.Happened(Attempt, [Identified(Ann), WrongPassword, WrongPassword]);

        (await Status(histories)).Failing.ShouldBe([new(Authenticator.Password, 2, null)]);
    }

    [Fact]
    public async Task a_sign_ins_events_find_their_person_long_after_its_beginning()
    {
        await using var histories = await New();
        await histories.Account(Ann, AnnWithSecondFactor);
        await histories.Happened(Attempt, [Identified(Ann), WrongPassword]);
        await histories.Read();
        await histories.Happened(Attempt, [WrongPassword, Password, Texted(), WrongCode]);

        (await Status(histories)).Failing.ShouldBe([new(Authenticator.Password, 2, null), new(ByText, 1, null)]);
    }

    [Fact]
    public async Task a_session_clears_the_failures_of_what_proved_it()
    {
        await using var histories = await New();
        await histories.Account(Ann, AnnWithSecondFactor);
        await histories.Happened(Id(11), [Identified(Ann), WrongPassword, Password, Texted(), WrongCode]);
        await histories.Read();
        await histories.Happened(Attempt, [Identified(Ann), WrongPassword, Password, Texted(), WrongCode, RightCode, ASession]);

        var status = await Status(histories);
        status.Failing.ShouldBeEmpty();
        status.LastVerified.ShouldBe(new(NineOClock, ByText, Attempt));
        status.Proved.Keys.ShouldBe([Id(11)]);
    }

    [Fact]
    public async Task a_step_up_uses_a_backup_code_up_and_clears_what_it_proved()
    {
        await using var histories = await New();
        await histories.Account(Ann, [.. AnnWithSecondFactor, new BackupCodesMade(Id(7), 10)]);
        await histories.Happened(Attempt, [Identified(Ann), WrongPassword, Password, Texted(), WrongCode, RightCode, ASession]);
        await histories.Happened(Id(11), [Identified(Ann), WrongPassword]);
        await histories.OfSession(Session, new SteppedUp(Id(40), Authenticator.Password, Authenticator.BackupCode) { User = Ann });

        var status = await Status(histories);
        (status.BackupCodes, status.Failing.IsEmpty).ShouldBe((9, true));
    }

    [Fact]
    public async Task half_a_sign_in_clears_nothing()
    {
        await using var histories = await New();
        await histories.Account(Ann, AnnWithSecondFactor);
        await histories.Happened(Attempt, [Identified(Ann), WrongPassword, Password, new Expired()]);

        var status = await Status(histories);
        status.Failing.ShouldBe([new(Authenticator.Password, 1, null)]);
        status.Proved.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_tenth_failure_in_a_row_over_all_sign_ins_makes_them_wait()
    {
        await using var histories = await New();
        await histories.Account(Ann, AnnWithSecondFactor);
        await histories.Happened(Id(11), [Identified(Ann), .. Enumerable.Repeat(WrongPassword, 5)]);
        await histories.Happened(Id(12), [Identified(Ann), .. Enumerable.Repeat(WrongPassword, 5)]);

        (await Status(histories)).Failing.ShouldBe([new(Authenticator.Password, 10, NineOClock.AddSeconds(30))]);
    }

    [Fact]
    public async Task a_lock_shows_until_it_is_lifted()
    {
        await using var histories = await New();
        await histories.Account(Ann, [.. AnnWithSecondFactor, new Locked(NineOClock.AddHours(1))]);
        var status = await Status(histories);
        (status.Locked, status.LockedUntil).ShouldBe((true, NineOClock.AddHours(1)));

        await histories.Account(Ann, [new Unlocked()]);
        (await Status(histories)).Locked.ShouldBeFalse();
    }

    [Fact]
    public async Task a_strangers_failures_are_nobodys()
    {
        await using var histories = await New();
        await histories.Account(Ann, AnnWithSecondFactor);
        await histories.Happened(Attempt, [Identified(user: null), WrongPassword]);
        await histories.Read();

        (await histories.Rows(nameof(UserMfaStatus))).Split('\n').ShouldHaveSingleItem();
        (await Status(histories)).Failing.ShouldBeEmpty();
    }

    [Fact]
    public async Task two_instances_with_the_same_ids_know_nothing_of_each_other()
    {
        await using var histories = await New();
        await histories.Account(Ann, AnnWithSecondFactor);
        await histories.Account(Ann, AnnWithSecondFactor, tenant: "other");
        await histories.Happened(Attempt, [Identified(Ann)]);
        await histories.Happened(Attempt, [Identified(Id(9))], tenant: "other");
        await histories.Read();
        await histories.Happened(Attempt, [WrongPassword]);
        await histories.Happened(Attempt, [WrongPassword, WrongPassword], tenant: "other");

        (await Status(histories)).Failing.ShouldBe([new(Authenticator.Password, 1, null)]);
        (await histories.Stored<UserMfaStatus>(Ann, "other")).ShouldNotBeNull().Failing.ShouldBeEmpty();
        (await histories.Stored<UserMfaStatus>(Id(9), "other")).ShouldNotBeNull().Failing.ShouldBe([new(Authenticator.Password, 2, null)]);
    }

    private static async Task<UserMfaStatus> Status(Histories histories)
    {
        await histories.Read();
        return (await histories.Stored<UserMfaStatus>(Ann)).ShouldNotBeNull();
    }
}
