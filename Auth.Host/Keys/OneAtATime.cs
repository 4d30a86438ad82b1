using Marten;
using Npgsql;

namespace Auth.Host.Keys;

/// <summary>A lock over all hosts that ends with the transaction.</summary>
internal static class OneAtATime
{
    /// <summary>Waits until no other transaction of this tenant holds the lock of that name. What is read afterwards is what the others left.</summary>
    public static async Task AlonePerTenant(this IDocumentSession session, string name, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))");
        wait.Parameters.AddWithValue($"{session.DocumentStore.Options.DatabaseSchemaName}.{name}|{session.TenantId}");
        await using var _ = await session.ExecuteReaderAsync(wait, ct);
    }
}
