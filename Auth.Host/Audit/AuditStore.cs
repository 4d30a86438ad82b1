using Auth.Host.Audit.Proving;
using Auth.Host.Audit.Verbs;
using Auth.Host.Database;
using Auth.Host.Instances;
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
    private readonly string _instance;

    private AuditStore(ChosenDatabase database, ServiceProvider services, string instance, string publicUrl) => (_database, _services, _instance, PublicUrl) = (database, services, instance, publicUrl);

    /// <summary>Whose history.</summary>
    public string Instance => _instance;

    /// <summary>Where the instance is reached: the source of what is exported.</summary>
    public string PublicUrl { get; }

    /// <summary>The operator's own country.</summary>
    public string? HomeCountry { get; private init; }

    /// <summary>Finds the database by the same ways as the host, for one instance and never for another; words for people go to <paramref name="words"/>.</summary>
    public static async Task<AuditStore> Open(IReadOnlyDictionary<string, string?> settings, string? instance, TextWriter words, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        var known = InstanceSection.All(builder.Configuration).Select(section => section.Instance).ToArray();
        instance ??= known[0];
        if (!known.Contains(instance)) throw new NoSuchInstanceException(instance, known);
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
        var publicUrl = new InstanceSection(builder.Configuration, instance)["PublicUrl"] ?? "http://localhost:5080";
        return new(database, builder.Services.BuildServiceProvider(), instance, publicUrl.TrimEnd('/')) { HomeCountry = InstanceOptions.Home(new InstanceSection(builder.Configuration, instance)["HomeCountry"], builder.Environment.IsDevelopment()) };
    }

    /// <summary>What the command and the audit API read and write with.</summary>
    public AuditDesk Desk => new(
        _instance,
        _services.GetRequiredService<IDocumentStore>(), _services.GetRequiredService<IKeyring>, _services.GetRequiredService<TimeProvider>(),
        async ct =>
        {
            var connection = new NpgsqlConnection(_database.ConnectionString);
            await connection.OpenAsync(ct);
            return connection;
        });

    /// <summary>Everything is read in one snapshot of the database, which nothing here can change.</summary>
    public Task<AuditReader> Reader(CancellationToken ct) => Desk.Reader(ct);

    /// <summary>The same snapshot past the store, with the keys that its checkpoints are checked with.</summary>
    internal Task<ProofReader> Proof(IReadOnlyList<NoteVerifier> given, CancellationToken ct) => ProofReader.Open(_database.ConnectionString, _services, given, ct);

    /// <summary>What rebuilds readings: as the tables' owner, which the service is not where there are two roles.</summary>
    internal Auth.Projections.Rebuilding.Rebuild Rebuild() => new(
        _database.Owner ?? _database.ConnectionString, _services.GetRequiredService<TimeProvider>(), options => options.Schema.For<PersonalKey>().DatabaseSchemaName(StoreSettings.Schema));

    /// <summary>Who has the keys to what is sealed.</summary>
    internal IPersonalMarks Marks => new Search.PersonalMarks(_services.GetRequiredService<IKeyring>);

    /// <summary>How far each reading has followed, by its name.</summary>
    internal async Task<IReadOnlyDictionary<string, long>> Progress(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(ct);
        await using var ask = new NpgsqlCommand($"select name, coalesce(last_seq_id, 0) from {StoreSettings.Schema}.mt_event_progression", connection);
        await using var row = await ask.ExecuteReaderAsync(ct);
        var progress = new Dictionary<string, long>();
        while (await row.ReadAsync(ct)) progress[row.GetString(0)] = row.GetInt64(1);
        return progress;
    }

    /// <summary>What this machine's own witness wrote down, where it has one.</summary>
    internal IReadOnlyList<SignedNote> OwnWitness() => WitnessOptions.From(_services.GetRequiredService<IConfiguration>(), _services.GetRequiredService<IHostEnvironment>()).Kept();

    /// <summary>Leaves a private cluster to those who still use it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
