using System.Text.Json.Nodes;
using Auth.Specs.Given;

namespace Auth.Specs.Audit;

/// <summary>People, sessions, sign-ups and settings again, event by event.</summary>
public class StreamReplaySpecs(RunningHost host)
{
    private readonly Auditor _auditor = new(host);

    [Fact]
    public async Task a_person_is_told_by_what_each_event_changed()
    {
        var account = await Account.New(host);
        await account.AddApp();

        var told = (await _auditor.Ask("replay", account.Person.UserId, "--json")).Json;
        told["stage"]!.ToString().ShouldBe("an account with a second factor");
        Last(told)["changed"]![0]!["what"]!.ToString().ShouldBe("authenticator app");
        told.ToJsonString().ShouldNotContain(account.Person.EmailAddress);
    }

    [Fact]
    public async Task at_an_instant_a_person_stands_as_they_stood_then()
    {
        var account = await Account.New(host);
        var before = new StoryClock().GetUtcNow();
        await account.AddApp();

        (await _auditor.Ask("replay", account.Person.UserId, "--at", $"{before:O}", "--json")).Json["stage"]!.ToString().ShouldBe("an account without a second factor");
    }

    [Fact]
    public async Task a_session_begins_with_the_conversion_and_ends_with_its_reason()
    {
        var account = await Account.New(host);
        (await account.Browser.Post($"/v1/client/sessions/{account.Session}/end")).Status.ShouldBe(200);

        var told = (await _auditor.Ask("replay", account.Session, "--json")).Json;
        told["steps"]!.AsArray().Select(step => (string)step!["event"]!["type"]!).ShouldBe(["sign_in.converted", "session.ended"]);
        told["stage"]!.ToString().ShouldBe("ended: signed out");
        (await _auditor.Ask("replay", account.Session, "--version", "1", "--json")).Json["stage"]!.ToString().ShouldBe("under way");
    }

    [Fact]
    public async Task a_sign_up_names_the_guesses_that_closed_its_code()
    {
        var newcomer = new Browser(host);
        var begun = await newcomer.Post("/v1/client/sign_ups", ("email_address", $"new{Guid.NewGuid():n}@example.com"), ("password", "correct horse battery staple"));
        var id = (string)begun.Response["id"]!;
        await newcomer.Post($"/v1/client/sign_ups/{id}/prepare_verification", ("strategy", "email_code"));
        for (var n = 0; n < 6; n++) await newcomer.Post($"/v1/client/sign_ups/{id}/attempt_verification", ("strategy", "email_code"), ("code", "00000" + n));

        var told = (await _auditor.Ask("replay", id, "--json")).Json;
        Last(told)["event"]!["type"]!.ToString().ShouldBe("sign_up.code_refused");
        var why = Last(told)["why"]!;
        why["sentence"]!.ToString().ShouldBe("5 wrong guesses");
        why["because"]!.AsArray().Count.ShouldBe(5);
    }

    [Fact]
    public async Task settings_are_told_setting_by_setting()
    {
        await using var office = new Office();
        await office.InitializeAsync();
        await office.Open();
        await office.Stage(new { second_factor = new { policy = "required" } });
        (await office.Apply(office.Tag())).Status.ShouldBe(200);

        var told = (await new Auditor(office.Host).Ask("replay", "settings", "--json")).Json;
        Last(told)["changed"]!.AsArray().ShouldContain(change => (string)change!["what"]! == "second_factor.policy" && (string)change["to"]! == "\"required\"");
    }

    [Fact]
    public async Task what_is_no_stream_is_1() => (await _auditor.Ask("replay", "user_01m86jqbmyfaqbydybk0scv4wz")).Code.ShouldBe(1);

    private static JsonNode Last(JsonNode told) => told["steps"]!.AsArray()[^1]!;
}
