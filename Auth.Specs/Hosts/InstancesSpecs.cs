using System.Text.Json.Nodes;
using Auth.Host.Http;
using Auth.Specs.Given;

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
    public async Task a_key_opens_its_own_instance_and_nothing_under_the_name_of_another_R69_R76()
    {
        (await With(instances.Second, RunningHost.SecretKey, "/v1/users")).ShouldBe(401, "authentication_invalid");
        (await With(instances.First, Door.SecondKey, "/v1/users")).ShouldBe(401, "authentication_invalid");
        (await With(instances.First, RunningHost.SecretKey, "/v1/users")).Status.ShouldBe(200);

        // Under a name that is nobody's the key alone says it.
        var person = await Person.Make(instances.Second);
        (await With(instances.Nowhere, Door.SecondKey, $"/v1/users/{person.UserId}")).Status.ShouldBe(200);
        (await With(instances.Nowhere, RunningHost.SecretKey, $"/v1/users/{person.UserId}")).ShouldBe(404, "resource_not_found");
    }

    [Theory]
    [InlineData("/v1/client", 400)]
    [InlineData("/v1/environment", 400)]
    [InlineData("/v1/me", 400)]
    [InlineData("/.well-known/jwks.json", 400)]
    [InlineData("/.well-known/openid-configuration", 400)]
    [InlineData("/.well-known/webauthn", 400)]
    [InlineData("/v1/users", 401)]
    [InlineData("/v1/nothing", 404)]
    [InlineData("/health/live", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/problems", 200)]
    public async Task under_a_host_name_of_nobody_there_is_no_instance_R76(string path, int status)
    {
        var reply = await new Browser(instances.Nowhere).Get(path);
        reply.Status.ShouldBe(status, reply.Text);
        if (status == 400) reply.ShouldBe(400, "host_invalid");
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "shop.localhost")]
    [InlineData("X-Host", "shop.localhost")]
    [InlineData("Forwarded", "host=shop.localhost")]
    [InlineData("Clerk-Proxy-Url", "http://shop.localhost")]
    [InlineData("X-Tenant", "shop")]
    [InlineData("tenant-id", "shop")]
    public async Task no_other_header_says_it_R76(string header, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/jwks.json?tenant=shop&instance=shop");
        request.Headers.TryAddWithoutValidation(header, value);
        (await new Browser(instances.First).Send(request)).Text.ShouldBe((await new Browser(instances.First).Get("/.well-known/jwks.json")).Text);
    }

    [Theory]
    [InlineData("SHOP.localhost")]
    [InlineData("shop.localhost.")]
    [InlineData("shop.localhost:8443")]
    public async Task a_name_is_the_same_in_any_spelling_and_on_any_port(string name) =>
        (await new Browser(new Door(instances.First, name, "")).Get("/.well-known/jwks.json")).Text.ShouldBe((await new Browser(instances.Second).Get("/.well-known/jwks.json")).Text);

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

    private static JsonNode Part(string part) => JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(part))!;

    private static async Task<string> Said(IReachable host, string field) => (string)(await new Browser(host).Get("/.well-known/openid-configuration")).Json[field]!;

    private static async Task<IReadOnlyList<string>> Kids(IReachable host) =>
        [.. (await new Browser(host).Get("/.well-known/jwks.json")).Json["keys"]!.AsArray().Select(key => (string)key!["kid"]!)];

    private static Task<Reply> With(IReachable host, string key, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", key);
        return new Browser(host).Send(request);
    }

    private static async Task<bool> Lets(IReachable host, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/client");
        request.Headers.Add("Origin", origin);
        return (await new Browser(host).Send(request)).Headers.ContainsKey("Access-Control-Allow-Origin");
    }
}
