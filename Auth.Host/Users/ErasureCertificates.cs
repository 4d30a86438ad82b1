using System.Globalization;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Witnesses;
using Auth.Projections;
using Auth.Projections.Proof;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace Auth.Host.Users;

/// <summary>
/// Says under our signature that nothing of an erased person is left: looked up when it is written, and every time it is asked for again. A note in the signed-note format of C2SP, by the key that
/// signs checkpoints, so that whoever checks a history can check this.
/// </summary>
public sealed class ErasureCertificates(IDocumentStore store, NpgsqlDataSource database, CheckpointKeys keys, TimeProvider clock)
{
    // Every row that could be theirs, as EraseUserHandler drops them; readings follow within a moment, and hold nothing that can be read without the key.
    private static readonly string Left = $"""
        select (select count(*) from {StoreSettings.Schema}.mt_doc_personalkey where tenant_id = $1 and id = $2), {string.Join(" + ", new[]
        {
            ("identifier", "user_id = $2"), ("guesses", "user_id = $2"), ("passwordcredential", "id = $2"), ("authenticatorapp", "user_id = $2"), ("backupcodeset", "user_id = $2"), ("passkeycredential", "user_id = $2"),
            ("trusteddevice", "user_id = $2"), ("refreshvalue", "user_id = $2"), ("ticketrow", "user_id = $2"), ("opensignup", "data ->> 'userId' = $2::text"), ("user", "id = $2"),
            ("sends", "id in ('user:' || replace($2::text, '-', ''), 'notices:' || replace($2::text, '-', ''))"),
        }.Select(row => $"(select count(*) from {StoreSettings.Schema}.mt_doc_{row.Item1} where tenant_id = $1 and {row.Item2})"))}
        """;

    /// <summary>Of somebody who was erased; null for everybody else.</summary>
    public async Task<ErasureCertificate?> Of(string tenant, Guid user, CancellationToken ct)
    {
        await using var session = store.QuerySession(tenant);
        if (await session.Events.FetchStreamAsync(user, token: ct) is not [.., { Data: UserErased fact } erased]) return null;

        await using var connection = await database.OpenConnectionAsync(ct);
        var (key, rows) = await Count(connection, tenant, user, ct);
        var last = (await Seals.Newest(connection, ct)).FirstOrDefault(seal => seal.Tenant == tenant);
        var signers = await keys.Of(tenant, last is null ? null : SignedNote.Parse(last.Note), ct);
        return ErasureCertificate.Of(new UserId(user), erased, fact, key, rows, clock.GetUtcNow(), signers.Signer);
    }

    private static async Task<(bool Key, long Rows)> Count(NpgsqlConnection connection, string tenant, Guid user, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Left, connection) { Parameters = { new() { Value = tenant }, new() { Value = user } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0) > 0, row.GetInt64(1));
    }
}

/// <summary>That a person was erased, and what is left of them.</summary>
/// <param name="Event">The fact, by its number in the history: <c>audit prove user_…</c> shows that it is in the signed tree.</param>
/// <param name="ErasedAt">Milliseconds since 1970.</param>
/// <param name="UnheardSince">Where the rule of retention did it: when something was heard of them last.</param>
/// <param name="KeyDestroyed">Whether the key is gone that everything personal was sealed under.</param>
/// <param name="RowsLeft">Rows that hang on them in this database; backups from before have their own.</param>
/// <param name="Certificate">The same as a signed note.</param>
public sealed record ErasureCertificate(string Object, string UserId, long Event, long ErasedAt, long? UnheardSince, bool KeyDestroyed, long RowsLeft, long CheckedAt, string Certificate)
{
    internal static ErasureCertificate Of(UserId user, IEvent erased, UserErased fact, bool key, long rows, DateTimeOffset now, NoteSigner signer)
    {
        string[] lines =
        [
            $"{signer.Verifier.Name}/erasure",
            $"{user}",
            string.Create(CultureInfo.InvariantCulture, $"erased {Time(erased.Timestamp)}, event {erased.Sequence}, version {erased.Version} of their stream"),
            fact.UnheardSince is { } heard ? $"by the rule of retention, not heard of since {Time(heard)}" : "by order",
            key ? "their key is still there" : "their key is destroyed",
            string.Create(CultureInfo.InvariantCulture, $"{rows} rows of theirs are left"),
            $"looked up {Time(now)}",
        ];
        return new("erasure_certificate", $"{user}", erased.Sequence, erased.Timestamp.ToUnixTimeMilliseconds(), fact.UnheardSince?.ToUnixTimeMilliseconds(), !key, rows, now.ToUnixTimeMilliseconds(), $"{signer.Sign(string.Concat(lines.Select(line => $"{line}\n")))}");
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
