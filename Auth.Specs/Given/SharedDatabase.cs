using Auth.Host.Http;
using Npgsql;

namespace Auth.Specs.Given;

/// <summary>A database, and host processes of the production build over it, as many as a spec starts; all are gone afterwards.</summary>
public sealed class SharedDatabase : IAsyncDisposable
{
    private readonly List<HostProcess> _hosts = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("auth-hosts-").FullName;

    private SharedDatabase(string connectionString) => ConnectionString = connectionString;

    /// <summary>How to reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>A new one, empty.</summary>
    public static async Task<SharedDatabase> Make() => new(await ThrowAwayCluster.CreateDatabase($"hosts_{Guid.NewGuid():n}"));

    /// <summary>One more host, in Development and with its fake provider unless told, once it listens.</summary>
    public async Task<HostProcess> Host(params (string Key, string? Value)[] settings)
    {
        var host = HostProcess.Start(Settings(settings), programs: await ProductionBuild.Folder);
        _hosts.Add(host);
        return await host.Listening();
    }

    /// <summary>One host that cannot get its texts out.</summary>
    public Task<HostProcess> Host(SmsProvider provider) => Host(("Sinch:SmsBaseAddress", provider.Address));

    /// <summary>How many events of each type a sign-in has.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Events(string signIn)
    {
        SignInId.TryParse(signIn, out var id).ShouldBeTrue();
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await using var ask = database.CreateCommand("select type, count(*)::int from auth.mt_events where stream_id = $1 group by type");
        ask.Parameters.Add(new() { Value = id.Value });
        await using var rows = await ask.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var counts = new Dictionary<string, int>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) counts[rows.GetString(0)] = rows.GetInt32(1);
        return counts;
    }

    /// <summary>One number.</summary>
    public async Task<long> Count(string query)
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await using var ask = database.CreateCommand(query);
        return (long)(await ask.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private Dictionary<string, string?> Settings((string Key, string? Value)[] own)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Auth"] = ConnectionString,
            ["Auth:SecretKey"] = RunningHost.SecretKey,
            ["Auth:Keys:Folder"] = _folder,
            ["Auth:Limits:PerAddress"] = "off",
        };
        foreach (var (key, value) in own) settings[key] = value;
        return settings;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
