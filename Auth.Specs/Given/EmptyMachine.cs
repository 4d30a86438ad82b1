using Auth.Host.Database;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Auth.Specs.Given;

/// <summary>A machine on which Auth never ran: a data folder of its own, gone afterwards together with its cluster.</summary>
public sealed class EmptyMachine : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings = [];
    private readonly FileStream _mark;

    /// <summary>A machine like no other.</summary>
    public EmptyMachine() => (Folder, _mark) = ThrowAwayCluster.NewFolder("machine");

    /// <summary>Where this machine keeps its data.</summary>
    public string Folder { get; }

    /// <summary>Configures one key.</summary>
    public EmptyMachine With(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>What a host on this machine would get.</summary>
    public Task<ChosenDatabase> Resolve(string environment = "Development") =>
        ChosenDatabase.Resolve(
            new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(),
            new HostingEnvironment { EnvironmentName = environment }, TextWriter.Null, TestContext.Current.CancellationToken);

    /// <summary>The configuration of this machine.</summary>
    public IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?>(_settings) { ["Auth:Postgres:DataFolder"] = Folder };

    /// <summary>The process number of its server, or null when none runs.</summary>
    public int? Server =>
        Directory.GetFiles(Folder, "postmaster.pid", SearchOption.AllDirectories) is [var file] ? int.Parse(File.ReadLines(file).First()) : null;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _mark.DisposeAsync();
        await Leftovers.Remove(Folder);
    }
}
