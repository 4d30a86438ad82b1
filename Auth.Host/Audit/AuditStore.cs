using Auth.Host.Database;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Projections;
using JasperFx;
using JasperFx.Events.Daemon;
using Marten;
using Npgsql;

namespace Auth.Host.Audit;

/// <summary>The slim container of the audit command: configuration, keys and the store as the host has them, no web and no bus.</summary>
public sealed class AuditStore : IAsyncDisposable
{
    private readonly ChosenDatabase _database;
    private readonly ServiceProvider _services;

    private AuditStore(ChosenDatabase database, ServiceProvider services, string publicUrl) => (_database, _services, PublicUrl) = (database, services, publicUrl);

    /// <summary>Where the service is reached: the source of what is exported.</summary>
    public string PublicUrl { get; }

    /// <summary>Finds the database by the same ways as the host; words for people go to <paramref name="words"/>.</summary>
    public static async Task<AuditStore> Open(IReadOnlyDictionary<string, string?> settings, TextWriter words, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        var database = await ChosenDatabase.Resolve(builder.Configuration, builder.Environment, words, ct);
        builder.Configuration[$"{KeyOptions.Section}:{nameof(KeyOptions.Folder)}"] ??= database.Folder;

        builder.AddKeys();
        builder.Services.AddSingleton<IDocumentStore>(services => DocumentStore.For(options =>
        {
            options.Connection(database.ConnectionString);
            StoreSettings.Apply(options, services.GetRequiredService<TimeProvider>());
            Keyring.Register(options);
            options.Schema.For<InstanceSettings>();
            options.AutoCreateSchemaObjects = AutoCreate.None;
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        }));
        return new(database, builder.Services.BuildServiceProvider(), (builder.Configuration["Auth:PublicUrl"] ?? "http://localhost:5080").TrimEnd('/'));
    }

    /// <summary>What the command and the audit API read and write with.</summary>
    public AuditDesk Desk => new(
        _services.GetRequiredService<IDocumentStore>(), _services.GetRequiredService<IKeyring>, _services.GetRequiredService<TimeProvider>(),
        async ct =>
        {
            var connection = new NpgsqlConnection(_database.ConnectionString);
            await connection.OpenAsync(ct);
            return connection;
        });

    /// <summary>Everything is read in one snapshot of the database, which nothing here can change.</summary>
    public Task<AuditReader> Reader(string tenant, CancellationToken ct) => Desk.Reader(tenant, ct);

    /// <summary>Leaves a private cluster to those who still use it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
