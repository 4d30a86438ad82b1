using System.Text.Json.Nodes;
using Auth.Host.Http;

namespace Auth.Specs.Given;

/// <summary>Somebody with an account of their own, made through the Backend API.</summary>
public sealed record Person(Guid Id, string EmailAddress, string PhoneNumber, string PhoneNumberId, string Password)
{
    private static int _made;

    /// <summary>As the Backend API knows them.</summary>
    public string UserId => new UserId(Id).ToString();

    /// <summary>The app of whoever has a spare factor.</summary>
    public const string SpareSeed = "AEBAGBAFAYDQQCIKBMGA2DQPCAIREEYU";

    /// <summary>A person with 2-step verification enabled for their number, or without it; <paramref name="spare"/>: with an authenticator app as well.</summary>
    public static async Task<Person> Make(IReachable host, bool twoStep = true, string password = "correct horse battery staple", string? number = null, string? email = null, bool spare = false)
    {
        var n = Interlocked.Increment(ref _made);
        email ??= $"ada{n}@example.com";
        number ??= $"+1201{2000000 + n}";
        var operators = new Operator(host);
        var user = await operators.Post("/v1/users", new { email_address = new[] { email }, phone_number = new[] { number }, password, first_name = "Ada", last_name = "Lovelace", totp_secret = spare ? SpareSeed : null });
        user.Status.ShouldBe(200, user.Text);
        var phone = (string)user.Json["phone_numbers"]![0]!["id"]!;
        if (twoStep) (await operators.Patch($"/v1/phone_numbers/{phone}", new { reserved_for_second_factor = true })).Status.ShouldBe(200);
        Auth.Host.Http.UserId.TryParse((string)user.Json["id"]!, out var id).ShouldBeTrue();
        return new(id.Value, email, number, phone, password);
    }

    /// <summary>The last text their phone got, once it is there.</summary>
    public Task<JsonNode> LatestText(IReachable host, int texts = 1) => Eventually.Of(async () =>
    {
        var reply = await new Browser(host).Get($"/_sinch/inbox/{Uri.EscapeDataString(PhoneNumber)}");
        return reply.Status == 200 && reply.Json.AsArray() is { } inbox && inbox.Count >= texts ? inbox[0]!.DeepClone() : null;
    });

    /// <summary>The last mail to their address, once so many are there.</summary>
    public Task<JsonNode> LatestMail(IReachable host, int mails = 1) => Eventually.Of(async () =>
        (await new Browser(host).Get($"/_mail/inbox/{EmailAddress}")).Json.AsArray() is { } inbox && inbox.Count >= mails ? inbox[0]!.DeepClone() : null);

    /// <summary>The code in it.</summary>
    public async Task<string> MailedCode(IReachable host, int mails = 1) => ((string)(await LatestMail(host, mails))["body"]!)[..6];

    /// <summary>How many texts their phone got so far.</summary>
    public async Task<int> Texts(RunningHost host) => (await new Browser(host).Get($"/_sinch/inbox/{Uri.EscapeDataString(PhoneNumber)}")).Json.AsArray().Count;

    /// <summary>The code in it.</summary>
    public async Task<string> LatestCode(IReachable host, int texts = 1) => ((string)(await LatestText(host, texts))["body"]!)[..6];
}

/// <summary>Whoever holds the secret key.</summary>
public sealed class Operator(IReachable host)
{
    private readonly Browser _browser = new(host);

    /// <summary>POST with the key.</summary>
    public Task<Reply> Post(string path, object body) => Send(HttpMethod.Post, path, body);

    /// <summary>PATCH with the key.</summary>
    public Task<Reply> Patch(string path, object body) => Send(HttpMethod.Patch, path, body);

    /// <summary>GET with the key.</summary>
    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path, null);

    /// <summary>DELETE with the key.</summary>
    public Task<Reply> Delete(string path) => Send(HttpMethod.Delete, path, null);

    private Task<Reply> Send(HttpMethod method, string path, object? body)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", host.Key);
        return _browser.Send(request);
    }
}
