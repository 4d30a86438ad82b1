using System.Runtime.CompilerServices;
using Npgsql;

namespace Auth.Projections.Rebuilding;

/// <summary>Compares the rows of two tables field for field, in the order of their ids, at no time holding more than a row of each.</summary>
internal static class Comparing
{
    /// <summary>So many rows that differ are named.</summary>
    internal const int MostNamed = 10;

    /// <summary>Which differ, and how many do; only the first ones are named.</summary>
    internal static async Task<(long Count, IReadOnlyList<string> First)> Of(NpgsqlConnection live, NpgsqlConnection fresh, string table, CancellationToken ct)
    {
        var (count, first) = (0L, new List<string>());
        await using var ours = Rows(live, $"{StoreSettings.Schema}.{table}", ct).GetAsyncEnumerator(ct);
        await using var theirs = Rows(fresh, $"{Tables.Fresh}.{table}", ct).GetAsyncEnumerator(ct);
        var (a, b) = (await ours.MoveNextAsync(), await theirs.MoveNextAsync());
        while (a || b)
        {
            var order = !a ? 1 : !b ? -1 : string.CompareOrdinal(ours.Current.Id, theirs.Current.Id);
            if (order != 0 || ours.Current.Data != theirs.Current.Data)
            {
                count++;
                if (first.Count < MostNamed) first.Add($"{(order <= 0 ? ours.Current.Id : theirs.Current.Id)} {(order < 0 ? "is not in the events" : order > 0 ? "is missing" : "is not what the events say")}");
            }

            if (order <= 0) a = await ours.MoveNextAsync();
            if (order >= 0) b = await theirs.MoveNextAsync();
        }

        return (count, first);
    }

    // As the database spells jsonb, which is one way for one value.
    private static async IAsyncEnumerable<(string Id, string Data)> Rows(NpgsqlConnection connection, string table, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select tenant_id || '/' || id, data::text from {table} order by (tenant_id || '/' || id) collate \"C\"", connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) yield return (row.GetString(0), row.GetString(1));
    }
}
