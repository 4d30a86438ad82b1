using System.Net;
using Auth.Host.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Auth.Specs.Http;

/// <summary>R08, R54, R61, R74: who a request comes from, and when a browser's cookie counts.</summary>
public class CallerSpecs(CallerSpecs.Doors doors) : IClassFixture<CallerSpecs.Doors>
{
    private const string Allowed = "https://app.example.com", Own = "https://auth.example.com", Evil = "https://evil.example";
    private static readonly ClientId Ann = new(new("0198a3f2-7b1c-7d4e-8f90-a1b2c3d4e5f6"));
    private static readonly ClientSecret Secret = ClientSecret.Make();
    private static readonly string Hash = Secret.Hash, Travelling = Written(Secret);
    private static readonly DateTimeOffset Expiry = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    //           Origin   Sec-Fetch-Site  counts
    [Theory]
    [InlineData(null,     null,           true)]     // curl
    [InlineData(null,     "none",         true)]     // typed in
    [InlineData(null,     "same-origin",  true)]
    [InlineData(null,     "same-site",    true)]
    [InlineData(null,     "cross-site",   false)]
    [InlineData(Allowed,  null,           true)]
    [InlineData(Allowed,  "same-site",    true)]
    [InlineData(Allowed,  "cross-site",   true)]
    [InlineData(Own,      "same-origin",  true)]
    [InlineData(Evil,     null,           false)]
    [InlineData(Evil,     "same-origin",  false)]
    [InlineData(Evil,     "cross-site",   false)]
    [InlineData("null",   null,           false)]
    [InlineData("https://app.example.com.evil.example", null, false)]
    [InlineData("https://app.example.com:8443", null, false)]
    [InlineData("http://app.example.com", null, false)]
    [InlineData("https://APP.example.com", null, false)]
    [InlineData("https://app.example.com/", null, false)]
    [InlineData("http://localhost:3000", null, false)]
    public async Task a_cookie_counts_for_pages_of_ours_only(string? origin, string? site, bool counts)
    {
        (await doors.Production.Send(HttpMethod.Get, "/v1/who", null, Headers(origin, site, ("Cookie", $"__Host-__client={Travelling}")))).Text.ShouldBe(counts ? "ann" : "nobody");
        (await doors.Production.Send(HttpMethod.Post, "/v1/issue", null, Headers(origin, site))).Headers.ContainsKey("Set-Cookie").ShouldBe(counts);
        (await doors.Production.Send(HttpMethod.Post, "/v1/issue", null, Headers(origin, site))).Headers.ShouldNotContainKey("Authorization");
    }

    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("https://app.localhost", true)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("http://evil.example", false)]
    [InlineData("http://loopback", false)]
    [InlineData("file://localhost", false)]
    [InlineData("http://192.168.1.2", false)]
    public async Task in_development_every_page_of_this_machine_is_ours(string origin, bool counts) =>
        (await doors.Development.Send(HttpMethod.Get, "/v1/who", null, Headers(origin, null, ("Cookie", $"__client={Travelling}")))).Text.ShouldBe(counts ? "ann" : "nobody");

    [Fact]
    public async Task a_cookie_is_bound_to_its_host()
    {
        var cookie = (await doors.Production.Send(HttpMethod.Post, "/v1/issue", null, Headers(null, null))).Headers["Set-Cookie"];

        cookie.ShouldStartWith("__Host-__client=client_01k2hz4yrwfn78z451pb1x9sfp.");
        Attributes(cookie).ShouldBe(["expires=Fri, 01 Jan 2027 00:00:00 GMT", "httponly", "path=/", "samesite=lax", "secure"]);
    }

    [Fact]
    public async Task a_cookie_for_an_app_on_another_site_comes_back_from_there() =>
        Attributes((await doors.Production.Send(HttpMethod.Post, "/v1/issue", null, Headers(Allowed, "cross-site"))).Headers["Set-Cookie"]).ShouldContain("samesite=none");

    [Fact]
    public async Task in_development_over_plain_http_the_prefix_falls_away()
    {
        var cookie = (await doors.Development.Send(HttpMethod.Post, "/v1/issue")).Headers["Set-Cookie"];

        cookie.ShouldStartWith("__client=client_");
        Attributes(cookie).ShouldBe(["expires=Fri, 01 Jan 2027 00:00:00 GMT", "httponly", "path=/", "samesite=lax"]);
    }

    [Fact]
    public async Task a_cookie_without_the_prefix_is_nobodys_in_production() =>
        (await doors.Production.Send(HttpMethod.Get, "/v1/who", null, Headers(null, null, ("Cookie", $"__client={Travelling}")))).Text.ShouldBe("nobody");

    [Theory]
    [InlineData("")]
    [InlineData("Bearer ")]
    public async Task an_app_sends_its_secret_in_a_header(string scheme) =>
        (await doors.Production.Send(HttpMethod.Get, "/v1/who?_is_native=1", null, Headers(null, null, ("Authorization", scheme + Travelling)))).Text.ShouldBe("ann");

    [Fact]
    public async Task an_app_gets_its_secret_in_a_header_and_never_a_cookie()
    {
        var answer = await doors.Production.Send(HttpMethod.Post, "/v1/issue?_is_native=1", null, Headers(null, null));

        answer.Headers["Authorization"].ShouldBe(Travelling);
        answer.Headers.ShouldNotContainKey("Set-Cookie");
    }

    [Fact]
    public async Task an_app_has_no_cookie_and_a_browser_no_header()
    {
        (await doors.Production.Send(HttpMethod.Get, "/v1/who?_is_native=1", null, Headers(null, null, ("Cookie", $"__Host-__client={Travelling}")))).Text.ShouldBe("nobody");
        (await doors.Production.Send(HttpMethod.Get, "/v1/who", null, Headers(null, null, ("Authorization", Travelling)))).Text.ShouldBe("nobody");
    }

    [Theory]
    [InlineData("")]
    [InlineData("client_01k2hz4yrwfn78z451pb1x9sfp")]
    [InlineData("client_01k2hz4yrwfn78z451pb1x9sfp.")]
    [InlineData("user_01k2hz4yrwfn78z451pb1x9sfp.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("client_00000000000000000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("client_01k2hz4yrwfn78z451pb1x9sfp.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("client_01k2hz4yrwfn78z451pb1x9sfp.*AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(TinyHost.SecretKey)]
    public async Task what_is_not_this_clients_secret_is_nobodys(string value)
    {
        (await doors.Production.Send(HttpMethod.Get, "/v1/who", null, Headers(null, null, ("Cookie", $"__Host-__client={value}")))).Text.ShouldBe("nobody");
        (await doors.Production.Send(HttpMethod.Get, "/v1/who?_is_native=1", null, Headers(null, null, ("Authorization", value)))).Text.ShouldBe("nobody");
    }

    [Fact]
    public void secrets_differ_and_hide()
    {
        ClientSecret.Make().Hash.ShouldNotBe(ClientSecret.Make().Hash);
        Secret.Matches(ClientSecret.Make().Hash).ShouldBeFalse();
        Secret.Matches("").ShouldBeFalse();
        Secret.Matches("not base64").ShouldBeFalse();
        $"{Secret} {new IssuedSecret(Ann, Secret, Expiry)}".ShouldNotContain(Travelling.Split('.')[1]);
    }

    //           trusted            forwarded                        address
    [Theory]
    [InlineData(null,               "203.0.113.7",                   "127.0.0.1")]
    [InlineData("10.0.0.1",         "203.0.113.7",                   "127.0.0.1")]
    [InlineData("127.0.0.1",        "203.0.113.7",                   "203.0.113.7")]
    [InlineData("127.0.0.0/8",      "::ffff:203.0.113.7",            "203.0.113.7")]
    [InlineData("127.0.0.1",        "2001:db8::1",                   "2001:db8::1")]
    [InlineData("127.0.0.1",        "198.51.100.9, 203.0.113.7",     "203.0.113.7")]
    [InlineData("127.0.0.1, 203.0.113.7", "198.51.100.9, 203.0.113.7", "198.51.100.9")]
    [InlineData("127.0.0.1",        "nonsense",                      "127.0.0.1")]
    public async Task only_trusted_proxies_say_where_somebody_is(string? trusted, string forwarded, string address)
    {
        await using var host = await Doors.Start("Development", trusted is null ? [] : [("Auth:TrustedProxies", trusted)]);

        (await host.Send(HttpMethod.Get, "/v1/address", null, ("X-Forwarded-For", forwarded), ("X-Real-IP", "192.0.2.1"), ("Forwarded", "for=192.0.2.1"))).Text.ShouldBe(address);
    }

    [Fact]
    public async Task a_user_agent_is_bounded_and_shows_no_tricks()
    {
        (await doors.Development.Send(HttpMethod.Get, "/v1/agent", null, ("User-Agent", "a\tb" + new string('x', 500)))).Text.ShouldBe("ab" + new string('x', 254));
        (await doors.Development.Send(HttpMethod.Get, "/v1/agent")).Text.ShouldBe("none");
    }

    [Fact]
    public async Task pages_of_ours_may_read_answers_and_others_may_not()
    {
        var ours = await doors.Production.Send(HttpMethod.Get, "/v1/who", null, Headers(Allowed, "cross-site"));
        ours.Headers["Access-Control-Allow-Origin"].ShouldBe(Allowed);
        ours.Headers["Access-Control-Allow-Credentials"].ShouldBe("true");
        ours.Headers["Access-Control-Expose-Headers"].ShouldContain("Authorization");
        ours.Headers["Vary"].ShouldBe("Origin");

        var theirs = await doors.Production.Send(HttpMethod.Get, "/v1/who", null, Headers(Evil, "cross-site"));
        theirs.Headers.Keys.ShouldNotContain(name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        theirs.Headers["Vary"].ShouldBe("Origin");

        (await doors.Production.Send(HttpMethod.Get, "/v1/nowhere", null, Headers(Allowed, null))).Headers["Access-Control-Allow-Origin"].ShouldBe(Allowed);
        (await doors.Production.Send(HttpMethod.Post, "/v1/issue", TinyHost.Body("application/json", "{"), Headers(Allowed, null))).Headers["Access-Control-Allow-Origin"].ShouldBe(Allowed);
    }

    [Fact]
    public async Task a_preflight_is_answered_to_pages_of_ours()
    {
        var ours = await doors.Production.Send(HttpMethod.Options, "/v1/issue", null, Headers(Allowed, null, ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type, idempotency-key")));
        ours.Status.ShouldBe(204);
        ours.Headers["Access-Control-Allow-Methods"].ShouldBe("GET, POST, PUT, PATCH, DELETE");
        ours.Headers["Access-Control-Allow-Headers"].ShouldBe("content-type, idempotency-key");

        var theirs = await doors.Production.Send(HttpMethod.Options, "/v1/issue", null, Headers(Evil, null, ("Access-Control-Request-Method", "POST")));
        theirs.Status.ShouldBe(405);
        theirs.Headers.Keys.ShouldNotContain(name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Auth:AllowedOrigins", "app.example.com")]
    [InlineData("Auth:AllowedOrigins", "https://app.example.com/path")]
    [InlineData("Auth:AllowedOrigins", "*")]
    [InlineData("Auth:PublicUrl", "auth.example.com")]
    [InlineData("Auth:TrustedProxies", "proxy")]
    [InlineData("FORWARDEDHEADERS_ENABLED", "true")]
    public async Task a_start_fails_with_a_sentence(string setting, string value) =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Doors.Start("Development", [(setting, value)]))).Message.ShouldContain(setting);

    private static (string, string)[] Headers(string? origin, string? site, params (string, string)[] more) =>
        [("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.7"), .. origin is null ? [] : new[] { ("Origin", origin) }, .. site is null ? [] : new[] { ("Sec-Fetch-Site", site) }, .. more];

    private static IEnumerable<string> Attributes(string cookie) => cookie.Split("; ").Skip(1).Order();

    private static string Written(ClientSecret secret)
    {
        var http = new DefaultHttpContext();
        http.Features.Set(new Caller(null, null, null, IPAddress.Loopback, null, "", IsNative: true, CookieAllowed: false) { Tenant = "default" });
        http.Issue(new(Ann, secret, default));
        return http.Response.Headers.Authorization!;
    }

    public sealed class Doors : IAsyncLifetime
    {
        public TinyHost Production { get; private set; } = null!;

        public TinyHost Development { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Production = await Start("Production", [("Auth:PublicUrl", "https://auth.example.com/"), ("Auth:AllowedOrigins", "https://app.example.com/, https://other.example"), ("Auth:TrustedProxies", "127.0.0.1")]);
            Development = await Start("Development", []);
        }

        public static Task<TinyHost> Start(string environment, (string, string)[] settings) => TinyHost.Start(app =>
        {
            app.MapGet("/v1/who", (Caller caller) => caller.Proves(Hash) && caller.ClientId == Ann ? "ann" : "nobody");
            app.MapPost("/v1/issue", (HttpContext http) => http.Issue(new(Ann, Secret, Expiry)));
            app.MapGet("/v1/address", (Caller caller) => $"{caller.Address}");
            app.MapGet("/v1/agent", (Caller caller) => caller.UserAgent ?? "none");
        }, environment, settings);

        public async ValueTask DisposeAsync()
        {
            await Production.DisposeAsync();
            await Development.DisposeAsync();
        }
    }
}
