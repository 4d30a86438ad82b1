using Auth.Host.Database;
using Microsoft.Extensions.Configuration;

namespace Auth.Specs.Given;

/// <summary>A PostgreSQL for this run of the specs: started when a spec first asks, stopped and deleted when the run ends; what killed runs left is deleted first.</summary>
public static class ThrowAwayCluster
{
    private static readonly IConfiguration Environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
    private static readonly Lazy<Task<PrivateCluster>> Running = new(Start);

    /// <summary>The connection string of a new database, empty or a copy of another one that nobody is connected to.</summary>
    public static async Task<string> CreateDatabase(string name, string? template = null) =>
        await (await Running.Value).CreateDatabase(name, template, CancellationToken.None);

    /// <summary>Where specs may put what is thrown away; every user may pass through it.</summary>
    internal static string Folder() => AuthFolder.Make(AuthFolder.Of(Environment), "throw-away");

    /// <summary>Programs to run a cluster with, fetched when the machine has none.</summary>
    internal static Task<PostgresBinaries> Binaries() =>
        ChosenDatabase.FindOrFetch(Environment, AuthFolder.Of(Environment), Console.Error, CancellationToken.None);

    private static async Task<PrivateCluster> Start()
    {
        var binaries = await Binaries();
        await using var alone = await FileLock.Exclusive(Path.Combine(Folder(), "start.lock"), CancellationToken.None);
        foreach (var left in Directory.GetDirectories(Folder(), "run-*")) await PrivateCluster.Remove(binaries, left);

        var folder = Path.Combine(Folder(), $"run-{Guid.NewGuid():n}"[..12]);
        var cluster = await PrivateCluster.Join(binaries, folder, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(cluster, binaries, folder).GetAwaiter().GetResult();
        return cluster;
    }

    private static async Task End(PrivateCluster cluster, PostgresBinaries binaries, string folder)
    {
        await cluster.DisposeAsync();
        await PrivateCluster.Remove(binaries, folder);
    }
}
