using Auth.Domain.Sessions;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>The last proof of a step-up gives the client a new secret, as a conversion does: who held the old one before does not hold the session after it (R67).</summary>
public class StepUpRotationSpecs(RunningHost host)
{
    [Fact]
    public async Task the_secret_from_before_a_step_up_is_nobodys_R67()
    {
        var account = await Account.New(host);
        var old = account.Browser.Twin();

        var done = await Prove(account, account.Browser);

        done.Status.ShouldBe(200, done.Text);
        ((string)done.Json["client"]!["sessions"]![0]!["id"]!).ShouldBe(account.Session, "the answer is drawn for the new secret");
        account.Browser.Cookie.ShouldNotBe(old.Cookie);
        (await old.Get("/v1/client")).Json["response"].ShouldBeNull();
        (await old.Get("/v1/me")).ShouldBe(401, "authentication_invalid");
        (await old.Post($"/v1/client/sessions/{account.Session}/tokens")).ShouldBe(404, "resource_not_found");
        (await old.Post($"/v1/client/sessions/{account.Session}/end")).ShouldBe(404, "resource_not_found");
        (await account.Get("")).Status.ShouldBe(200);
        (await account.Browser.Post($"/v1/client/sessions/{account.Session}/tokens")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_proof_that_is_not_the_last_renews_nothing_R67()
    {
        var account = await Account.New(host, twoStep: true);
        await account.StepUp("", ("level", "multi_factor"));

        var first = await account.StepUp("/attempt_first_factor", ("strategy", "password"), ("password", account.Person.Password));
        ((string)first.Response["status"]!, first.SetsCookie).ShouldBe(("needs_second_factor", false));

        StoryClock.Advance(TimeSpan.FromSeconds(31));
        await account.StepUp("/prepare_second_factor", ("strategy", "phone_code"));
        var code = await account.Person.LatestCode(host, texts: 2);
        (await account.StepUp("/attempt_second_factor", ("strategy", "phone_code"), ("code", Account.Not(code)))).SetsCookie.ShouldBeFalse();
        var last = await account.StepUp("/attempt_second_factor", ("strategy", "phone_code"), ("code", code));
        ((string)last.Response["status"]!, last.SetsCookie).ShouldBe(("complete", true));
    }

    [Fact]
    public async Task an_app_gets_it_in_the_header_and_no_cookie_R67()
    {
        var person = await Person.Make(host, twoStep: false);
        var begun = await Native(null, "/v1/client/sign_ins", ("identifier", person.EmailAddress), ("password", person.Password));
        var (session, secret) = ((string)begun.Response["created_session_id"]!, begun.Headers["Authorization"]);

        await Native(secret, $"/v1/client/sessions/{session}/verify", ("level", "first_factor"));
        var done = await Native(secret, $"/v1/client/sessions/{session}/verify/attempt_first_factor", ("strategy", "password"), ("password", person.Password));

        (done.Status, done.SetsCookie).ShouldBe((200, false), done.Text);
        var renewed = done.Headers["Authorization"];
        renewed.ShouldNotBe(secret);
        (await Native(secret, $"/v1/client/sessions/{session}/tokens")).ShouldBe(404, "resource_not_found");
        (await Native(renewed, $"/v1/client/sessions/{session}/tokens")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task of_twins_that_prove_it_at_once_one_goes_on_and_nothing_ends_R67()
    {
        var account = await Account.New(host);
        await account.StepUp("", ("level", "first_factor"));
        var twins = Enumerable.Range(0, 6).Select(_ => account.Browser.Twin()).ToList();

        var replies = await Task.WhenAll(twins.Select(twin => Attempt(account, twin)));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        replies.Where(reply => reply.Status != 200).ShouldAllBe(reply => reply.Status == 401 || reply.Status == 409);
        var winner = twins[Array.FindIndex(replies, reply => reply.Status == 200)];
        (await winner.Post($"/v1/client/sessions/{account.Session}/tokens")).Status.ShouldBe(200);
        (await SessionFacts.Of(host, account.Session)).ShouldHaveSingleItem().ShouldBeOfType<SteppedUp>();
    }

    private static async Task<Reply> Prove(Account account, Browser browser)
    {
        await account.StepUp("", ("level", "first_factor"));
        return await Attempt(account, browser);
    }

    private static Task<Reply> Attempt(Account account, Browser browser) =>
        browser.Post($"/v1/client/sessions/{account.Session}/verify/attempt_first_factor", ("strategy", "password"), ("password", account.Person.Password));

    private Task<Reply> Native(string? secret, string path, params (string Name, string Value)[] form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?_is_native=1") { Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        if (secret is not null) request.Headers.TryAddWithoutValidation("Authorization", secret);
        return new Browser(host).Send(request);
    }
}
