using Auth.Host.Http;
using Marten;

namespace Auth.Specs.Given;

/// <summary>One person at one browser, on their way through a sign-in.</summary>
public sealed class Visit(IReachable host, Person person)
{
    private readonly Person _person = person;

    /// <summary>The same visit going on at another host, with the same cookie as it is now.</summary>
    public Visit(IReachable other, Visit begun) : this(other, begun._person) => (Browser, SignIn) = (begun.Browser.Twin(other), begun.SignIn);

    /// <summary>Their browser.</summary>
    public Browser Browser { get; init; } = new(host);

    /// <summary>The sign-in they are in, <c>sia_…</c>.</summary>
    public string SignIn { get; private set; } = "";

    /// <summary>Steps 1 to 3 at once.</summary>
    public async Task<Reply> Create(string? password = null, string? identifier = null)
    {
        var reply = await Browser.Post("/v1/client/sign_ins", ("identifier", identifier ?? _person.EmailAddress), ("password", password ?? _person.Password));
        SignIn = reply.Status == 200 ? (string)reply.Response["id"]! : await Current();
        return reply;
    }

    /// <summary>Step 1 alone.</summary>
    public async Task<Reply> Identify(string? identifier = null)
    {
        var reply = await Browser.Post("/v1/client/sign_ins", ("identifier", identifier ?? _person.EmailAddress));
        if (reply.Status == 200) SignIn = (string)reply.Response["id"]!;
        return reply;
    }

    /// <summary>Step 3.</summary>
    public Task<Reply> AttemptFirst(string? password = null) =>
        Browser.Post($"/v1/client/sign_ins/{SignIn}/attempt_first_factor", ("strategy", "password"), ("password", password ?? _person.Password));

    /// <summary>Step 4.</summary>
    public Task<Reply> Prepare() => Browser.Post($"/v1/client/sign_ins/{SignIn}/prepare_second_factor", ("strategy", "phone_code"));

    /// <summary>Step 5.</summary>
    public Task<Reply> Attempt(string code) => Browser.Post($"/v1/client/sign_ins/{SignIn}/attempt_second_factor", ("strategy", "phone_code"), ("code", code));

    /// <summary>Steps 1 to 4, and the code on the phone.</summary>
    public async Task<string> UpToCode()
    {
        (await Create()).Status.ShouldBe(200);
        (await Prepare()).Status.ShouldBe(200);
        return await _person.LatestCode(host);
    }

    /// <summary>All five steps; the session's id.</summary>
    public async Task<string> Through()
    {
        var reply = await Attempt(await UpToCode());
        reply.Status.ShouldBe(200, reply.Text);
        return (string)reply.Response["created_session_id"]!;
    }

    /// <summary>What the sign-in's stream holds.</summary>
    public Task<IReadOnlyList<object>> Facts() => Facts((RunningHost)host, SignIn);

    /// <summary>What a sign-in's stream holds.</summary>
    public static async Task<IReadOnlyList<object>> Facts(RunningHost host, string signIn)
    {
        SignInId.TryParse(signIn, out var id).ShouldBeTrue();
        await using var session = host.Store.QuerySession("default");
        return [.. (await session.Events.FetchStreamAsync(id.Value, token: TestContext.Current.CancellationToken)).Select(e => e.Data)];
    }

    private async Task<string> Current() => (string?)(await Browser.Get("/v1/client")).Json["response"]?["sign_in"]?["id"] ?? "";
}
