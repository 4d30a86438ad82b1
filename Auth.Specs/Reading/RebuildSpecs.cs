using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Projections;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Reading;

/// <summary>A rebuilt reading is, field for field, the one that followed the events as they came.</summary>
public class RebuildSpecs
{
    [Theory]
    [InlineData(nameof(UserMfaStatus))]
    [InlineData(nameof(SignInHistory))]
    [InlineData(nameof(SignInTimeline))]
    [InlineData(nameof(ActiveSessions))]
    [InlineData(UserOverview.Reading)]
    public async Task a_rebuild_gives_the_live_rows(string reading)
    {
        await using var histories = await New();
        await LiveThrough(histories);
        var live = await histories.Rows(reading);
        live.ShouldNotBeEmpty();

        await histories.Rebuild(reading);

        (await histories.Rows(reading)).ShouldBe(live);
    }

    // In small pages, sign-ins of several people mixed, ends that come late.
    private static async Task LiveThrough(Histories histories)
    {
        var apart = TimeSpan.FromSeconds(3);
        await histories.Account(Ann, AnnWithSecondFactor);
        await histories.Happened(Id(11), [Identified(Ann), new FirstFactorRejected(Authenticator.Password)], apart);
        await histories.Read();
        await histories.Happened(Id(12), [Identified(user: null), new FirstFactorRejected(Authenticator.Password)], apart);
        await histories.Happened(Attempt, [Identified(Ann), Password, Texted(), new TextHandedOver(Text, "s1"), WrongCode], apart);
        await histories.Read();
        await histories.Happened(Id(11), [new Superseded(Attempt)], apart);
        await histories.Happened(Attempt, [Texted(2), new SecondFactorRefused(ByText, RefusalReason.SendLimit, NineOClock.AddHours(1)), RightCode, ASession], apart);
        await histories.Account(Ann, [new Locked(null), new Unlocked(), new ReleasedFromSecondFactor(AnnsPhone)]);
        await histories.Read();
        await histories.Happened(Attempt, [new TextDelivered(Text, NineOClock), new TextUndeliverable(Id(21), "Expired", null)], apart);
        await histories.Happened(Id(12), [new Expired()], apart);
        await histories.OfSession(Session, new Ended(EndReason.SignedOut) { User = Ann });
        await histories.Account(Ann, [new Banned(), new Unbanned(), new NamesChanged(null, null)]);
        await histories.Account(Id(8), [new UserCreated(null, null), new PasswordSet(), new UserErased()]);
        await histories.Happened(Id(13), [Identified(Ann), Password, Texted()], apart, tenant: "other");
        await histories.Read();
    }
}
