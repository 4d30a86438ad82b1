using Auth.Specs.Given;
using Npgsql;

namespace Auth.Specs.Clients;

/// <summary>The service as a process of its own over a database of its own, for clients that need a real address.</summary>
public sealed class LiveHost : IReachable, IAsyncDisposable
{
    private readonly string _keys = Directory.CreateTempSubdirectory("auth-live-").FullName;
    private HostProcess _host = null!;

    private LiveHost()
    {
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _host.Address;

    /// <summary>What it was started with.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; private set; } = new Dictionary<string, string?>();

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<LiveHost> Start(params (string Name, string Value)[] more)
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
        live._host = HostProcess.Start(new Dictionary<string, string?>(live.Settings.Concat(more.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))));
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

    /// <inheritdoc />
    public HttpClient Connect() => _host.Connect();

    /// <summary>As if what a person proved in their sessions had been proved eleven minutes earlier: the clock of a process cannot be moved.</summary>
    public async Task LetProofsAge(Person person)
    {
        await using var database = NpgsqlDataSource.Create(Settings["ConnectionStrings:Auth"]!);
        await using var older = database.CreateCommand("""
            update auth.mt_doc_session set data = data || jsonb_build_object(
              'firstAt', (data ->> 'firstAt')::timestamptz - interval '11 minutes', 'secondAt', (data ->> 'secondAt')::timestamptz - interval '11 minutes')
            where user_id = $1
            """);
        older.Parameters.Add(new() { Value = person.Id });
        (await older.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBePositive();
    }

    /// <summary>The code of the last mail to that address that holds one.</summary>
    public Task<string> MailedCodeTo(string address) => Eventually.Of(async () =>
        (await new Browser(this).Get($"/_mail/inbox/{address}")).Json.AsArray().Select(mail => (string)mail!["subject"]!).FirstOrDefault(subject => char.IsAsciiDigit(subject[0]))?[..6]);

    /// <summary>A ticket for somebody.</summary>
    public async Task<string> TicketFor(Person person) => (string)(await new Operator(this).Post("/v1/sign_in_tokens", new { user_id = person.UserId })).Json["token"]!;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_keys, recursive: true);
    }
}
