using System.Text.Json.Nodes;
using Auth.Host.Http;
using Auth.Specs.Given;
using Auth.Specs.Passkeys;

namespace Auth.Specs.Hosts;

/// <summary>R76: two instances on one host have nothing in common but the machine. Over a socket, told apart by host name and key alone.</summary>
public class InstancesSpecs(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private const string Wrong = "not the password at all";

    [Fact]
    public async Task the_same_address_is_another_person_in_each_R76()
    {
        var email = $"same.{Guid.NewGuid():n}@example.com";
        var here = await Person.Make(instances.First, twoStep: false, password: "correct horse battery staple", email: email);
        var there = await Person.Make(instances.Second, twoStep: false, password: "another horse entirely, thanks", email: email);
        here.Id.ShouldNotBe(there.Id);

        (await new Visit(instances.First, here).Create(there.Password)).ShouldBe(422, "form_password_or_identifier_incorrect");
        (await new Visit(instances.Second, there).Create(here.Password)).ShouldBe(422, "form_password_or_identifier_incorrect");
        ((string)(await new Visit(instances.First, here).Create()).Response["status"]!).ShouldBe("complete");
        ((string)(await new Visit(instances.Second, there).Create()).Response["status"]!).ShouldBe("complete");
        (await new Operator(instances.First).Get($"/v1/users?email_address={email}")).Json.AsArray().Select(user => (string)user!["id"]!).ShouldBe([here.UserId]);
        (await new Operator(instances.Second).Get($"/v1/users?email_address={email}")).Json.AsArray().Select(user => (string)user!["id"]!).ShouldBe([there.UserId]);
    }

    [Fact]
    public async Task a_client_of_one_is_nobody_to_the_other_R76()
    {
        var account = await Account.New(instances.First);
        var elsewhere = account.Browser.Twin(instances.Second);

        (await elsewhere.Get("/v1/client")).Json["response"].ShouldBeNull();
        (await elsewhere.Get("/v1/me")).ShouldBe(401, "authentication_invalid");
        (await elsewhere.Post($"/v1/client/sessions/{account.Session}/tokens")).ShouldBe(404, "resource_not_found");
        (await account.Browser.Get("/v1/me")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_ticket_of_one_signs_nobody_in_at_the_other_R76()
    {
        var person = await Person.Make(instances.First, twoStep: false);
        var ticket = (string)(await new Operator(instances.First).Post("/v1/sign_in_tokens", new { user_id = person.UserId })).Json["token"]!;

        (await Offered(instances.Second, ticket)).ShouldBe(400, "ticket_invalid");
        ((string)(await Offered(instances.First, ticket)).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task a_passkey_of_one_is_unknown_to_the_other_R76()
    {
        var key = await HeldPasskey.Enrol(await Account.New(instances.First));
        foreach (var (host, status) in ((IReachable, int)[])[(instances.Second, 422), (instances.First, 200)])
        {
            var browser = new Browser(host);
            var asked = await browser.Post("/v1/client/sign_ins", ("strategy", "passkey"));
            asked.Status.ShouldBe(200, asked.Text);
            var answer = await browser.Post($"/v1/client/sign_ins/{(string)asked.Response["id"]!}/attempt_first_factor", ("strategy", "passkey"), ("public_key_credential", key.Answer(asked)));
            answer.Status.ShouldBe(status, answer.Text);
        }
    }

    [Fact]
    public async Task each_signs_with_keys_of_its_own_under_its_own_name_R73_R76()
    {
        var (here, there) = (await Token(instances.First), await Token(instances.Second));

        (here.Issuer, there.Issuer).ShouldBe((await Said(instances.First, "issuer"), "http://shop.localhost"));
        (await Said(instances.Second, "jwks_uri")).ShouldBe("http://shop.localhost/.well-known/jwks.json");
        var (ours, theirs) = (await Kids(instances.First), await Kids(instances.Second));
        ours.ShouldContain(here.Kid);
        theirs.ShouldContain(there.Kid);
        ours.Intersect(theirs).ShouldBeEmpty();
    }

    [Fact]
    public async Task guesses_in_one_are_none_in_the_other_R14_R76()
    {
        var email = $"guessed.{Guid.NewGuid():n}@example.com";
        var (here, there) = (await Person.Make(instances.First, twoStep: false, email: email), await Person.Make(instances.Second, twoStep: false, email: email));

        Reply last = null!;
        for (var guess = 0; guess < 12 && last?.Status != 429; guess++) last = await new Visit(instances.First, here).Create(Wrong);

        last.ShouldBe(429, "too_many_requests");
        ((string)(await new Visit(instances.Second, there).Create()).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task settings_of_one_change_nothing_in_the_other_R76()
    {
        var shipped = (await new Browser(instances.First).Get("/v1/environment")).Text;
        var tag = (await Office.Send(instances.Second, HttpMethod.Get, Office.Path)).Headers["ETag"];
        await Office.Send(instances.Second, HttpMethod.Patch, Office.Path, new { second_factor = new { policy = "required" }, allowed_origins = new[] { "https://set.shop.example" } });
        (await Office.Send(instances.Second, HttpMethod.Post, $"{Office.Path}/apply", new { }, tag)).Status.ShouldBe(200);

        ((bool)(await new Browser(instances.Second).Get("/v1/environment")).Json["user_settings"]!["sign_in"]!["second_factor"]!["required"]!).ShouldBeTrue();
        (await new Browser(instances.First).Get("/v1/environment")).Text.ShouldBe(shipped);
        ((string)(await Office.Send(instances.First, HttpMethod.Get, Office.Path)).Json["second_factor"]!["policy"]!).ShouldBe("optional");

        await Eventually.Of(async () => await Lets(instances.Second, "https://set.shop.example") ? "followed" : null);
        foreach (var origin in (string[])["https://set.shop.example", "https://app.shop.example"]) (await Lets(instances.First, origin)).ShouldBeFalse(origin);
        (await Lets(instances.Second, "https://app.shop.example")).ShouldBeTrue();
    }

    [Fact]
    public async Task a_text_is_its_own_instances_and_so_is_the_word_of_the_provider_R26_R76()
    {
        var person = await Person.Make(instances.Second);
        var visit = new Visit(instances.Second, person);
        var code = await visit.UpToCode();

        ((string)(await person.LatestText(instances.Second))["body"]!).ShouldBe($"{code} is your The Shop code.\n\n@shop.localhost #{code}");
        SignInId.TryParse(visit.SignIn, out var id).ShouldBeTrue();
        await Eventually.Of(async () => await instances.Ask<long>("select count(*) from auth.mt_events where stream_id = $1 and type = 'sign_in.text_delivered' and tenant_id = 'shop'", id.Value) == 1 ? "delivered" : null);
        (await instances.Ask<long>("select count(*) from auth.mt_events where stream_id = $1 and tenant_id <> 'shop'", id.Value)).ShouldBe(0);
        (await visit.Attempt(code)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task nothing_is_ever_stored_for_no_instance_R76()
    {
        await Account.New(instances.Second, twoStep: true);
        var tenants = await instances.Ask<string[]>("select array_agg(distinct tenant_id) from auth.mt_events");
        tenants.ShouldBeSubsetOf(["default", "shop"]);
        (await instances.Rows("*DEFAULT*")).Values.ShouldAllBe(rows => rows.StartsWith("0 ", StringComparison.Ordinal));
    }

    private static async Task<(string Kid, string Issuer)> Token(IReachable host)
    {
        var account = await Account.New(host);
        var jwt = ((string)(await account.Browser.Post($"/v1/client/sessions/{account.Session}/tokens")).Json["jwt"]!).Split('.');
        return ((string)Part(jwt[0])["kid"]!, (string)Part(jwt[1])["iss"]!);
    }

    private static Task<Reply> Offered(IReachable host, string ticket) => new Browser(host).Post("/v1/client/sign_ins", ("strategy", "ticket"), ("ticket", ticket));

    private static JsonNode Part(string part) => JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(part))!;

    private static async Task<string> Said(IReachable host, string field) => (string)(await new Browser(host).Get("/.well-known/openid-configuration")).Json[field]!;

    private static async Task<IReadOnlyList<string>> Kids(IReachable host) =>
        [.. (await new Browser(host).Get("/.well-known/jwks.json")).Json["keys"]!.AsArray().Select(key => (string)key!["kid"]!)];

    private static async Task<bool> Lets(IReachable host, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/client");
        request.Headers.Add("Origin", origin);
        return (await new Browser(host).Send(request)).Headers.ContainsKey("Access-Control-Allow-Origin");
    }
}
