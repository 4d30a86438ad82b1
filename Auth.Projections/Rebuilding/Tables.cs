using Npgsql;

namespace Auth.Projections.Rebuilding;

/// <summary>The table of a reading, and another one beside it that takes its place: the same columns, indexes, names and rights.</summary>
internal static class Tables
{
    /// <summary>Where a reading is built anew, and where an old one goes.</summary>
    internal const string Fresh = $"{StoreSettings.Schema}_fresh", Old = $"{StoreSettings.Schema}_old";

    /// <summary>What a run that was cut off left behind.</summary>
    internal const string Clear = $"drop schema if exists {Fresh} cascade; drop schema if exists {Old} cascade";

    /// <summary>An empty one.</summary>
    internal static async Task Make(NpgsqlConnection owner, string table, CancellationToken ct)
    {
        await Run(owner, $"{Clear}; create schema {Fresh}; create table {Fresh}.{table} (like {StoreSettings.Schema}.{table} including defaults including generated including storage)", ct);
        await Run(owner, await Text(owner, $"""
            select coalesce(string_agg(format('alter table {Fresh}.{table} add constraint %I %s', conname, pg_get_constraintdef(oid)), ';'), '') from pg_constraint where conrelid = '{StoreSettings.Schema}.{table}'::regclass
            """, ct), ct);
        await Run(owner, await Text(owner, $"""
            select coalesce(string_agg(replace(indexdef, ' ON {StoreSettings.Schema}.{table} ', ' ON {Fresh}.{table} '), ';'), '') from pg_indexes
            where schemaname = '{StoreSettings.Schema}' and tablename = '{table}' and indexname not in (select conname from pg_constraint where conrelid = '{StoreSettings.Schema}.{table}'::regclass)
            """, ct), ct);
        await Run(owner, await Text(owner, $"""
            select coalesce(string_agg(format('grant %s on {Fresh}.{table} to %s', privilege_type, case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end), ';'), '')
            from pg_class, aclexplode(relacl) where pg_class.oid = '{StoreSettings.Schema}.{table}'::regclass and grantee <> relowner
            """, ct), ct);
    }

    /// <summary>It takes the place of the other one, which is gone.</summary>
    internal static Task Switch(NpgsqlConnection owner, string table, CancellationToken ct) => Run(owner, $"""
        create schema {Old};
        alter table {StoreSettings.Schema}.{table} set schema {Old};
        alter table {Fresh}.{table} set schema {StoreSettings.Schema};
        {Clear}
        """, ct);

    /// <summary>A change that waits a second for its locks at most: never behind a long reader, with everybody else behind it. It lets go and tries again.</summary>
    internal static async Task<T> Patiently<T>(Func<Task<T>> change)
    {
        const int MostTries = 20;
        for (var tries = 1; ; tries++)
            try
            {
                return await change();
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected && tries < MostTries)
            {
                // Somebody reads for long, or follows just now.
            }
    }

    internal static async Task Run(NpgsqlConnection owner, string sql, CancellationToken ct)
    {
        if (sql.Length == 0) return;
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync(ct);
    }

    internal static async Task<long> Number(NpgsqlConnection owner, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        return await command.ExecuteScalarAsync(ct) is long number ? number : 0;
    }

    private static async Task<string> Text(NpgsqlConnection owner, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }
}
