using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Auth.Host.Http;
using Auth.Specs.Given;

namespace Auth.Specs.Clients;

/// <summary>The service as a process of its own over a database of its own, for clients that need a real address.</summary>
public sealed class LiveHost : IAsyncDisposable
{
    private readonly string _keys = Directory.CreateTempSubdirectory("auth-live-").FullName;
    private readonly HttpClient _http = new();
    private HostProcess _host = null!;
    private int _people;

    private LiveHost() => _http.DefaultRequestHeaders.Authorization = new("Bearer", RunningHost.SecretKey);

    /// <summary>Where it listens.</summary>
    public Uri Address => _host.Address;

    /// <summary>What it was started with.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; private set; } = new Dictionary<string, string?>();

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<LiveHost> Start()
    {
        var live = new LiveHost();
        live.Settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Auth"] = await ThrowAwayCluster.CreateDatabase($"live_host_{Guid.NewGuid():n}"),
            ["Auth:SecretKey"] = RunningHost.SecretKey,
            ["Auth:Keys:Folder"] = live._keys,
            ["Auth:Limits:PerAddress"] = "off",
            ["Auth:Passwords:MemoryKiB"] = "64",
            ["Auth:Passwords:Passes"] = "1",
        };
        live._host = HostProcess.Start(live.Settings);
        try
        {
            await live._host.Listening();
            return live;
        }
        catch
        {
            await live.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody new, with 2-step verification enabled for their number.</summary>
    public async Task<Person> NewPerson()
    {
        var n = Interlocked.Increment(ref _people);
        var (email, number, password) = ($"ada{n}@example.com", $"+1201{3000000 + n}", "correct horse battery staple");
        var user = await Send(HttpMethod.Post, "v1/users", new { email_address = new[] { email }, phone_number = new[] { number }, password, first_name = "Ada", last_name = "Lovelace" });
        var phone = (string)user["phone_numbers"]![0]!["id"]!;
        await Send(HttpMethod.Patch, $"v1/phone_numbers/{phone}", new { reserved_for_second_factor = true });
        UserId.TryParse((string)user["id"]!, out var id).ShouldBeTrue();
        return new(id.Value, email, number, phone, password);
    }

    /// <summary>The code of the last text that their phone got, once it is there.</summary>
    public Task<string> CodeOf(Person person) => Eventually.Of(async () =>
    {
        using var answer = await _http.GetAsync(new Uri(Address, $"_sinch/inbox/{Uri.EscapeDataString(person.PhoneNumber)}/latest"), TestContext.Current.CancellationToken);
        return answer.StatusCode == HttpStatusCode.OK ? ((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["body"]!)[..6] : null;
    });

    /// <summary>The code of the last mail to that address that holds one.</summary>
    public Task<string> MailedCodeTo(string address) => Eventually.Of(async () =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri(Address, $"_mail/inbox/{address}"), TestContext.Current.CancellationToken))!.AsArray()
            .Select(mail => (string)mail!["subject"]!).FirstOrDefault(subject => char.IsAsciiDigit(subject[0]))?[..6]);

    /// <summary>A ticket for somebody.</summary>
    public async Task<string> TicketFor(Person person) => (string)(await Send(HttpMethod.Post, "v1/sign_in_tokens", new { user_id = person.UserId }))["token"]!;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_keys, recursive: true);
    }

    private async Task<JsonNode> Send(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }
}
