using Alba;
using Auth.Host.Delivery.Sms;
using Auth.Specs.Given;
using Marten;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wolverine;

[assembly: AssemblyFixture(typeof(RunningHost))]

namespace Auth.Specs.Given;

/// <summary>The real host over a real PostgreSQL, started once for all specs. Each spec brings its own people, so nothing is reset and specs run side by side.</summary>
public sealed class RunningHost : IReachable, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("auth-specs-").FullName;

    /// <summary>The host.</summary>
    public IAlbaHost Alba { get; private set; } = null!;

    /// <summary>Its connection string.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>What its database is called; a spec that needs other settings starts a host of its own.</summary>
    public string Name { get; init; } = "running_host";

    /// <summary>Settings beside those that all specs share.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>Everything it logged, to be searched for what must never be there.</summary>
    public LogLines Log { get; } = new();

    /// <summary>The secret key of its Backend API.</summary>
    public const string SecretKey = "sk_test_specs_0123456789_0123456789_0123456789";

    /// <summary>The keys of its two auditors.</summary>
    public const string AuditKey = "ak_test_specs_0123456789_0123456789_0123456789", OtherAuditKey = "ak_test_specs_9876543210_9876543210_9876543210";

    /// <summary>Its store.</summary>
    public IDocumentStore Store => Alba.Services.GetRequiredService<IDocumentStore>();

    /// <inheritdoc />
    public HttpClient Connect() => Alba.Server.CreateClient();

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        ConnectionString = await ThrowAwayCluster.CreateDatabase(Name);
        Alba = await AlbaHost.For<Program>(host =>
        {
            host.UseEnvironment("Development");
            host.UseSetting("ConnectionStrings:Auth", ConnectionString);
            host.UseSetting("Auth:SecretKey", SecretKey);
            host.UseSetting("Auth:AuditKey", $"{AuditKey},{OtherAuditKey}");
            host.UseSetting("Auth:Keys:Folder", _folder);
            host.UseSetting("Auth:Limits:PerAddress", "off");
            host.UseSetting("Auth:Passwords:MemoryKiB", "64");
            host.UseSetting("Auth:Passwords:Passes", "1");
            host.UseSetting("Auth:Verify:At", "off");
            foreach (var (key, value) in Settings) host.UseSetting(key, value);
            host.ConfigureServices(services =>
            {
                services.AddSingleton<TimeProvider>(new StoryClock());
                services.RunWolverineInSoloMode();
                services.AddLogging(logging => logging.AddProvider(Log).AddProvider(new RoundTrips()).AddFilter<RoundTrips>(null, LogLevel.None).AddFilter<RoundTrips>("Npgsql", LogLevel.Debug));
                // In memory there is no address to call: the client reaches the fake provider through the server itself.
                services.AddHttpClient(SinchWire.ClientName).ConfigurePrimaryHttpMessageHandler(_ => Alba.Server.CreateHandler());
            });
        });
        Alba.Server.PreserveExecutionContext = true;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Alba.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
