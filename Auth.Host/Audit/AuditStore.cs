using Auth.Host.Database;
using Auth.Host.Keys;
using Auth.Host.Witnesses;
using Auth.Projections;
using Auth.Projections.Proof;
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

    private AuditStore(ChosenDatabase database, ServiceProvider services) => (_database, _services) = (database, services);

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
            options.AutoCreateSchemaObjects = AutoCreate.None;
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        }));
        return new(database, builder.Services.BuildServiceProvider());
    }

    /// <summary>Everything is read in one snapshot of the database, which nothing here can change.</summary>
    public async Task<AuditReader> Reader(string tenant, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(_database.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            await using (var only = new NpgsqlCommand("set transaction read only", connection, snapshot)) await only.ExecuteNonQueryAsync(ct);

            var store = _services.GetRequiredService<IDocumentStore>();
            var options = Marten.Services.SessionOptions.ForTransaction(snapshot);
            options.TenantId = tenant;
            return new(store.QuerySession(options), connection, _services.GetRequiredService<IKeyring>);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same snapshot past the store, with the keys that its checkpoints are checked with.</summary>
    internal Task<ProofReader> Proof(IReadOnlyList<NoteVerifier> given, CancellationToken ct) => ProofReader.Open(_database.ConnectionString, _services, given, ct);

    /// <summary>What this machine's own witness wrote down, where it has one.</summary>
    internal IReadOnlyList<SignedNote> OwnWitness() =>
        WitnessOptions.From(_services.GetRequiredService<IConfiguration>(), _services.GetRequiredService<IHostEnvironment>()).Folder is { } folder && Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.checkpoints").SelectMany(file => SignedNote.ParseAll(File.ReadAllText(file)) ?? [])] : [];

    /// <summary>Leaves a private cluster to those who still use it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
