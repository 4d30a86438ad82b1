using System.Globalization;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Witnesses;
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
    /// <summary>Of somebody who was erased; null for everybody else.</summary>
    public async Task<ErasureCertificate?> Of(string tenant, Guid user, CancellationToken ct)
    {
        await using var session = store.QuerySession(tenant);
        if (await session.Events.FetchStreamAsync(user, token: ct) is not [.., { Data: UserErased fact } erased]) return null;

        await using var connection = await database.OpenConnectionAsync(ct);
        var (key, rows) = await RowsOfPerson.Count(connection, tenant, user, ct);
        var last = (await Seals.Newest(connection, ct)).FirstOrDefault(seal => seal.Tenant == tenant);
        var signers = await keys.Of(tenant, last is null ? null : SignedNote.Parse(last.Note), ct);
        return ErasureCertificate.Of(new UserId(user), erased, fact, key, rows, clock.GetUtcNow(), signers.Signer);
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
