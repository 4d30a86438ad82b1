using Auth.Host.Keys;
using Auth.Specs.Given;
using JasperFx;
using Marten;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Weasel.Core;

namespace Auth.Specs.Keys;

/// <summary>A schema of its own in a real PostgreSQL, a root key, a clock, and as many hosts over them as a spec needs.</summary>
public sealed class KeyDatabase : IAsyncDisposable
{
    public const string Ours = "default", Theirs = "theirs";

    public static readonly DateTimeOffset NineOClock = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<Task<string>> Database = new(() => ThrowAwayCluster.CreateDatabase("keys"));

    private KeyDatabase(IDocumentStore store) => Store = store;

    public IDocumentStore Store { get; }

    public RootKey Root { get; } = new(new byte[RootKey.Length], "the spec");

    public FakeTimeProvider Clock { get; } = new(NineOClock);

    public static async Task<KeyDatabase> New()
    {
        var database = await Database.Value;
        var store = DocumentStore.For(options =>
        {
            options.Connection(database);
            options.DatabaseSchemaName = $"keys_{Guid.NewGuid():N}";
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
            Keyring.Register(options);
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.All);
        return new(store);
    }

    public Vault Vault(RootKey? root = null) => new(Store, root ?? Root, Clock);

    /// <summary>Another host: nothing in memory yet.</summary>
    public Keyring Host(RootKey? root = null) => new(Store, root ?? Root, Vault(root), Clock, Options.Create(new KeyOptions()));

    public async Task<IReadOnlyList<InstanceKey>> Rows(string tenant = Ours)
    {
        await using var session = Store.QuerySession(tenant);
        return await session.Query<InstanceKey>().ToListAsync(TestContext.Current.CancellationToken);
    }

    public async Task Rewrite(InstanceKey row, string tenant = Ours)
    {
        await using var session = Store.LightweightSession(tenant);
        session.Store(row);
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Whether a host stands before a lock that another one holds.</summary>
    public static async Task<bool> SomebodyWaits()
    {
        await using var connection = new NpgsqlConnection(await Database.Value);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var locks = new NpgsqlCommand("select exists (select from pg_locks where locktype = 'advisory' and not granted)", connection);
        return (bool)(await locks.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
