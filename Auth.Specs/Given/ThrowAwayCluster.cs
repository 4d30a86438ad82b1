using Auth.Host.Database;
using Microsoft.Extensions.Configuration;

namespace Auth.Specs.Given;

/// <summary>A PostgreSQL for this run of the specs: started when a spec first asks, stopped and deleted when the run ends; what killed runs left is deleted first.</summary>
public static class ThrowAwayCluster
{
    private static readonly IConfiguration Environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
    private static readonly Lazy<Task<PostgresBinaries>> Programs = new(() => ChosenDatabase.FindOrFetch(Environment, AuthFolder.Of(Environment), Console.Error, CancellationToken.None));
    private static readonly Lazy<Task<PrivateCluster>> Running = new(Start);

    /// <summary>The connection string of a new database, empty or a copy of another one that nobody is connected to.</summary>
    public static async Task<string> CreateDatabase(string name, string? template = null) =>
        await (await Running.Value).CreateDatabase(name, template, CancellationToken.None);

    /// <summary>Programs to run a cluster with, fetched when the machine has none.</summary>
    internal static Task<PostgresBinaries> Binaries() => Programs.Value;

    /// <summary>A folder to throw away, and the mark that it is in use; every user may pass through it.</summary>
    internal static (string Folder, FileStream Mark) NewFolder(string kind)
    {
        var folder = AuthFolder.Make(AuthFolder.Of(Environment), "throw-away", $"{kind}-{Guid.NewGuid():n}"[..(kind.Length + 9)]);
        return (folder, Leftovers.Claim(folder));
    }

    private static async Task<PrivateCluster> Start()
    {
        var binaries = await Binaries();
        var (folder, mark) = NewFolder("specs");
        await Leftovers.Clean(Path.GetDirectoryName(folder)!);
        var cluster = await PrivateCluster.Join(binaries, Path.Combine(folder, "pg"), CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(binaries, cluster, folder, mark).GetAwaiter().GetResult();
        return cluster;
    }

    // Some hundred databases are more files than ten seconds delete: somebody else does it, or the next run.
    private static void Delete(string folder)
    {
        if (!OperatingSystem.IsWindows()) System.Diagnostics.Process.Start("rm", ["-rf", folder]).Dispose();
    }

    private static async Task End(PostgresBinaries binaries, PrivateCluster cluster, string folder, FileStream mark)
    {
        try
        {
            // The runner gives the last thread ten seconds: no checkpoint for what is deleted next.
            await new ClusterServer(binaries, Path.Combine(folder, "pg", "data")).Stop("immediate");
            await cluster.DisposeAsync();
            await mark.DisposeAsync();
            Delete(folder);
        }
        catch (IOException)
        {
            // The specs are over; the next run deletes what is left.
        }
    }
}
