using Auth.Host.Http;
using Marten;

namespace Auth.Specs.Given;

/// <summary>Somebody without an account at one browser, on their way to one.</summary>
public sealed class Newcomer(IReachable host, string? emailAddress = null)
{
    private static int _made;

    /// <summary>Their browser.</summary>
    public Browser Browser { get; init; } = new(host);

    /// <summary>Their address.</summary>
    public string EmailAddress { get; } = emailAddress ?? $"cleo{Interlocked.Increment(ref _made)}.{Guid.NewGuid():n}@example.com";

    /// <summary>Their number.</summary>
    public string PhoneNumber { get; } = $"+1202{3000000 + Interlocked.Increment(ref _made)}";

    /// <summary>The password they choose.</summary>
    public string Password { get; init; } = "a brand new battery staple";

    /// <summary>The sign-up they are in, <c>sua_…</c>.</summary>
    public string SignUp { get; private set; } = "";

    /// <summary>Begins, with address and password where nothing else is said.</summary>
    public async Task<Reply> Begin(params (string Name, string Value)[] form)
    {
        var reply = await Browser.Post("/v1/client/sign_ups", form.Length > 0 ? form : [("email_address", EmailAddress), ("password", Password)]);
        if (reply.Status == 200) SignUp = (string)reply.Response["id"]!;
        return reply;
    }

    /// <summary>Gives more, as Clerk's clients send it.</summary>
    public Task<Reply> Give(params (string Name, string Value)[] form) => Browser.Post($"/v1/client/sign_ups/{SignUp}?_method=PATCH", form);

    /// <summary>Asks for a code.</summary>
    public Task<Reply> Prepare(string strategy = "email_code") => Browser.Post($"/v1/client/sign_ups/{SignUp}/prepare_verification", ("strategy", strategy));

    /// <summary>Offers one.</summary>
    public Task<Reply> Attempt(string code, string strategy = "email_code") => Browser.Post($"/v1/client/sign_ups/{SignUp}/attempt_verification", ("strategy", strategy), ("code", code));

    /// <summary>Where it stands.</summary>
    public Task<Reply> Get() => Browser.Get($"/v1/client/sign_ups/{SignUp}");

    /// <summary>The code in their mail, once so many mails are there.</summary>
    public async Task<string> MailedCode(int mails = 1) => ((string)(await Eventually.Of(async () =>
        (await new Browser(host).Get($"/_mail/inbox/{EmailAddress}")).Json.AsArray().Where(mail => char.IsAsciiDigit(((string)mail!["subject"]!)[0])).ToList() is { } codes && codes.Count >= mails
            ? codes[0]!.DeepClone() : null))["subject"]!)[..6];

    /// <summary>The code on their phone.</summary>
    public async Task<string> TextedCode() => ((string)(await Eventually.Of(async () =>
        (await new Browser(host).Get($"/_sinch/inbox/{Uri.EscapeDataString(PhoneNumber)}")).Json.AsArray() is { Count: > 0 } inbox ? inbox[0]!.DeepClone() : null))["body"]!)[..6];

    /// <summary>Up to the code in the mail.</summary>
    public async Task<string> UpToCode()
    {
        (await Begin()).Status.ShouldBe(200);
        (await Prepare()).Status.ShouldBe(200);
        return await MailedCode();
    }

    /// <summary>All the way; the answer to the last step.</summary>
    public async Task<Reply> Through()
    {
        var reply = await Attempt(await UpToCode());
        reply.Status.ShouldBe(200, reply.Text);
        return reply;
    }

    /// <summary>What a stream holds.</summary>
    public static async Task<IReadOnlyList<object>> Facts(RunningHost host, Guid stream)
    {
        await using var session = host.Store.QuerySession("default");
        return [.. (await session.Events.FetchStreamAsync(stream, token: TestContext.Current.CancellationToken)).Select(e => e.Data)];
    }

    /// <summary>What the sign-up's stream holds.</summary>
    public Task<IReadOnlyList<object>> Facts() => SignUpId.TryParse(SignUp, out var id) ? Facts((RunningHost)host, id.Value) : throw new InvalidOperationException();
}
