using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Projections;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Reading;

/// <summary>Given what happened, these sessions of a person.</summary>
public class ActiveSessionsSpecs
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task a_session_is_told_with_its_start_its_sign_in_and_its_factors()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password, Texted(), RightCode, ASession], OneSecond);
        await histories.Read();

        var row = (await histories.Stored<ActiveSessions>(Ann)).ShouldNotBeNull();
        var line = row.Sessions.ShouldHaveSingleItem();
        (line with { Factors = [] }).ShouldBe(new SessionLine(
            Session, Attempt, NineOClock.AddSeconds(4), NineOClock.AddDays(1), [], "sign_in.converted", NineOClock.AddSeconds(4), null));
        line.Factors.ShouldBe([Strategy.Password, Strategy.PhoneCode]);
        row.UpTo.ShouldBe(5);
        row.Proved.ShouldBeEmpty();
    }

    [Fact]
    public async Task an_end_is_told_with_its_reason_and_the_session_stays_readable()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password, Texted(), RightCode, ASession]);
        await histories.Read();
        histories.Clock.Advance(OneSecond);
        await histories.OfSession(Session, new Ended(EndReason.RevokedByUser) { User = Ann });
        await histories.Read();

        var row = (await histories.Stored<ActiveSessions>(Ann)).ShouldNotBeNull();
        var line = row.Sessions.ShouldHaveSingleItem();
        (line.Ended, line.LastFact, line.LastFactAt).ShouldBe((EndReason.RevokedByUser, "session.ended", NineOClock.AddSeconds(1)));
        row.ActiveAt(NineOClock).ShouldBeEmpty();
        row.UpTo.ShouldBe(6);
    }

    [Fact]
    public async Task what_is_over_its_age_goes_when_another_one_begins()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password, Texted(), RightCode, ASession]);
        histories.Clock.Advance(TimeSpan.FromDays(1));
        await histories.Happened(Id(11), [Identified(Ann), Password, Texted(), RightCode, new Converted(Id(31), NineOClock.AddDays(2))]);
        await histories.Read();

        (await histories.Stored<ActiveSessions>(Ann)).ShouldNotBeNull().Sessions.Select(line => line.Session).ShouldBe([Id(31)]);
    }

    [Fact]
    public async Task what_was_proved_in_vain_is_forgotten()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password, new Superseded(Id(11))]);
        await histories.Read();

        var row = (await histories.Stored<ActiveSessions>(Ann)).ShouldNotBeNull();
        row.Sessions.ShouldBeEmpty();
        row.Proved.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(24 * 60 * 60, 0)]
    public async Task time_ends_one_before_anybody_tells(int seconds, int active)
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password, Texted(), RightCode, ASession]);
        await histories.Read();

        (await histories.Stored<ActiveSessions>(Ann)).ShouldNotBeNull().ActiveAt(NineOClock.AddSeconds(seconds)).Count().ShouldBe(active);
    }
}
