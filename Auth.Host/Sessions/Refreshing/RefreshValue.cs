using Marten;
using Npgsql;

namespace Auth.Host.Sessions.Refreshing;

/// <summary>A refresh value at rest: of one session, and of one family, which begins with a handshake (R72).</summary>
/// <param name="Id">SHA-256 of the value.</param>
/// <param name="ProvedAt">When the session was proved last, as it was then: a step-up leaves the value behind (R67).</param>
/// <param name="UsedAt">When it was used up; null while it is good.</param>
public sealed record RefreshValue(string Id, Guid Family, Guid Session, Guid UserId, DateTimeOffset ProvedAt, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt)
{
    /// <summary>Revision of the row: of two who use it at once, one is first.</summary>
    public long Version { get; set; }

    /// <summary>The first one of a family, and the value.</summary>
    public static (RefreshValue Row, RefreshSecret Secret) First(Session session, Guid family) => New(session, family, session.ProvedAt);

    /// <summary>The one that takes its place.</summary>
    public (RefreshValue Row, RefreshSecret Secret) Next(Session session) => New(session, Family, ProvedAt);

    private static (RefreshValue, RefreshSecret) New(Session session, Guid family, DateTimeOffset provedAt)
    {
        var secret = RefreshSecret.Make(RefreshSecret.Refresh);
        return (new(secret.Hash, family, session.Id, session.UserId, provedAt, session.ExpiresAt, null), secret);
    }

    internal static void Register(StoreOptions options)
    {
        options.Schema.For<RefreshValue>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version))
            .Duplicate(x => x.Session, notNull: true).Duplicate(x => x.UserId, notNull: true).Duplicate(x => x.ExpiresAt, notNull: true);
        options.Schema.For<HandshakeWord>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version)).Duplicate(x => x.ExpiresAt, notNull: true);
    }

    /// <summary>Forgets what is of no use to anybody any more.</summary>
    internal static async Task Sweep(NpgsqlDataSource database, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var table in (string[])["mt_doc_refreshvalue", "mt_doc_handshakeword"])
        {
            await using var command = database.CreateCommand($"delete from {Projections.StoreSettings.Schema}.{table} where expires_at < $1");
            command.Parameters.Add(new() { Value = now });
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}

/// <summary>What an app's backend shows once to be told what a handshake found: a refresh value never travels in an address.</summary>
/// <param name="Id">SHA-256 of the word.</param>
/// <param name="Session">The session it found; null where the browser holds none.</param>
/// <param name="Origin">Where the browser was sent back to.</param>
public sealed record HandshakeWord(string Id, Guid? Session, string Origin, DateTimeOffset ExpiresAt)
{
    /// <summary>How long it may be shown.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    /// <summary>Revision of the row.</summary>
    public long Version { get; set; }
}
