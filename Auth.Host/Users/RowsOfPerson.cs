using Auth.Projections;
using Marten;
using Npgsql;

namespace Auth.Host.Users;

/// <summary>Every kind of row that is a person's: what an erasure deletes, and what a certificate looks for. Whoever adds a kind of row that hangs on a person adds it here.</summary>
internal static class RowsOfPerson
{
    private const string Schema = StoreSettings.Schema;

    // Table, and which rows of it; a question mark is the person. Sends hang on identifiers, so they go first; the key goes last.
    private static readonly (string Table, string Where)[] Kinds =
    [
        ("sends",              $"id in ('user:' || replace(?::text, '-', ''), 'notices:' || replace(?::text, '-', '')) or id in (select i.id from {Schema}.mt_doc_identifier i where i.tenant_id = r.tenant_id and i.user_id = ?)"),
        ("identifier",         "user_id = ?"),
        ("guesses",            "user_id = ?"),
        ("passwordcredential", "id = ?"),
        ("authenticatorapp",   "user_id = ?"),
        ("backupcodeset",      "user_id = ?"),
        ("passkeycredential",  "user_id = ?"),
        ("trusteddevice",      "user_id = ?"),
        ("refreshvalue",       "user_id = ?"),
        ("ticketrow",          "user_id = ?"),
        ("opensignup",         "data ->> 'userId' = ?::text"),
        ("user",               "id = ?"),
        ("personalkey",        "id = ?"),
    ];

    /// <summary>All of them go with the transaction; so do the marks that readings have made so far.</summary>
    internal static void Drop(this IDocumentSession session, Guid user)
    {
        session.DeleteWhere<AuditMark>(mark => mark.Key == user);
        foreach (var (table, where) in Kinds)
            session.QueueSqlCommand($"delete from {Schema}.mt_doc_{table} r where r.tenant_id = ? and ({where})", [session.TenantId, .. Enumerable.Repeat((object)user, where.Count(c => c == '?'))]);
    }

    /// <summary>How many there are; readings follow within a moment, and hold nothing that can be read without the key.</summary>
    internal static async Task<(bool Key, long Rows)> Count(NpgsqlConnection connection, string tenant, Guid user, CancellationToken ct)
    {
        var (key, rows) = (false, 0L);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (table, where) in Kinds)
            batch.BatchCommands.Add(new($"select count(*) from {Schema}.mt_doc_{table} r where r.tenant_id = $1 and ({where.Replace("?", "$2", StringComparison.Ordinal)})") { Parameters = { new() { Value = tenant }, new() { Value = user } } });
        await using var counts = await batch.ExecuteReaderAsync(ct);
        foreach (var (table, _) in Kinds)
        {
            await counts.ReadAsync(ct);
            if (table == "personalkey") key = counts.GetInt64(0) > 0;
            else rows += counts.GetInt64(0);
            await counts.NextResultAsync(ct);
        }

        return (key, rows);
    }
}
