using Auth.Domain.SignIns;
using Auth.Projections;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Reading;

/// <summary>Given the events of a sign-in, what an auditor reads of it.</summary>
public class SignInTimelineSpecs
{
    [Fact]
    public async Task every_fact_is_there_in_order_with_its_name_time_and_headers()
    {
        await using var histories = await New();
        await histories.Account(Ann, AnnWithSecondFactor);
        await histories.Happened(Attempt, [Identified(Ann), new FirstFactorRejected(Authenticator.Password)], TimeSpan.FromSeconds(2),
            headers: new Dictionary<string, string> { [EventHeaders.Settings] = "7", [EventHeaders.Trace] = "4bf9" });
        await histories.Read();

        var timeline = (await histories.Stored<SignInTimeline>(Attempt)).ShouldNotBeNull();
        (timeline.User, timeline.UpTo).ShouldBe((Ann, 8));
        timeline.Entries.Select(entry => (entry.Version, entry.Sequence, entry.Type, entry.At, entry.Settings, entry.Trace)).ShouldBe(
        [
            (1, 7, "sign_in.identified", NineOClock, "7", "4bf9"),
            (2, 8, "sign_in.first_factor_rejected", NineOClock.AddSeconds(2), "7", "4bf9"),
        ]);
    }

    [Fact]
    public async Task a_fact_is_read_as_it_was_stored()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password]);
        await histories.Read();

        var fact = (await histories.Stored<SignInTimeline>(Attempt)).ShouldNotBeNull().Entries[1].Facts;
        fact.GetProperty("authenticator").GetProperty("strategy").GetString().ShouldBe("Password");
        fact.GetProperty("demand").GetString().ShouldBe("SecondFactor");
        fact.GetProperty("secondFactorBy").GetDateTimeOffset().ShouldBe(NineOClock.AddMinutes(10));
    }

    [Fact]
    public async Task a_late_text_report_is_the_last_entry()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password, Texted(), RightCode, ASession]);
        await histories.Read();
        await histories.Happened(Attempt, [new TextUndeliverable(Text, "Failed", "402")]);
        await histories.Read();

        var timeline = (await histories.Stored<SignInTimeline>(Attempt)).ShouldNotBeNull();
        timeline.Entries.Select(entry => entry.Version).ShouldBe([1, 2, 3, 4, 5, 6]);
        timeline.Entries[^1].Type.ShouldBe("sign_in.text_undeliverable");
    }
}
