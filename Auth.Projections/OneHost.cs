using Npgsql;

namespace Auth.Projections;

/// <summary>What one host at a time does for all of them.</summary>
public static class OneHost
{
    /// <summary>Whether it is this one, until the transaction ends; nobody is waited for.</summary>
    /// <param name="work">Which work: a number of its own.</param>
    public static async Task<bool> IsThis(NpgsqlTransaction transaction, long work, CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand("select pg_try_advisory_xact_lock($1)", transaction.Connection, transaction) { Parameters = { new() { Value = work } } };
        return await ask.ExecuteScalarAsync(ct) is true;
    }
}
