using Auth.Host.Keys;
using Auth.Host.Witnesses;
using Auth.Projections;
using Auth.Projections.Proof;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Auth.Host.Audit.Proving;

/// <summary>One snapshot of the database, past the store, and the keys that its checkpoints are checked with.</summary>
internal sealed class ProofReader : IAsyncDisposable
{
    private readonly NpgsqlTransaction _snapshot;
    private readonly IDocumentStore _store;
    private readonly Dictionary<string, IReadOnlyList<OpenKey>> _keys = [];
    private readonly IReadOnlyList<NoteVerifier> _given;

    private ProofReader(NpgsqlTransaction snapshot, IDocumentStore store, IReadOnlyList<NoteVerifier> given) => (_snapshot, _store, _given) = (snapshot, store, given);

    /// <summary>Reads; it can change nothing.</summary>
    internal NpgsqlConnection Connection => _snapshot.Connection!;

    /// <summary>Every instance that has a history.</summary>
    internal IReadOnlyList<string> Tenants { get; private set; } = [];

    /// <summary>Opens the snapshot; given keys count where the root key is not here.</summary>
    internal static async Task<ProofReader> Open(string connectionString, IServiceProvider services, IReadOnlyList<NoteVerifier> given, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            await using (var only = new NpgsqlCommand("set transaction read only; set local max_parallel_workers_per_gather = 0", connection, snapshot)) await only.ExecuteNonQueryAsync(ct);
            var reader = new ProofReader(snapshot, services.GetRequiredService<IDocumentStore>(), given);
            await reader.Learn(services, ct);
            return reader;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The keys of an instance under a name, or null where none are at hand.</summary>
    internal IReadOnlyList<NoteVerifier>? Keys(string tenant, string origin) =>
        _keys.TryGetValue(tenant, out var open) ? open.Any(key => key.Purpose == KeyPurpose.Checkpoints) ? CheckpointKeys.Named(open, origin).All : []
        : _given.Where(key => key.Name == origin).ToArray() is { Length: > 0 } given ? given : null;

    /// <summary>The store, in the same snapshot.</summary>
    internal IQuerySession Session(string tenant)
    {
        var options = Marten.Services.SessionOptions.ForTransaction(_snapshot);
        options.TenantId = tenant;
        return _store.QuerySession(options);
    }

    /// <summary>How many events there are, and the number of the last one.</summary>
    internal async Task<(long Count, long UpTo)> Extent(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select count(*), coalesce(max(seq_id), 0) from {StoreSettings.Schema}.mt_events", Connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0), row.GetInt64(1));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        var connection = _snapshot.Connection;
        await _snapshot.DisposeAsync();
        if (connection is not null) await connection.DisposeAsync();
    }

    private async Task Learn(IServiceProvider services, CancellationToken ct)
    {
        var tenants = new List<string>();
        await using (var ask = new NpgsqlCommand($"select tenant_id from {StoreSettings.Schema}.mt_streams union select tenant_id from {SealTable.Name} order by 1", Connection))
        await using (var row = await ask.ExecuteReaderAsync(ct))
            while (await row.ReadAsync(ct)) tenants.Add(row.GetString(0));
        Tenants = tenants;
        try
        {
            var vault = services.GetRequiredService<Vault>();
            foreach (var tenant in tenants) _keys[tenant] = await vault.Existing(tenant, ct);
        }
        catch (Exception e) when (WrongRootKeyException.Means(e) || e is IOException or UnauthorizedAccessException)
        {
            _keys.Clear();
        }
    }
}
