using JasperFx;
using Marten;
using Npgsql;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Core.Migrations;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Auth.Host.Limits;

/// <summary>Where hosts tell each other what they counted: a row per block and minute, for an hour. Made with the rest of the schema.</summary>
public sealed class LimitTable(StoreOptions options) : FeatureSchemaBase("limits", new PostgresqlMigrator())
{
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    protected override IEnumerable<ISchemaObject> schemaObjects()
    {
        var table = new Table($"{options.DatabaseSchemaName}.limits");
        table.AddColumn<Guid>("key").AsPrimaryKey();
        table.AddColumn<int>("minute").AsPrimaryKey();
        table.AddColumn<int>("count").NotNull();
        table.AddColumn<DateTimeOffset>("changed").NotNull();
        table.Indexes.Add(new IndexDefinition("limits_changed") { Columns = ["changed"] });
        yield return table;
    }

    /// <summary>Adds what was counted here and reads what has changed, in one round trip. The rows come in one order, so hosts never wait for each other in a circle.</summary>
    internal static async Task<(IReadOnlyList<(Guid Id, int Minute, int Count)> Rows, DateTimeOffset At)> Merge(
        NpgsqlDataSource source, string schema, IReadOnlyList<(Guid Id, int Minute, int Count)> counted, DateTimeOffset? since, int oldest, CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new($"""
            insert into {schema}.limits as l (key, minute, count, changed)
            select key, minute, count, clock_timestamp() from unnest($1, $2, $3) as c (key, minute, count) order by key, minute
            on conflict (key, minute) do update set count = l.count + excluded.count, changed = clock_timestamp()
            """)
        {
            Parameters =
            {
                new() { Value = counted.Select(c => c.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = counted.Select(c => c.Minute).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new() { Value = counted.Select(c => c.Count).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
            },
        });
        batch.BatchCommands.Add(new("select clock_timestamp()"));
        batch.BatchCommands.Add(new($"select key, minute, count from {schema}.limits where changed > $1 and minute > $2")
        {
            Parameters = { new() { Value = since is { } s ? (s - Overlap).ToUniversalTime() : DateTimeOffset.MinValue, NpgsqlDbType = NpgsqlDbType.TimestampTz }, new() { Value = oldest } },
        });

        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var at = reader.GetFieldValue<DateTimeOffset>(0);
        await reader.NextResultAsync(ct);
        var rows = new List<(Guid, int, int)>();
        while (await reader.ReadAsync(ct)) rows.Add((reader.GetGuid(0), reader.GetInt32(1), reader.GetInt32(2)));
        return (rows, at);
    }

    /// <summary>Deletes what is older than an hour.</summary>
    internal static async Task Sweep(NpgsqlDataSource source, string schema, int oldest, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"delete from {schema}.limits where minute <= $1");
        command.Parameters.Add(new() { Value = oldest });
        await command.ExecuteNonQueryAsync(ct);
    }
}
