using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Auth.Specs.Given;

/// <summary>One browser of one person, with its cookie; or an app or a curl, it makes no difference to the service.</summary>
public sealed class Browser(IReachable host)
{
    /// <summary>Where cookies are kept for: every host on this machine, as if a proxy in front spoke https.</summary>
    private static readonly Uri Jar = new("https://localhost/");

    private readonly HttpClient _http = host.Connect();
    private readonly CookieContainer _cookies = new();

    /// <summary>What it calls itself.</summary>
    public string? Agent { get; init; }

    /// <summary>Sends a form, as Clerk's clients do.</summary>
    public Task<Reply> Post(string path, params (string Name, string Value)[] form) =>
        Send(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))) });

    /// <summary>Sends JSON.</summary>
    public Task<Reply> PostJson(string path, object body) => Send(new(HttpMethod.Post, path) { Content = JsonContent.Create(body) });

    /// <summary>Reads.</summary>
    public Task<Reply> Get(string path) => Send(new(HttpMethod.Get, path));

    /// <summary>Sends whatever it is, with the cookie, and keeps the cookie that comes back.</summary>
    public async Task<Reply> Send(HttpRequestMessage request)
    {
        if (_cookies.GetCookieHeader(Jar) is { Length: > 0 } cookie && !request.Headers.Contains("Cookie")) request.Headers.Add("Cookie", cookie);
        if (Agent is { } agent && request.Headers.UserAgent.Count == 0) request.Headers.TryAddWithoutValidation("User-Agent", agent);
        var from = request.RequestUri is { IsAbsoluteUri: true } asked ? new Uri(asked, "/") : Jar;
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var set in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : []) _cookies.SetCookies(from, set);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers.RetryAfter?.Delta, set: response.Headers.Contains("Set-Cookie"))
        {
            Headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value)),
        };
    }

    /// <summary>The cookie it holds now, as it would be sent.</summary>
    public string Cookie => _cookies.GetCookieHeader(Jar);

    /// <summary>Another tab with the same cookie, as it is now; another host may answer it.</summary>
    public Browser Twin(IReachable? other = null)
    {
        var twin = new Browser(other ?? host);
        if (Cookie.Length > 0) twin._cookies.SetCookies(Jar, $"{Cookie}; path=/; secure");
        return twin;
    }
}

/// <summary>What came back.</summary>
public sealed class Reply(int status, string body, TimeSpan? retryAfter, bool set)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;

    /// <summary>The body as it came.</summary>
    public string Text => body;

    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(body)!;

    /// <summary><c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>Whether a cookie came along.</summary>
    public bool SetsCookie => set;

    /// <summary>All headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The resource in Clerk's envelope.</summary>
    public JsonNode Response => Json["response"]!;

    /// <summary>The problem's code.</summary>
    public string? Problem => (string?)Json["code"];

    /// <summary>It is this refusal and no other.</summary>
    public void ShouldBe(int expected, string code) => (status, Problem).ShouldBe((expected, code), body);
}
