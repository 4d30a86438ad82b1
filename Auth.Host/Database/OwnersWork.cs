using Auth.Host.Wiring;
using Auth.Projections;
using JasperFx;
using JasperFx.Events.Daemon;
using Marten;
using Npgsql;

namespace Auth.Host.Database;

/// <summary>
/// What the owner of the tables does, so that the role which the service runs with need not be able to: it makes tables, and lets that role read and write all of them, but what tells the
/// history it may only read and add to (R86).
/// </summary>
internal static class OwnersWork
{
    private const long Name = 0x4f_77_6e_65_72;

    private static readonly string[] OnlyAddedTo = [$"{StoreSettings.Schema}.mt_events", $"{StoreSettings.Schema}.seals"];

    /// <summary>Development, before the host: tables and rights. Of several hosts one at a time.</summary>
    internal static async Task Prepare(string owner, string service)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using (var alone = new NpgsqlCommand($"select pg_advisory_lock({Name})", connection)) await alone.ExecuteNonQueryAsync();
        await using (var store = DocumentStore.For(options =>
        {
            options.Connection(owner);
            StoreSettings.Apply(options, TimeProvider.System);
            EventStore.Documents(options);
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        }))
            await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await Grant(connection, RoleOf(service));
    }

    /// <summary>A verb of the tools; tables that it made are the service's to use.</summary>
    internal static async Task<int> AsOwner(this IConfiguration configuration, string verb, Func<Task<int>> run)
    {
        var code = await run();
        if (code != 0 || verb is not ("db-apply" or "resources") || configuration[ChosenDatabase.OwnerKey] is not { Length: > 0 } owner) return code;
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        if (configuration[ServiceRole] is { Length: > 0 } role) await Grant(connection, role);
        return code;
    }

    /// <summary>Where the role that the service runs with is remembered while the tools work as the owner.</summary>
    internal const string ServiceRole = "Auth:Database:ServiceRole";

    /// <summary>Who connects with that.</summary>
    internal static string RoleOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Username ?? "";

    private static async Task Grant(NpgsqlConnection connection, string role)
    {
        if (role == RoleOf(connection.ConnectionString)) return;
        await using var quote = new NpgsqlCommand("select quote_ident($1)", connection) { Parameters = { new() { Value = role } } };
        await using var grant = new NpgsqlCommand(Script((string)(await quote.ExecuteScalarAsync())!), connection);
        await grant.ExecuteNonQueryAsync();
    }

    /// <summary>The same as SQL, for who would rather run it by hand.</summary>
    internal static string Script(string role) => $"""
        create schema if not exists {EventStore.BusSchema};
        grant usage on schema {StoreSettings.Schema}, {EventStore.BusSchema} to {role};
        grant create on schema {EventStore.BusSchema} to {role};
        grant select, insert, update, delete, truncate on all tables in schema {StoreSettings.Schema}, {EventStore.BusSchema} to {role};
        grant usage, select on all sequences in schema {StoreSettings.Schema}, {EventStore.BusSchema} to {role};
        grant execute on all functions in schema {StoreSettings.Schema}, {EventStore.BusSchema} to {role};
        revoke update, delete, truncate on {string.Join(", ", OnlyAddedTo)} from {role};
        """;
}
