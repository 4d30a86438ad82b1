using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>A browser's secret lives in a cookie that only allowed pages may use; an app's travels in a header (R74).</summary>
public class CookieSpecs(RunningHost host)
{
    [Fact]
    public async Task over_https_the_cookie_is_bound_to_this_host()
    {
        var set = (await Create("https://localhost/v1/client/sign_ins")).Headers["Set-Cookie"];

        set.ShouldStartWith("__Host-__client=");
        foreach (var attribute in (string[])["; path=/", "; secure", "; httponly", "; samesite=lax"]) set.ShouldContain(attribute, Case.Insensitive);
        set.ShouldNotContain("domain=", Case.Insensitive);
    }

    [Fact]
    public async Task an_allowed_app_on_another_site_gets_a_cookie_that_comes_back() =>
        (await Create("https://localhost/v1/client/sign_ins", ("Origin", "http://localhost:3000"), ("Sec-Fetch-Site", "cross-site"))).Headers["Set-Cookie"].ShouldContain("; samesite=none", Case.Insensitive);

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost.evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task a_page_of_somebody_else_gets_nothing_out_of_the_cookie(string header, string value)
    {
        var visit = new Visit(host, await Person.Make(host));
        var session = await visit.Through();
        var cookie = visit.Browser.Cookie;

        (await Sent(visit, HttpMethod.Get, "/v1/me", header, value)).Status.ShouldBe(401);
        (await Sent(visit, HttpMethod.Post, $"/v1/client/sessions/{session}/tokens", header, value)).Status.ShouldBe(404);
        (await Sent(visit, HttpMethod.Post, $"/v1/client/sessions/{session}/end", header, value)).Status.ShouldBe(404);
        (await Create("/v1/client/sign_ins", (header, value))).SetsCookie.ShouldBeFalse();

        visit.Browser.Cookie.ShouldBe(cookie);
        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("Origin", "http://localhost:3000")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task a_page_of_ours_may_use_it(string header, string value)
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Through();

        (await Sent(visit, HttpMethod.Get, "/v1/me", header, value)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task reading_never_changes_anything()
    {
        var visit = new Visit(host, await Person.Make(host));
        var session = await visit.Through();

        (await visit.Browser.Get($"/v1/client/sessions/{session}/end")).Status.ShouldBe(405);
        (await visit.Browser.Get($"/v1/client/sessions/{session}/end?_method=POST")).Status.ShouldBe(405);

        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task an_app_carries_its_secret_in_a_header_and_gets_no_cookie()
    {
        var person = await Person.Make(host);
        var created = await Native("/v1/client/sign_ins", null, ("identifier", person.EmailAddress), ("password", person.Password));
        created.SetsCookie.ShouldBeFalse();
        var before = created.Headers["Authorization"];
        var id = (string)created.Response["id"]!;
        (await Native($"/v1/client/sign_ins/{id}/prepare_second_factor", before, ("strategy", "phone_code"))).Status.ShouldBe(200);

        var done = await Native($"/v1/client/sign_ins/{id}/attempt_second_factor", before, ("strategy", "phone_code"), ("code", await person.LatestCode(host)));

        done.Status.ShouldBe(200, done.Text);
        done.SetsCookie.ShouldBeFalse();
        var session = (string)done.Response["created_session_id"]!;
        (await Native($"/v1/client/sessions/{session}/tokens", before)).Status.ShouldBe(404);
        (await Native($"/v1/client/sessions/{session}/tokens", done.Headers["Authorization"])).Status.ShouldBe(200);
    }

    private Task<Reply> Native(string path, string? secret, params (string Name, string Value)[] form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?_is_native=1") { Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        if (secret is not null) request.Headers.TryAddWithoutValidation("Authorization", secret);
        return new Browser(host).Send(request);
    }

    private Task<Reply> Create(string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent([KeyValuePair.Create("identifier", $"{Guid.NewGuid():n}@example.com")]) };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return new Browser(host).Send(request);
    }

    private static Task<Reply> Sent(Visit visit, HttpMethod method, string path, string header, string value)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add(header, value);
        return visit.Browser.Send(request);
    }
}
