using System.Diagnostics.Metrics;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Projections;
using Auth.Specs.Given;
using JasperFx;
using JasperFx.MultiTenancy;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Weasel.Core;

namespace Auth.Specs.Limits;

/// <summary>A real PostgreSQL with a schema of its own, and as many hosts over it as a spec needs; a merge happens when the spec says so.</summary>
public sealed class LimitHosts : IAsyncDisposable
{
    public static readonly DateTimeOffset NineOClock = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<Task<string>> Database = new(() => ThrowAwayCluster.CreateDatabase("limits"));
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private LimitHosts(DocumentStore store, NpgsqlDataSource source, IKeyring keyring) => (Store, Source, Keyring) = (store, source, keyring);

    public IDocumentStore Store { get; }

    public NpgsqlDataSource Source { get; private set; }

    public IKeyring Keyring { get; }

    public FakeTimeProvider Clock { get; } = new(NineOClock);

    public static async Task<LimitHosts> New()
    {
        var (database, clock) = (await Database.Value, TimeProvider.System);
        var store = DocumentStore.For(options =>
        {
            options.Connection(database);
            options.DatabaseSchemaName = $"limits_{Guid.NewGuid():N}";
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
            options.Events.TenancyStyle = TenancyStyle.Conjoined;
            options.Events.UseMandatoryStreamTypeDeclaration = true;
            EventNames.Register(options.Events);
            Auth.Host.Keys.Keyring.Register(options);
            LimitWiring.Register(options);
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.All);
        var root = new RootKey(new byte[RootKey.Length], "the spec");
        return new(store, NpgsqlDataSource.Create(database), new Keyring(store, root, new Vault(store, root, clock), clock, Options.Create(new KeyOptions())));
    }

    /// <summary>Another host; what it does each second, the spec does.</summary>
    public async Task<LimitHost> Host()
    {
        var limits = new AddressLimits(new AddressDials());
        var refused = new RefusedRequests(_metrics.GetRequiredService<IMeterFactory>(), Clock);
        var merging = new LimitMerging(Instances.Only(), limits, refused, Keyring, Store, Source, Clock, NullLogger<LimitMerging>.Instance);
        await merging.Begin(TestContext.Current.CancellationToken);
        return new(limits, refused, merging);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Store.DisposeAsync();
        await _metrics.DisposeAsync();
    }
}

/// <summary>One of the hosts.</summary>
public sealed record LimitHost(AddressLimits Limits, RefusedRequests Refused, LimitMerging Merging)
{
    public Task Merge() => Merging.Merge(TestContext.Current.CancellationToken);

    public Task Stop() => Merging.StopAsync(TestContext.Current.CancellationToken);
}
