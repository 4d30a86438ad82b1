using System.Runtime.CompilerServices;
using Npgsql;

namespace Auth.Projections.Proof;

/// <summary>Reads seals.</summary>
public static class Seals
{
    /// <summary>One history's, from the one that begins at that size.</summary>
    public static IAsyncEnumerable<Seal> From(NpgsqlConnection connection, string tenant, long size, long most, CancellationToken ct) =>
        Read(connection, "where tenant_id = $1 and start >= $2 order by start limit $3", [tenant, size, most], ct);

    /// <summary>Every history's, or that of one instance, in the order in which they were made.</summary>
    public static IAsyncEnumerable<Seal> After(NpgsqlConnection connection, long upTo, string tenant, long most, CancellationToken ct, string? only = null) =>
        only is null ? Read(connection, "where (up_to, tenant_id) > ($1, $2) order by up_to, tenant_id limit $3", [upTo, tenant, most], ct)
        : Read(connection, "where (up_to, tenant_id) > ($1, $2) and tenant_id = $4 order by up_to, tenant_id limit $3", [upTo, tenant, most, only], ct);

    /// <summary>The newest of each history.</summary>
    public static async Task<IReadOnlyList<Seal>> Newest(NpgsqlConnection connection, CancellationToken ct) => await Read(
        connection, $"where (tenant_id, start) in (select tenant_id, max(start) from {SealTable.Name} group by tenant_id) order by tenant_id", [], ct).ToArrayAsync(ct);

    /// <summary>The one that holds that event, or should.</summary>
    public static async Task<Seal?> Holding(NpgsqlConnection connection, string tenant, long sequence, CancellationToken ct) =>
        await Read(connection, "where tenant_id = $1 and up_to >= $2 and after < $2 order by up_to limit 1", [tenant, sequence], ct).FirstOrDefaultAsync(ct);

    private static async IAsyncEnumerable<Seal> Read(NpgsqlConnection connection, string which, object[] values, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select {Seal.Columns} from {SealTable.Name} {which}", connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) yield return Seal.Read(row);
    }
}
