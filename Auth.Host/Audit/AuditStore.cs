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
    private readonly string _instance;

    private AuditStore(ChosenDatabase database, ServiceProvider services, string instance) => (_database, _services, _instance) = (database, services, instance);

    /// <summary>Finds the database by the same ways as the host, for one instance and never for another; words for people go to <paramref name="words"/>.</summary>
    public static async Task<AuditStore> Open(IReadOnlyDictionary<string, string?> settings, string instance, TextWriter words, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        var known = InstanceSection.All(builder.Configuration).Select(section => section.Instance).ToArray();
        if (!known.Contains(instance)) throw new NoSuchInstanceException(instance, known);
        var database = await ChosenDatabase.Resolve(builder.Configuration, builder.Environment, words, ct);
        builder.Configuration[$"{KeyOptions.Section}:{nameof(KeyOptions.Folder)}"] ??= database.Folder;

        builder.AddKeys();
        builder.Services.AddSingleton<IDocumentStore>(services => DocumentStore.For(options =>
        {
            options.Connection(database.ConnectionString);
            StoreSettings.Apply(options, services.GetRequiredService<TimeProvider>());
            Keyring.Register(options);
            options.AutoCreateSchemaObjects = AutoCreate.None;
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        }));
        return new(database, builder.Services.BuildServiceProvider(), instance);
    }

    /// <summary>Everything is read in one snapshot of the database, which nothing here can change.</summary>
    public async Task<AuditReader> Reader(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(_database.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            await using (var only = new NpgsqlCommand("set transaction read only", connection, snapshot)) await only.ExecuteNonQueryAsync(ct);

            var store = _services.GetRequiredService<IDocumentStore>();
            var options = Marten.Services.SessionOptions.ForTransaction(snapshot);
            options.TenantId = _instance;
            return new(store.QuerySession(options), connection, _services.GetRequiredService<IKeyring>);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Leaves a private cluster to those who still use it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
