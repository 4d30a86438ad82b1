using Auth.Host.Http;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>What browsers may do with our answers (R83), and what a link of ours is made of (R82).</summary>
public class BrowserRulesSpecs(RunningHost host)
{
    [Fact]
    public async Task no_answer_of_any_route_runs_loads_or_is_framed()
    {
        foreach (var (method, path) in Routes.Of(host, "x"))
            Rules(await new Browser(host).Send(new(new(method), path))).ShouldBe((BrowserRules.Nothing, "no-referrer", "nosniff"), $"{method} {path}");
    }

    [Theory]
    [InlineData("/no/such/page")]
    [InlineData("/problems/form_code_incorrect")]
    [InlineData("/health/ready")]
    [InlineData("/.well-known/openid-configuration")]
    public async Task nor_does_anything_beside_them(string path) => Rules(await new Browser(host).Get(path)).Policy.ShouldBe(BrowserRules.Nothing);

    [Fact]
    public async Task the_inbox_of_development_loads_files_of_this_host_and_runs_nothing_that_stands_in_it()
    {
        var page = await new Browser(host).Get("/_sinch/inbox");

        Rules(page).Policy.ShouldBe(BrowserRules.OwnFiles);
        page.Text.ShouldNotContain("<style");
        page.Text.Split("<script").Skip(1).ShouldAllBe(script => script.Contains("src=\"inbox.js\"></script>"));
    }

    /// <summary>An answer that fails on the way says the same.</summary>
    [Fact]
    public async Task an_error_before_any_route_has_the_same_rules()
    {
        var reply = await new Browser(host).Send(new(HttpMethod.Post, "/v1/client/sign_ins") { Content = new StringContent(new string('a', 20_000)) });

        reply.Status.ShouldBe(413);
        Rules(reply).Policy.ShouldBe(BrowserRules.Nothing);
    }

    [Fact]
    public async Task a_link_stands_on_the_configured_address_whatever_a_request_says_R82()
    {
        var person = await Person.Make(host, twoStep: false);
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sign_in_tokens") { Content = System.Net.Http.Json.JsonContent.Create(new { user_id = person.UserId }) };
        request.Headers.Authorization = new("Bearer", RunningHost.SecretKey);
        foreach (var (name, value) in new[] { ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "gopher"), ("Forwarded", "host=evil.example"), ("X-Original-Host", "evil.example") })
            request.Headers.TryAddWithoutValidation(name, value);

        var made = await new Browser(host).Send(request);

        ((string)made.Json["url"]!).ShouldStartWith("http://localhost:5080/sign-in?__clerk_ticket=");
        made.Text.ShouldNotContain("evil");
    }

    [Fact]
    public async Task opening_a_link_uses_nothing_up_R82()
    {
        var person = await Person.Make(host, twoStep: false);
        var made = await new Operator(host).Post("/v1/sign_in_tokens", new { user_id = person.UserId });
        var link = new Uri((string)made.Json["url"]!);
        foreach (var _ in Enumerable.Range(0, 3)) await new Browser(host).Get(link.PathAndQuery);

        var done = await new Browser(host).Post("/v1/client/sign_ins", ("strategy", "ticket"), ("ticket", (string)made.Json["token"]!));

        ((string)done.Response["status"]!).ShouldBe("complete", done.Text);
    }

    private static (string Policy, string Referrer, string Sniffing) Rules(Reply reply) =>
        (Said(reply, "Content-Security-Policy"), Said(reply, "Referrer-Policy"), Said(reply, "X-Content-Type-Options"));

    private static string Said(Reply reply, string header) => reply.Headers.TryGetValue(header, out var value) ? value : "";
}
