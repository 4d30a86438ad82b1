using Auth.Domain.SignIns;
using Auth.Host.Http;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Audit;

/// <summary>Sign-ins, newest first.</summary>
public class ListSpecs : AuditSpec
{
    [Fact]
    public async Task it_is_never_behind_the_events()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Id(11), Password);
        await histories.Read();
        await histories.Happened(Id(11), [new Superseded(Attempt)]);
        await Begins(histories, key, Attempt, [.. UpToTheCode, RightCode, ASession]);

        var told = await Asked(histories, "list", "--json");
        Lines(told, "id").ShouldBe([TheSignIn, $"{new SignInId(Id(11))}"]);
        Lines(told, "outcome").ShouldBe(["converted", "superseded"]);
        told.Words.ShouldContain("2 sign-ins, up to event 15.");
    }

    [Fact]
    public async Task a_sign_in_whose_time_is_over_is_listed_as_expired()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Attempt, Password);
        await histories.Read();
        histories.Clock.Advance(TimeSpan.FromMinutes(10));

        Lines(await Asked(histories, "list", "--outcome", "expired", "--json"), "id").ShouldBe([TheSignIn]);
        Lines(await Asked(histories, "list", "--outcome", "open", "--json"), "id").ShouldBeEmpty();
    }

    [Fact]
    public async Task it_narrows_by_person_time_and_factor_and_stops_at_the_limit()
    {
        var (histories, key) = await GivenAnn();
        await using var _ = histories;
        await Begins(histories, key, Id(11), Password);
        await histories.Happened(Id(12), [Identified(user: null)], OneSecond);
        await histories.Read();
        await Begins(histories, key, Attempt, [.. UpToTheCode, RightCode, ASession]);

        Lines(await Asked(histories, "list", "--user", $"{new UserId(Ann)}", "--json"), "id").Count.ShouldBe(2);
        Lines(await Asked(histories, "list", "--factor", "phone_code", "--json"), "id").ShouldBe([TheSignIn]);
        Lines(await Asked(histories, "list", "--since", "2026-03-02T09:00:03Z", "--json"), "id").ShouldBe([TheSignIn]);
        Lines(await Asked(histories, "list", "--until", "2026-03-02T09:00:01Z", "--json"), "id").ShouldBe([$"{new SignInId(Id(11))}"]);
        Lines(await Asked(histories, "list", "--limit", "1", "--json"), "id").ShouldBe([TheSignIn]);
    }

    [Fact]
    public async Task a_stranger_is_listed_without_a_user()
    {
        var (histories, _) = await GivenAnn();
        await using var __ = histories;
        await histories.Happened(Attempt, [Identified(user: null, new(Id(40), "Ym94"))]);

        var told = await Asked(histories, "list", "--json");
        Lines(told, "user").ShouldBe([null]);
        Lines(told, "identifier").ShouldBe(["[erased]"]);
    }

    private static List<string?> Lines(Answer told, string field) =>
        [.. told.Data.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty(field).GetString())];
}
