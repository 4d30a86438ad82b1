using Npgsql;

namespace Auth.Projections.Proof;

/// <summary>What can be told without seals, of events not sealed yet as well: streams without holes, as long as they say, and nothing hidden.</summary>
public static class StreamCheck
{
    private const string Schema = StoreSettings.Schema;

    // Each answers: position, tenant, stream. $1 is the instance, or null for all.
    private static readonly (Flaw Flaw, string Words, string Query)[] Questions =
    [
        (Flaw.Stream, "has a hole, or a version twice", $"""
            select min(seq_id), coalesce(tenant_id, ''), stream_id from {Schema}.mt_events
            where $1 is null or tenant_id = $1 group by tenant_id, stream_id having min(version) <> 1 or max(version) <> count(*) or stream_id is null order by 1 limit 100
            """),
        (Flaw.Stream, "is not as long as its row says", $"""
            select coalesce(e.last, 0), s.tenant_id, s.id from {Schema}.mt_streams s
            left join (select tenant_id, stream_id, max(version) as version, max(seq_id) as last from {Schema}.mt_events where $1 is null or tenant_id = $1 group by tenant_id, stream_id) e on e.tenant_id = s.tenant_id and e.stream_id = s.id
            where ($1 is null or s.tenant_id = $1) and s.version is distinct from coalesce(e.version, 0) order by 1 limit 100
            """),
        (Flaw.Hidden, "is hidden: nothing of Auth archives", $"""
            select coalesce(min(e.seq_id), 0), s.tenant_id, s.id from {Schema}.mt_streams s
            left join {Schema}.mt_events e on e.tenant_id = s.tenant_id and e.stream_id = s.id
            where ($1 is null or s.tenant_id = $1) and (s.is_archived or e.is_archived) group by s.tenant_id, s.id order by 1 limit 100
            """),
    ];

    /// <summary>What is wrong with streams, of one instance where that is named.</summary>
    public static async Task<IReadOnlyList<Finding>> Run(NpgsqlConnection connection, string? only, CancellationToken ct)
    {
        var findings = new List<Finding>();
        foreach (var (flaw, words, query) in Questions)
        {
            await using var command = new NpgsqlCommand(query, connection) { CommandTimeout = 0, Parameters = { new() { Value = (object?)only ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } } };
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
                findings.Add(new(flaw, row.GetInt64(0), row.GetString(1), $"The stream {(row.IsDBNull(2) ? "without an id" : row.GetGuid(2))} {words}."));
        }

        return findings;
    }
}
