using Npgsql;

namespace Auth.Projections.Proof;

/// <summary>
/// A number that no event has: either its transaction was taken back, or it is still open and the event may come. Looked at twice, and then once every transaction
/// that was open at the second look is over, it is a hole. Nobody waits for those who only read.
/// </summary>
internal sealed class Gap
{
    private long _number;
    private ulong? _fence;

    /// <summary>Whether nobody can fill the gap at that number any more.</summary>
    internal async Task<bool> IsHole(long number, NpgsqlConnection connection, CancellationToken ct)
    {
        if (_number != number)
        {
            (_number, _fence) = (number, null);
            return false;
        }

        await using var ask = new NpgsqlCommand("select pg_snapshot_xmin(now)::text, pg_snapshot_xmax(now)::text from pg_current_snapshot() as now", connection);
        await using var row = await ask.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var (oldestOpen, next) = (ulong.Parse(row.GetString(0)), ulong.Parse(row.GetString(1)));
        if (_fence is { } fence) return oldestOpen >= fence;
        _fence = next;
        return false;
    }
}
