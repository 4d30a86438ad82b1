using Auth.Projections;
using Npgsql;

namespace Auth.Specs.Given;

/// <summary>One host process over a database of its own, and two instances in it: each is reached by its host name and opened by its key, over the same socket.</summary>
public sealed class TwoInstances : IAsyncLifetime
{
    /// <summary>What the other one is called.</summary>
    public const string Other = "shop";

    private readonly string _folder = Directory.CreateTempSubdirectory("auth-instances-").FullName;
    private HostProcess _host = null!;

    /// <summary>How to reach the database.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The one that <c>Auth</c> itself describes.</summary>
    public IReachable First { get; private set; } = null!;

    /// <summary>The other one.</summary>
    public IReachable Second { get; private set; } = null!;

    /// <summary>The same socket under a host name that belongs to neither.</summary>
    public IReachable Nowhere { get; private set; } = null!;

    /// <summary>The settings of the second one.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        [$"Auth:Instances:{Other}:PublicUrl"] = "http://shop.localhost",
        [$"Auth:Instances:{Other}:SecretKey"] = Door.SecondKey,
        [$"Auth:Instances:{Other}:AuditKey"] = Door.SecondAuditKey,
        [$"Auth:Instances:{Other}:Name"] = "The Shop",
        [$"Auth:Instances:{Other}:AllowedOrigins"] = "https://app.shop.example",
    };

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        ConnectionString = await ThrowAwayCluster.CreateDatabase($"instances_{Guid.NewGuid():n}");
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Auth"] = ConnectionString,
            ["Auth:SecretKey"] = RunningHost.SecretKey,
            ["Auth:Keys:Folder"] = _folder,
            ["Auth:Limits:PerAddress"] = "off",
            ["Auth:Passwords:MemoryKiB"] = "64",
            ["Auth:Passwords:Passes"] = "1",
        };
        foreach (var (key, value) in Settings) settings[key] = value;
        _host = await HostProcess.Start(settings).Listening();
        (First, Second, Nowhere) = (new Door(_host, null, RunningHost.SecretKey), new Door(_host, "shop.localhost", Door.SecondKey), new Door(_host, "elsewhere.example", Door.SecondKey));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Every row of one instance, as one word for each table, once its texts have arrived and the readings have followed. The fake provider's rows are nobody's: it has one inbox for all.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Rows(string tenant)
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await Eventually.Of(async () => await Ask<bool>(database, """
            select count(*) filter (where type = 'sign_in.second_factor_prepared') = count(*) filter (where type = 'sign_in.text_delivered') from auth.mt_events where tenant_id = $1
            """, tenant) ? "arrived" : null);
        await Eventually.Of(async () => await Ask<bool>(database, "select (select min(coalesce(last_seq_id, 0)) from unnest($1) as reading left join auth.mt_event_progression on name = reading) >= (select max(seq_id) from auth.mt_events)", [Readings.Shards]) ? "followed" : null);
        var tables = await Ask<string[]>(database, "select array_agg(table_name::text order by table_name) from information_schema.columns where table_schema = 'auth' and column_name = 'tenant_id' and table_name not like 'mt_doc_fake%'");
        var rows = new Dictionary<string, string>();
        foreach (var table in tables)
            rows[table] = await Ask<string>(database, $"select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') from auth.{table} t where tenant_id = $1", tenant);
        return rows;
    }

    /// <summary>One value.</summary>
    public async Task<T> Ask<T>(string query, params object[] values)
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        return await Ask<T>(database, query, values);
    }

    private static async Task<T> Ask<T>(NpgsqlDataSource database, string query, params object[] values)
    {
        await using var ask = database.CreateCommand(query);
        foreach (var value in values) ask.Parameters.Add(new() { Value = value });
        return (T)(await ask.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}

/// <summary>A host under one of its names, with the key that belongs to it.</summary>
/// <param name="name">Null: as the host calls itself.</param>
public sealed class Door(IReachable host, string? name, string key) : IReachable
{
    /// <summary>The key of the second instance's auditor.</summary>
    public const string SecondAuditKey = "ak_test_shop_0123456789_0123456789_0123456789";

    /// <summary>The secret key of the second instance.</summary>
    public const string SecondKey = "sk_test_shop_0123456789_0123456789_0123456789";

    /// <inheritdoc />
    public string Key => key;

    /// <inheritdoc />
    public HttpClient Connect()
    {
        var http = host.Connect();
        if (name is not null) http.DefaultRequestHeaders.Host = name;
        return http;
    }
}
