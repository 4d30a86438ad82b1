using System.Text.Json.Nodes;
using Auth.Domain.Sessions;
using Auth.Specs.Given;

namespace Auth.Specs.Sessions;

/// <summary>A person sees their sessions and ends them, wherever they are, from a session that is active (R61, R69, R70, R75).</summary>
public class OwnSessionsSpecs(RunningHost host)
{
    [Fact]
    public async Task a_person_sees_where_they_are_signed_in()
    {
        var person = await Person.Make(host, twoStep: false);
        var (desk, phone) = (await SignedIn(person, Devices.ChromeOnWindows), await SignedIn(person, Devices.SafariOnIPhone));

        var list = (await desk.Browser.Get("/v1/me/sessions/active")).Json.AsArray();

        list.Select(Id).ShouldBe([phone.Session, desk.Session], "newest first");
        var activity = list[0]!["latest_activity"]!;
        new[] { "browser_name", "browser_version", "device_type", "ip_address", "is_mobile", "object" }.Select(member => activity[member]!.ToString())
            .ShouldBe(["Safari", "17.5", "iPhone", "0.0.0.0", "true", "session_activity"]);
        activity.AsObject().ShouldNotContainKey("country");
    }

    [Fact]
    public async Task no_token_comes_along()
    {
        var person = await Person.Make(host, twoStep: false);
        var (desk, _) = (await SignedIn(person), await SignedIn(person));

        foreach (var path in (string[])["/v1/me/sessions", "/v1/me/sessions/active"])
            (await desk.Browser.Get(path)).Json.AsArray().ShouldAllBe(session => session!["last_active_token"] == null);
    }

    [Fact]
    public async Task what_is_over_is_listed_with_all_and_not_with_the_active_ones()
    {
        var person = await Person.Make(host, twoStep: false);
        var (desk, phone, gone) = (await SignedIn(person), await SignedIn(person), await SignedIn(person));
        await gone.Browser.Post($"/v1/client/sessions/{gone.Session}/end");
        await phone.Visit.Create();

        var all = (await desk.Browser.Get("/v1/me/sessions")).Json.AsArray();

        all.Count.ShouldBe(4);
        all.ToDictionary(session => Id(session), session => (string)session!["status"]!).ShouldContainKeyAndValue(gone.Session, "ended");
        all.Where(session => Id(session) == phone.Session).Select(session => (string)session!["status"]!).ShouldBe(["ended"], "the Frontend API has no word for replaced");
        (await desk.Browser.Get("/v1/me/sessions/active")).Json.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_person_ends_a_session_on_another_client()
    {
        var person = await Person.Make(host, twoStep: false);
        var (desk, phone) = (await SignedIn(person), await SignedIn(person));

        var reply = await desk.Browser.Post($"/v1/me/sessions/{phone.Session}/revoke");

        reply.Status.ShouldBe(200, reply.Text);
        ((string)reply.Response["status"]!).ShouldBe("revoked");
        reply.Json["client"]!["sessions"]!.AsArray().Select(Id).ShouldBe([desk.Session]);
        (await phone.Browser.Post($"/v1/client/sessions/{phone.Session}/tokens")).ShouldBe(404, "resource_not_found");
        (await phone.Browser.Get("/v1/me")).ShouldBe(401, "authentication_invalid");
        (await desk.Browser.Get("/v1/me")).Status.ShouldBe(200);
        (await Facts(phone.Session)).ShouldBe([new Ended(EndReason.RevokedByUser) { User = person.Id }]);
    }

    [Fact]
    public async Task a_person_ends_the_session_they_speak_in()
    {
        var desk = await SignedIn(await Person.Make(host, twoStep: false));

        (await desk.Browser.Post($"/v1/me/sessions/{desk.Session}/revoke")).Json["client"]!["sessions"]!.AsArray().ShouldBeEmpty();

        (await desk.Browser.Get("/v1/me/sessions/active")).ShouldBe(401, "authentication_invalid");
    }

    [Fact]
    public async Task to_end_one_on_another_client_takes_a_step_up_R75()
    {
        var person = await Person.Make(host, twoStep: false);
        var (desk, phone) = (await SignedIn(person), await SignedIn(person));
        StoryClock.Advance(TimeSpan.FromMinutes(10));

        (await desk.Browser.Post($"/v1/me/sessions/{phone.Session}/revoke")).ShouldBe(403, "session_reverification_required");
        (await phone.Browser.Get("/v1/me")).Status.ShouldBe(200);

        var account = new Account(person, desk.Browser, desk.Session);
        await account.StepUp("", ("level", "first_factor"));
        (await account.StepUp("/attempt_first_factor", ("strategy", "password"), ("password", person.Password))).Status.ShouldBe(200);
        (await desk.Browser.Post($"/v1/me/sessions/{phone.Session}/revoke")).Status.ShouldBe(200);
        (await phone.Browser.Get("/v1/me")).ShouldBe(401, "authentication_invalid");
    }

    [Fact]
    public async Task a_client_drops_its_own_session_without_one_R75()
    {
        var desk = await SignedIn(await Person.Make(host, twoStep: false));
        StoryClock.Advance(TimeSpan.FromMinutes(10));
        (await desk.Browser.Post($"/v1/me/sessions/{desk.Session}/revoke")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task what_is_over_stays_as_it_is()
    {
        var person = await Person.Make(host, twoStep: false);
        var (desk, phone) = (await SignedIn(person), await SignedIn(person));
        await phone.Browser.Post($"/v1/client/sessions/{phone.Session}/end");

        var reply = await desk.Browser.Post($"/v1/me/sessions/{phone.Session}/revoke");

        ((string)reply.Response["status"]!).ShouldBe("ended");
        (await Facts(phone.Session)).ShouldBe([new Ended(EndReason.SignedOut) { User = person.Id }]);
    }

    [Fact]
    public async Task a_session_of_somebody_else_is_as_unknown_as_one_that_never_was()
    {
        var (ann, bob) = (await SignedIn(await Person.Make(host, twoStep: false)), await SignedIn(await Person.Make(host, twoStep: false)));

        foreach (var id in (string[])[bob.Session, "sess_00000000000000000000000001", "sess_nonsense"])
            (await ann.Browser.Post($"/v1/me/sessions/{id}/revoke")).ShouldBe(404, "resource_not_found");

        (await bob.Browser.Get("/v1/me")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("half done")]
    [InlineData("ended")]
    [InlineData("idle")]
    [InlineData("over age")]
    [InlineData("naming another client's session")]
    [InlineData("naming somebody else's session")]
    [InlineData("with an old secret")]
    public async Task only_an_active_session_of_the_callers_own_client_proves_anything(string how)
    {
        var person = await Person.Make(host);
        var other = new Visit(host, person);
        var theirs = await other.Through();
        var (browser, query) = await Caller(how, person, theirs);
        StoryClock.Advance(TimeSpan.FromMinutes(how switch { "idle" => 61, "over age" => 25 * 60, _ => 0 }));

        foreach (var (method, path) in new[] { (HttpMethod.Get, "/v1/me"), (HttpMethod.Get, "/v1/me/sessions"), (HttpMethod.Get, "/v1/me/sessions/active"), (HttpMethod.Post, $"/v1/me/sessions/{theirs}/revoke") })
            (await browser.Send(new(method, $"{path}{query}"))).ShouldBe(401, "authentication_invalid");

        (await Facts(theirs)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_client_reads_a_session_it_holds_and_no_other()
    {
        var person = await Person.Make(host, twoStep: false);
        var (desk, phone) = (await SignedIn(person), await SignedIn(person));

        ((string)(await desk.Browser.Get($"/v1/client/sessions/{desk.Session}")).Response["id"]!).ShouldBe(desk.Session);
        (await desk.Browser.Get($"/v1/client/sessions/{phone.Session}")).ShouldBe(404, "resource_not_found");
        (await new Browser(host).Get($"/v1/client/sessions/{desk.Session}")).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task the_session_may_be_named()
    {
        var desk = await SignedIn(await Person.Make(host, twoStep: false));

        (await desk.Browser.Get($"/v1/me/sessions/active?_clerk_session_id={desk.Session}")).Json.AsArray().Count.ShouldBe(1);
        (await desk.Browser.Get("/v1/me/sessions/active?_clerk_session_id=sess_nonsense")).ShouldBe(401, "authentication_invalid");
    }

    [Fact]
    public async Task where_it_was_used_last_is_told_once_a_minute()
    {
        var person = await Person.Make(host, twoStep: false);
        var desk = await SignedIn(person, Devices.ChromeOnWindows);
        StoryClock.Advance(TimeSpan.FromMinutes(2));
        var moved = new Browser(host) { Agent = Devices.SafariOnIPhone };
        await moved.Send(new(HttpMethod.Post, $"/v1/client/sessions/{desk.Session}/touch") { Headers = { { "Cookie", desk.Browser.Cookie } } });

        var activity = (await desk.Browser.Get("/v1/me/sessions/active")).Json[0]!["latest_activity"]!;

        ((string)activity["device_type"]!).ShouldBe("iPhone");
    }

    private async Task<(Browser Browser, string Query)> Caller(string how, Person person, string theirs)
    {
        var visit = new Visit(host, person);
        switch (how)
        {
            case "nobody":
                break;
            case "half done":
                await UpToSecondCode(visit, person);
                break;
            case "with an old secret":
                var code = await UpToSecondCode(visit, person);
                var before = visit.Browser.Twin();
                (await visit.Attempt(code)).Status.ShouldBe(200);
                return (before, "");
            default:
                var own = (string)(await visit.Attempt(await UpToSecondCode(visit, person))).Response["created_session_id"]!;
                if (how == "ended") await visit.Browser.Post($"/v1/client/sessions/{own}/end");
                break;
        }

        return (visit.Browser, how switch
        {
            "naming another client's session" => $"?_clerk_session_id={theirs}",
            "naming somebody else's session" => $"?_clerk_session_id={(await SignedIn(await Person.Make(host, twoStep: false))).Session}",
            _ => "",
        });
    }

    private async Task<string> UpToSecondCode(Visit visit, Person person)
    {
        (await visit.Create()).Status.ShouldBe(200);
        (await visit.Prepare()).Status.ShouldBe(200);
        return await person.LatestCode(host, texts: 2);
    }

    private async Task<(Browser Browser, string Session, Visit Visit)> SignedIn(Person person, string? agent = null)
    {
        var visit = new Visit(host, person) { Browser = new(host) { Agent = agent } };
        return (visit.Browser, (string)(await visit.Create()).Response["created_session_id"]!, visit);
    }

    private Task<IReadOnlyList<object>> Facts(string session) => SessionFacts.Of(host, session);

    private static string Id(JsonNode? session) => (string)session!["id"]!;
}
