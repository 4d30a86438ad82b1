namespace Auth.Host.Database;

/// <summary>The database of this process, and which of the four ways led to it: configured, private with binaries found, private with binaries fetched, or none.</summary>
public sealed class ChosenDatabase : IAsyncDisposable
{
    /// <summary>The name under which the connection string is configured.</summary>
    public const string Key = "ConnectionStrings:Auth";

    private readonly PrivateCluster? _cluster;

    private ChosenDatabase(string connectionString, string? owner, string how, string folder, PrivateCluster? cluster) =>
        (ConnectionString, Owner, How, Folder, _cluster) = (connectionString, owner, how, folder, cluster);

    /// <summary>The name under which the connection string of the tables' owner is configured, where that is somebody else.</summary>
    public const string OwnerKey = "ConnectionStrings:AuthMigrations";

    /// <summary>What the service runs with. Holds a password; never print it.</summary>
    public string ConnectionString { get; }

    /// <summary>What tables are made with; null where the service's own role does that too. Holds a password; never print it.</summary>
    public string? Owner { get; }

    /// <summary>One line for the person who started the host.</summary>
    public string How { get; }

    /// <summary>Where this machine keeps what belongs to the database but is not in it, such as the root key of Development; made on first use, mode 0700.</summary>
    public string Folder => AuthFolder.MakePrivate(field, "private");

    /// <summary>Takes the first way that leads to a database; throws <see cref="NoDatabaseException"/> when there is none. Words for people go to <paramref name="words"/>, normally stderr.</summary>
    public static async Task<ChosenDatabase> Resolve(IConfiguration configuration, IHostEnvironment environment, TextWriter words, CancellationToken ct = default)
    {
        var folder = AuthFolder.Of(configuration);
        if (configuration[Key] is { Length: > 0 } configured) return new(configured, configuration[OwnerKey] is { Length: > 0 } owner ? owner : null, $"as configured in {Key}", folder, null);
        if (!environment.IsDevelopment()) throw NoDatabaseException.InProduction(environment.EnvironmentName);

        var binaries = await FindOrFetch(configuration, folder, words, ct);
        var cluster = await PrivateCluster.Join(binaries, Path.Combine(AuthFolder.Make(folder, "pg"), $"{binaries.Major}"), ct);
        try
        {
            var owner = await cluster.CreateDatabase("auth", template: null, ct);
            return new(await cluster.Service("auth", ct), owner, Told(binaries, folder, cluster.Started), folder, cluster);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Binaries that work on this machine, fetched when there are none.</summary>
    internal static async Task<PostgresBinaries> FindOrFetch(IConfiguration configuration, string folder, TextWriter words, CancellationToken ct)
    {
        var cache = Path.Combine(folder, "postgresql");
        return await PostgresBinaries.Find(configuration, MajorsWithData(folder), cache, ct)
            ?? await FetchedBinaries.Fetch(cache, words, ct);
    }

    /// <summary>Lets go of a private cluster; the last one to do so stops it.</summary>
    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Only the way: a connection string that can be printed will be.</summary>
    public override string ToString() => $"Database: {How}";

    private static int[] MajorsWithData(string folder) =>
        Path.Combine(folder, "pg") is var clusters && Directory.Exists(clusters)
            ? [.. from cluster in Directory.EnumerateDirectories(clusters) where Directory.Exists(Path.Combine(cluster, "data")) select int.TryParse(Path.GetFileName(cluster), out var major) ? major : 0]
            : [];

    private static string Told(PostgresBinaries binaries, string folder, bool started) =>
        $"private PostgreSQL {binaries.Major} in {Path.Combine(folder, "pg", $"{binaries.Major}")}, {(started ? $"started{ServerUser.Told}" : "already running, shared")} from {binaries.Folder}"
        + (MajorsWithData(folder).Where(major => major != binaries.Major).ToList() is { Count: > 0 } others ? $"; older data of major {string.Join(", ", others)} is not read" : "");
}
