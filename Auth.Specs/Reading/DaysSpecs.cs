using Auth.Domain.SignIns;
using Auth.Projections;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Reading;

/// <summary>Given what happened, these days: of texts by country, and of sign-ins.</summary>
public class DaysSpecs
{
    private const string Monday = "2026-03-02", Tuesday = "2026-03-03";
    private static readonly SecondFactorPrepared ToSweden = Texted() with { Country = "SE" };

    [Fact]
    public async Task a_text_is_told_on_the_day_it_was_asked_for_with_all_that_became_of_it()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password, ToSweden]);
        await histories.Read();
        histories.Clock.Advance(TimeSpan.FromDays(1));
        await histories.Happened(Attempt, [new TextHandedOver(Text, "s1"), new TextDelivered(Text, NineOClock), RightCode, ASession]);
        await histories.Read();

        (await Row($"{Monday}:SE", histories)).ShouldBe((1, 1, 1, 1, 0));
        (await histories.Stored<SmsLedger>($"{Tuesday}:SE")).ShouldBeNull();
    }

    [Fact]
    public async Task texts_that_nobody_typed_that_failed_that_were_kept_and_that_would_have_been_are_told_apart()
    {
        await using var histories = await New();
        await histories.Happened(Attempt,
        [
            Identified(Ann), Password, ToSweden, new TextHandedOver(Text, "s1"), new TextUndeliverable(Text, "Aborted", "404"), Texted(2) with { Country = "SE", Noted = RefusalReason.Prefix },
            new SecondFactorRefused(ByText, RefusalReason.Budget, NineOClock, "SE"), new SecondFactorRefused(ByText, RefusalReason.Waiting, NineOClock),
        ]);
        await histories.Happened(Id(11), [Identified(user: null), new FirstFactorPrepared(new(Strategy.PhoneCode), Id(40), 1, new(CodeKey, "00ff", 1, NineOClock), NineOClock) { Country = "SE" }]);
        await histories.Read();

        (await Row($"{Monday}:SE", histories)).ShouldBe((2, 1, 0, 0, 2));
        var row = (await histories.Stored<SmsLedger>($"{Monday}:SE")).ShouldNotBeNull();
        row.Failed.ShouldBe(new Dictionary<string, int> { ["404"] = 1 });
        row.Suppressed.ShouldBe(new Dictionary<RefusalReason, int> { [RefusalReason.Budget] = 1 });
        row.Noted.ShouldBe(new Dictionary<RefusalReason, int> { [RefusalReason.Prefix] = 1 });
        (row.Day, row.Country).ShouldBe((Monday, "SE"));
    }

    [Fact]
    public async Task a_mailed_second_code_is_told_of_the_day_and_is_no_text()
    {
        Authenticator byMail = new(Strategy.EmailCode, Id(6));
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password, Texted() with { Authenticator = byMail }, new TextHandedOver(Text, "m1"), new SecondFactorVerified(byMail), ASession]);
        await histories.Read();

        var day = (await histories.Stored<MfaAdoption>(Monday)).ShouldNotBeNull();
        (day.Second[Strategy.EmailCode], day.Typed, day.Sent).ShouldBe((1, 1, 1));
        (await histories.Rows(nameof(SmsLedger))).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_day_counts_what_happened_on_it()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password, ToSweden, new TextHandedOver(Text, "s1"), WrongCode, RightCode, ASession]);
        await histories.Happened(Id(11), [Identified(Ann), new FirstFactorRejected(Authenticator.Password)]);
        histories.Clock.Advance(TimeSpan.FromDays(1));
        await histories.Happened(Id(11), [new Expired()]);
        await histories.Happened(Attempt, [new TextDelivered(Text, NineOClock)]);
        await histories.Read();

        var day = (await histories.Stored<MfaAdoption>(Monday)).ShouldNotBeNull();
        (day.Started, day.Converted, day.Failed, day.WrongGuesses, day.Sent, day.Delivered, day.Typed).ShouldBe((2, 1, 0, 2, 1, 0, 1));
        (day.First[Strategy.Password], day.Second[Strategy.PhoneCode]).ShouldBe((1, 1));
        var next = (await histories.Stored<MfaAdoption>(Tuesday)).ShouldNotBeNull();
        (next.Started, next.Failed, next.Delivered).ShouldBe((0, 1, 1));
    }

    [Fact]
    public async Task two_instances_have_days_of_their_own_R76()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password, ToSweden]);
        await histories.Happened(Id(12), [Identified(Ann), Password, ToSweden], tenant: "other");
        await histories.Read();

        (await Row($"{Monday}:SE", histories)).ShouldBe((1, 0, 0, 0, 1));
    }

    private static async Task<(int Asked, int Sent, int Delivered, int Used, int Unused)> Row(string id, Histories histories)
    {
        var row = (await histories.Stored<SmsLedger>(id)).ShouldNotBeNull();
        return (row.Asked, row.Sent, row.Delivered, row.Used, row.Unused);
    }
}
