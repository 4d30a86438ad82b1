using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Keys;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Audit;

/// <summary>A sign-in again, event by event.</summary>
public class ReplaySpecs : AuditSpec
{
    private static readonly FirstFactorRejected WrongPassword = new(Authenticator.Password);

    [Fact]
    public async Task it_ends_where_the_sign_in_stands()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, [.. UpToTheCode, WrongCode, RightCode, ASession]);

        var replay = (await Asked(histories, "replay", TheSignIn, "--json")).Json;
        replay.GetProperty("stage").GetString().ShouldBe("converted");
        replay.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("stage").GetString()).ShouldBe(
        [
            "waiting for the first factor", "waiting for a second factor to be chosen", "waiting for the code", "waiting for the code", "waiting for the code",
            "proved, becoming a session", "converted",
        ]);
    }

    [Fact]
    public async Task each_step_tells_what_it_changed()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, [.. UpToTheCode, WrongCode, WrongCode]);

        (await Asked(histories, "replay", TheSignIn)).Data.ShouldContain("wrong guesses at the code 1 → 2 of 5");
    }

    [Fact]
    public async Task a_closed_factor_names_the_guesses_that_used_it_up()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, [.. UpToTheCode, WrongCode, WrongCode, Texted(2), WrongCode, WrongCode, WrongCode, new SecondFactorRefused(ByText, RefusalReason.Closed, null)]);

        var told = await Asked(histories, "replay", TheSignIn);
        told.Data.ShouldContain("because 5 of 5 wrong guesses: events 5, 6, 8, 9, 10");
        told.Data.ShouldContain("waiting, with the code closed by wrong guesses");
    }

    [Fact]
    public async Task a_wait_names_the_failures_of_other_sign_ins_since_the_last_session()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Id(11), [WrongPassword, Password, Texted(), RightCode, ASession]);
        await Begins(histories, key, Id(12), [.. Enumerable.Repeat(WrongPassword, 5)]);
        await Begins(histories, key, Id(13), [.. Enumerable.Repeat(WrongPassword, 4)]);
        await Begins(histories, key, Attempt, WrongPassword, new FirstFactorRefused(Authenticator.Password, RefusalReason.Waiting, NineOClock.AddMinutes(1)));

        var why = (await Asked(histories, "replay", TheSignIn, "--json")).Json.GetProperty("steps")[2].GetProperty("why");
        why.GetProperty("sentence").GetString().ShouldBe("10 failures in a row on the password, wait until 09:01:00");
        why.GetProperty("because").EnumerateArray().Select(e => e.GetProperty("version").GetInt64()).ShouldBe([2, 3, 4, 5, 6, 2, 3, 4, 5, 2]);
    }

    [Fact]
    public async Task a_send_limit_names_the_texts_that_used_it_up()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Id(11), [Password, .. Enumerable.Range(1, 5).Select(n => Texted(n))]);
        await Begins(histories, key, Attempt, Password, new SecondFactorRefused(ByText, RefusalReason.SendLimit, NineOClock.AddHours(1)));

        var told = await Asked(histories, "replay", TheSignIn);
        told.Data.ShouldContain("because 5 of 5 texts to this number in an hour");
        told.Data.ShouldContain($"{new SignInId(Id(11))}");
        told.Data.ShouldContain("events 3, 4, 5, 6, 7");
    }

    [Fact]
    public async Task an_invalidation_names_what_changed_about_the_person()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, UpToTheCode);
        await histories.Account(Ann, [new ReleasedFromSecondFactor(AnnsPhone)]);
        await histories.Happened(Attempt, [new Invalidated(2)]);

        (await Asked(histories, "replay", TheSignIn)).Data.ShouldContain("event 7");
    }

    [Fact]
    public async Task at_an_instant_only_what_had_happened_counts()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, [.. UpToTheCode, WrongCode, RightCode, ASession]);

        var replay = (await Asked(histories, "replay", TheSignIn, "--at", "2026-03-02T09:00:04.5Z", "--json")).Json;
        replay.GetProperty("steps").GetArrayLength().ShouldBe(5);
        replay.GetProperty("stage").GetString().ShouldBe("waiting for the code");
    }

    [Theory]
    [InlineData("09:04:59", "waiting for the code")]
    [InlineData("09:05:00", "waiting for a code; the one sent has run out")]
    [InlineData("09:10:00", "expired: its time is over, not yet told")]
    [InlineData("09:11:00", "expired")]
    public async Task time_ends_it_whether_or_not_that_was_told(string at, string stage)
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, UpToTheCode);
        histories.Clock.SetUtcNow(NineOClock.AddMinutes(11));
        await histories.Happened(Attempt, [new Expired()]);

        (await Asked(histories, "replay", TheSignIn, "--at", $"2026-03-02T{at}Z", "--json")).Json.GetProperty("stage").GetString().ShouldBe(stage);
    }

    [Fact]
    public async Task a_released_number_voids_it_before_that_is_told()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, UpToTheCode);
        await histories.Account(Ann, [new ReleasedFromSecondFactor(AnnsPhone)]);

        (await Asked(histories, "replay", TheSignIn, "--json")).Json.GetProperty("stage").GetString().ShouldBe("invalidated: the person's factors changed, not yet told");
    }

    [Fact]
    public async Task up_to_a_version_it_stands_as_it_stood_then()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, [.. UpToTheCode, RightCode, ASession]);

        (await Asked(histories, "replay", TheSignIn, "--version", "2", "--json")).Json.GetProperty("stage").GetString().ShouldBe("waiting for a second factor to be chosen");
    }

    [Fact]
    public async Task personal_values_are_masked()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, UpToTheCode);

        var told = await Asked(histories, "replay", TheSignIn);
        told.Data.ShouldContain("a•••@e•••");
        told.Data.ShouldContain("•••12");
        told.Data.ShouldContain("203.0.•••");
        told.Data.ShouldNotContain("ann@example.com");
    }

    [Fact]
    public async Task an_erased_person_leaves_a_replay_that_can_be_read()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, [.. UpToTheCode, RightCode, ASession]);
        await using (var session = histories.Store.LightweightSession("default"))
        {
            session.Delete<PersonalKey>(Ann);
            await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var told = await Asked(histories, "replay", TheSignIn);
        told.Code.ShouldBe(0);
        told.Data.ShouldContain("Identified as [erased]");
        told.Data.ShouldContain("text 1 to [erased]");
        told.Data.ShouldContain("converted");
    }
}
