using System.Runtime.CompilerServices;
using Npgsql;

namespace Auth.Projections.Proof;

/// <summary>Reads events as they lie in their table, past the store.</summary>
public static class StoredEvents
{
    private const long MicrosecondsTo2000 = 946_684_800_000_000;

    private const string Columns =
        "seq_id, id, stream_id, version, data::text, encode(bdata, 'base64'), type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers::text, user_name";

    /// <summary>Those with greater numbers, in order, at most so many; of one instance, where that is named.</summary>
    public static IAsyncEnumerable<StoredEvent> After(NpgsqlConnection connection, long after, long most, CancellationToken ct, string? only = null) =>
        only is null ? Read(connection, "where seq_id > $1 order by seq_id limit $2", [after, most], ct)
        : Read(connection, "where seq_id > $1 and tenant_id = $3 order by seq_id limit $2", [after, most, only], ct);

    /// <summary>Those with numbers above the first, up to the second; of one instance, where that is named.</summary>
    public static IAsyncEnumerable<StoredEvent> Between(NpgsqlConnection connection, long after, long upTo, CancellationToken ct, string? only = null) =>
        only is null ? Read(connection, "where seq_id > $1 and seq_id <= $2 order by seq_id", [after, upTo], ct)
        : Read(connection, "where seq_id > $1 and seq_id <= $2 and tenant_id = $3 order by seq_id", [after, upTo, only], ct);

    /// <summary>Those of a stream.</summary>
    public static IAsyncEnumerable<StoredEvent> Of(NpgsqlConnection connection, string tenant, Guid stream, CancellationToken ct) =>
        Read(connection, "where tenant_id = $1 and stream_id = $2 order by version", [tenant, stream], ct);

    private static async IAsyncEnumerable<StoredEvent> Read(NpgsqlConnection connection, string which, object[] values, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from {StoreSettings.Schema}.mt_events {which}", connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            yield return new(
                row.GetInt64(0), row.GetGuid(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.GetInt64(3), row.GetString(4), Text(row, 5), row.GetString(6),
                unchecked(row.GetFieldValue<long>(7) + MicrosecondsTo2000), Text(row, 8), Text(row, 9), Text(row, 10), Text(row, 11), Text(row, 12), Text(row, 13));
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
