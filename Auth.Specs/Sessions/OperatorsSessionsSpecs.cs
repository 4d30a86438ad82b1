using System.Text.Json.Nodes;
using Auth.Domain.Sessions;
using Auth.Specs.Given;

namespace Auth.Specs.Sessions;

/// <summary>The operator sees and ends sessions, and makes none (R03, R70, R75).</summary>
public class OperatorsSessionsSpecs(RunningHost host)
{
    [Fact]
    public async Task a_persons_sessions_are_listed_newest_first()
    {
        var person = await Person.Make(host, twoStep: false);
        var (first, second) = (await SignedIn(person), await SignedIn(person));

        var list = (await Operator.Get($"/v1/sessions?user_id={person.UserId}")).Json.AsArray();

        list.Select(Id).ShouldBe([second.Session, first.Session]);
        list.ShouldAllBe(session => (string)session!["user_id"]! == person.UserId);
        (await Operator.Get($"/v1/sessions?user_id={person.UserId}&limit=1&offset=1")).Json.AsArray().Select(Id).ShouldBe([first.Session]);
    }

    [Theory]
    [InlineData("active")]
    [InlineData("ended")]
    [InlineData("removed")]
    [InlineData("replaced")]
    [InlineData("revoked")]
    [InlineData("expired")]
    [InlineData("abandoned")]
    public async Task ended_ones_stay_readable_by_status(string status)
    {
        var person = await Person.Make(host, twoStep: false);
        var session = await InStatus(person, status);
        StoryClock.Advance(TimeSpan.FromHours(status switch { "expired" => 24, "abandoned" => 1, _ => 0 }));

        (await Operator.Get($"/v1/sessions?user_id={person.UserId}&status={status}")).Json.AsArray().Select(Id).ShouldContain(session);
        ((string)(await Operator.Get($"/v1/sessions/{session}")).Json["status"]!).ShouldBe(status);
        foreach (var other in Statuses.Except([status]))
            (await Operator.Get($"/v1/sessions?user_id={person.UserId}&status={other}")).Json.AsArray().Select(Id).ShouldNotContain(session);
    }

    [Fact]
    public async Task a_clients_sessions_are_listed_and_the_client_is_shown()
    {
        var person = await Person.Make(host, twoStep: false);
        var (desk, _) = (await SignedIn(person), await SignedIn(person));
        var client = (string)(await desk.Browser.Get("/v1/client")).Response["id"]!;

        (await Operator.Get($"/v1/sessions?client_id={client}")).Json.AsArray().Select(Id).ShouldBe([desk.Session]);

        var shown = (await Operator.Get($"/v1/clients/{client}")).Json;
        shown["session_ids"]!.AsArray().Select(id => (string)id!).ShouldBe([desk.Session]);
        ((string)shown["last_active_session_id"]!).ShouldBe(desk.Session);
        (await Operator.Get("/v1/clients/client_unknown")).ShouldBe(404, "resource_not_found");
    }

    [Theory]
    [InlineData("", "form_param_missing")]
    [InlineData("?user_id=user_unknown&status=asleep", "form_param_value_invalid")]
    [InlineData("?user_id=user_unknown&limit=0", "form_param_value_invalid")]
    [InlineData("?user_id=user_unknown&offset=-1", "form_param_value_invalid")]
    public async Task a_question_without_sense_is_refused(string query, string code) => (await Operator.Get($"/v1/sessions{query}")).ShouldBe(422, code);

    [Fact]
    public async Task nobody_has_no_sessions() => (await Operator.Get("/v1/sessions?user_id=user_unknown")).Json.AsArray().ShouldBeEmpty();

    [Fact]
    public async Task all_of_a_persons_sessions_end_at_once_and_sign_ins_that_wait_with_them_R75()
    {
        var person = await Person.Make(host);
        var account = await Account.SignIn(host, person);
        StoryClock.Advance(TimeSpan.FromSeconds(31));
        var (second, waiting) = (new Visit(host, person), new Visit(host, person));
        await second.Create();
        await second.Prepare();
        var other = (string)(await second.Attempt(await person.LatestCode(host, texts: 2))).Response["created_session_id"]!;
        await waiting.Create();

        var reply = await new Operator(host).Post($"/v1/users/{person.UserId}/sessions/revoke", new { });

        reply.Status.ShouldBe(200, reply.Text);
        reply.Json.AsArray().Select(one => ((string)one!["id"]!, (string)one["status"]!)).ShouldBe([(other, "revoked"), (account.Session, "revoked")], "newest first");
        foreach (var browser in (Browser[])[account.Browser, second.Browser]) (await browser.Get("/v1/me")).ShouldBe(401, "authentication_invalid");
        (await waiting.Attempt("123456")).ShouldBe(400, "sign_in_expired");
        (await SessionFacts.Of(host, other)).ShouldBe([new Ended(EndReason.Revoked) { User = person.Id }]);
        (await new Operator(host).Post($"/v1/users/{person.UserId}/sessions/revoke", new { })).Json.AsArray().ShouldBeEmpty();
        (await new Operator(host).Post("/v1/users/user_nobody/sessions/revoke", new { })).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task a_revoked_session_gives_no_token_any_more_R70()
    {
        var person = await Person.Make(host, twoStep: false);
        var (desk, phone) = (await SignedIn(person), await SignedIn(person));

        ((string)(await Operator.Post($"/v1/sessions/{desk.Session}/revoke", new { })).Json["status"]!).ShouldBe("revoked");
        ((string)(await Operator.Post($"/v1/sessions/{desk.Session}/revoke", new { })).Json["status"]!).ShouldBe("revoked");

        (await desk.Browser.Post($"/v1/client/sessions/{desk.Session}/tokens")).ShouldBe(404, "resource_not_found");
        (await phone.Browser.Post($"/v1/client/sessions/{phone.Session}/tokens")).Status.ShouldBe(200);
        (await SessionFacts.Of(host, desk.Session)).ShouldBe([new Ended(EndReason.Revoked) { User = person.Id }]);
    }

    [Fact]
    public async Task an_unknown_session_is_unknown()
    {
        (await Operator.Get("/v1/sessions/sess_unknown")).ShouldBe(404, "resource_not_found");
        (await Operator.Post("/v1/sessions/sess_unknown/revoke", new { })).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task it_takes_the_secret_key()
    {
        var desk = await SignedIn(await Person.Make(host, twoStep: false));

        foreach (var path in (string[])["/v1/sessions", $"/v1/sessions/{desk.Session}", "/v1/clients/client_unknown"]) (await desk.Browser.Get(path)).Status.ShouldBe(401);
        (await desk.Browser.Post($"/v1/sessions/{desk.Session}/revoke")).Status.ShouldBe(401);
        (await desk.Browser.Get("/v1/me")).Status.ShouldBe(200);
    }

    private static readonly string[] Statuses = ["active", "ended", "removed", "replaced", "revoked", "expired", "abandoned"];

    private Operator Operator => new(host);

    private async Task<string> InStatus(Person person, string status)
    {
        var (browser, session, visit) = await SignedIn(person);
        switch (status)
        {
            case "ended": await browser.Post($"/v1/client/sessions/{session}/end"); break;
            case "removed": await browser.Post($"/v1/client/sessions/{session}/remove"); break;
            case "replaced": await visit.Create(); break;
            case "revoked": await Operator.Post($"/v1/sessions/{session}/revoke", new { }); break;
        }

        return session;
    }

    private async Task<(Browser Browser, string Session, Visit Visit)> SignedIn(Person person)
    {
        var visit = new Visit(host, person);
        return (visit.Browser, (string)(await visit.Create()).Response["created_session_id"]!, visit);
    }

    private static string Id(JsonNode? session) => (string)session!["id"]!;
}
