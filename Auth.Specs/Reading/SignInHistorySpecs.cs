using Auth.Domain;
using Auth.Domain.SignIns;
using Auth.Projections;
using Marten;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Reading;

/// <summary>Given the events of a sign-in, this line in the person's list.</summary>
public class SignInHistorySpecs
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task a_sign_in_with_both_factors_is_one_line()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password, Texted(), new TextHandedOver(Text, "s1"), WrongCode, RightCode, ASession], OneSecond);
        await histories.Read();

        (await histories.Stored<SignInHistory>(Attempt)).ShouldBe(Begun(Ann) with
        {
            UpTo = 7,
            SecondFactorBy = NineOClock.AddMinutes(10),
            Outcome = Outcome.Converted,
            FirstFactor = Strategy.Password,
            SecondFactor = Strategy.PhoneCode,
            WrongGuesses = 1,
            Texts = new(1, 0, 0),
            Session = Session,
            FinishedAt = NineOClock.AddSeconds(6),
        });
    }

    [Fact]
    public async Task address_and_agent_are_those_it_began_with_and_stay_sealed()
    {
        await using var histories = await New();
        var (address, agent) = (new Sealed(Ann, "YWRk"), new Sealed(Ann, "YWd0"));
        await histories.Happened(Attempt, [Identified(Ann)], headers: new Dictionary<string, string>
        {
            [EventHeaders.Address] = EventHeaders.Write(address),
            [EventHeaders.Agent] = EventHeaders.Write(agent),
        });
        await histories.Happened(Attempt, [Password], headers: new Dictionary<string, string> { [EventHeaders.Address] = EventHeaders.Write(new(Ann, "b3Ro")) });
        await histories.Read();

        (await histories.Stored<SignInHistory>(Attempt)).ShouldBe(
            Begun(Ann) with { Address = address, Agent = agent, UpTo = 2, FirstFactor = Strategy.Password, SecondFactorBy = NineOClock.AddMinutes(10) });
    }

    [Fact]
    public async Task a_strangers_sign_in_has_no_user_and_counts_alike()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(user: null), new FirstFactorRejected(Authenticator.Password), new FirstFactorRejected(Authenticator.Password),
            new FirstFactorRefused(Authenticator.Password, RefusalReason.Waiting, NineOClock.AddMinutes(1))]);
        await histories.Read();

        (await histories.Stored<SignInHistory>(Attempt)).ShouldBe(Begun(user: null) with { UpTo = 4, WrongGuesses = 2, Refused = 1 });
    }

    [Fact]
    public async Task a_late_text_report_is_counted_after_the_end()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), Password, Texted(), new TextHandedOver(Text, "s1"), RightCode, ASession]);
        await histories.Read();
        await histories.Happened(Attempt, [new TextDelivered(Text, NineOClock)]);
        await histories.Read();

        var line = (await histories.Stored<SignInHistory>(Attempt)).ShouldNotBeNull();
        (line.Outcome, line.Texts, line.UpTo).ShouldBe((Outcome.Converted, new Texts(1, 1, 0), 7));
    }

    [Fact]
    public async Task the_first_end_is_the_outcome()
    {
        await using var histories = await New();
        await histories.Happened(Attempt, [Identified(Ann), new Superseded(Id(11)), new Expired()], OneSecond);
        await histories.Read();

        (await histories.Stored<SignInHistory>(Attempt)).ShouldBe(Begun(Ann) with { UpTo = 3, Outcome = Outcome.Superseded, FinishedAt = NineOClock.AddSeconds(1) });
    }

    [Theory]
    [InlineData(599, Outcome.Open)]
    [InlineData(600, Outcome.Expired)]
    public void time_ends_it_before_anybody_tells(int seconds, Outcome outcome) =>
        (Begun(Ann) with { SecondFactorBy = NineOClock.AddMinutes(10) }).OutcomeAt(NineOClock.AddSeconds(seconds)).ShouldBe(outcome);

    [Fact]
    public async Task a_persons_sign_ins_are_listed_newest_first()
    {
        await using var histories = await New();
        await histories.Happened(Id(11), [Identified(Ann)], OneSecond);
        await histories.Happened(Id(12), [Identified(Id(9))], OneSecond);
        await histories.Happened(Id(13), [Identified(Ann)], OneSecond);
        await histories.Read();

        await using var session = histories.Store.QuerySession("default");
        var list = await session.Query<SignInHistory>().Where(row => row.User == Ann).OrderByDescending(row => row.StartedAt).ToListAsync(TestContext.Current.CancellationToken);
        list.Select(row => row.Id).ShouldBe([Id(13), Id(11)]);
    }

    private static SignInHistory Begun(Guid? user) => new(
        Attempt, user, AnnsClient, IdentifierKind.EmailAddress, new(Ann, "Ym94"), null, null, NineOClock, NineOClock.AddMinutes(15), UpTo: 1);
}
