using System.Text.Json.Nodes;
using Auth.Host.Http;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>A sign-in belongs to the browser that began it; for any other it does not exist, nor does anything it may not have (R08, R09, R13, R61, R69).</summary>
public class StrangerSpecs(RunningHost host)
{
    [Fact]
    public async Task another_browser_is_told_what_it_is_told_of_an_unknown_sign_in()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        var code = await visit.UpToCode();
        var other = new Visit(host, await Person.Make(host));
        await other.Create();
        var unknown = new SignInId(Guid.CreateVersion7()).ToString();

        foreach (var browser in (Browser[])[other.Browser, new(host)])
        {
            var expected = Shape(await browser.Get($"/v1/client/sign_ins/{unknown}"));
            Shape(await browser.Get($"/v1/client/sign_ins/{visit.SignIn}")).ShouldBe(expected);
            Shape(await browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_first_factor", ("strategy", "password"), ("password", person.Password))).ShouldBe(expected);
            Shape(await browser.Post($"/v1/client/sign_ins/{visit.SignIn}/prepare_second_factor", ("strategy", "phone_code"))).ShouldBe(expected);
            Shape(await browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "phone_code"), ("code", code))).ShouldBe(expected);
        }

        (await visit.Attempt(code)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task an_id_of_one_kind_opens_nothing_of_another()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        var session = await visit.Through();
        string[] ids = [session, visit.SignIn, person.UserId, person.PhoneNumberId, $"sess_{visit.SignIn[4..]}", $"sia_{session[5..]}", person.Id.ToString(), session.ToUpperInvariant(), $"{session} ", "'"];

        foreach (var id in ids)
        {
            var escaped = Uri.EscapeDataString(id);
            if (id != visit.SignIn) (await visit.Browser.Get($"/v1/client/sign_ins/{escaped}")).Status.ShouldBe(404, id);
            if (id != session) (await visit.Browser.Post($"/v1/client/sessions/{escaped}/tokens")).Status.ShouldBe(404, id);
            if (id != visit.SignIn)
            {
                foreach (var step in (string[])["prepare_first_factor", "attempt_first_factor", "prepare_second_factor", "attempt_second_factor"])
                    (await visit.Browser.Post($"/v1/client/sign_ins/{escaped}/{step}", ("strategy", "phone_code"), ("code", "123456"))).Status.ShouldBe(404, id);
            }

            if (id != person.UserId) (await new Operator(host).Post($"/v1/users/{escaped}/lock", new { })).Status.ShouldBe(404, id);
            if (id != person.UserId) (await new Operator(host).Get($"/v1/users/{escaped}")).Status.ShouldBe(404, id);
        }
    }

    [Fact]
    public async Task somebody_elses_number_gets_no_code()
    {
        var (person, other) = (await Person.Make(host), await Person.Make(host));
        var visit = new Visit(host, person);
        await visit.Create();

        foreach (var number in (string[])[other.PhoneNumberId, "idn_unknown", person.UserId])
            (await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/prepare_second_factor", ("strategy", "phone_code"), ("phone_number_id", number))).ShouldBe(404, "resource_not_found");

        (await visit.Prepare()).Status.ShouldBe(200);
        await person.LatestCode(host);
        (await other.Texts(host)).ShouldBe(0);
    }

    [Fact]
    public async Task a_half_done_sign_in_opens_neither_the_person_nor_their_sessions()
    {
        var person = await Person.Make(host);
        var elsewhere = await new Visit(host, person).Through();
        var visit = new Visit(host, person);
        await visit.Create();

        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(401);
        foreach (var call in (string[])["tokens", "touch", "end", "remove"])
            (await visit.Browser.Post($"/v1/client/sessions/{elsewhere}/{call}")).ShouldBe(404, "resource_not_found");
        (await visit.Browser.Get("/v1/users")).Status.ShouldBe(401);
        (await visit.Browser.Get("/v1/instance/settings")).Status.ShouldBe(401);
        (await visit.Browser.Post($"/v1/users/{person.UserId}/lock")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task no_credential_stands_for_another()
    {
        var visit = new Visit(host, await Person.Make(host));
        var session = await visit.Through();
        var jwt = (string)(await visit.Browser.Post($"/v1/client/sessions/{session}/tokens")).Json["jwt"]!;
        var secret = visit.Browser.Cookie["__client=".Length..];

        foreach (var credential in (string[])[jwt, secret, session, ""]) (await Bearing(credential, "/v1/users")).Status.ShouldBe(401);
        foreach (var credential in (string[])[jwt, RunningHost.SecretKey, session]) (await Bearing(credential, "/v1/me?_is_native=1")).Status.ShouldBe(401);
        (await Bearing(secret, "/v1/me")).Status.ShouldBe(401);
        (await Bearing(secret, "/v1/me?_is_native=1")).Status.ShouldBe(200);
    }

    private Task<Reply> Bearing(string credential, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        return new Browser(host).Send(request);
    }

    private static string Shape(Reply reply)
    {
        var body = (JsonObject)reply.Json;
        foreach (var own in (string[])["instance", "trace_id", "traceId", "clerk_trace_id"]) body.Remove(own);
        return $"{reply.Status} {reply.SetsCookie} {body.ToJsonString()}";
    }
}
