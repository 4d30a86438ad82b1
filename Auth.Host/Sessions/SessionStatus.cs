using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Marten;

namespace Auth.Host.Sessions;

/// <summary>The words for where a session stands, as a question to the database: the same rule as <see cref="Session.Status"/>.</summary>
public static class SessionStatus
{
    private static readonly EndReason?[] Others = [EndReason.SignedOut, EndReason.Removed, EndReason.Replaced];

    /// <summary>Only those in that status now; null for a word that is none.</summary>
    public static IQueryable<Session>? In(this IQueryable<Session> sessions, string status, DateTimeOffset now, Dials dials)
    {
        var idle = now - dials.SessionIdle;
        return status switch
        {
            "active"    => sessions.Where(row => row.Ended == null && row.ExpiresAt > now && row.LastActiveAt > idle),
            "abandoned" => sessions.Where(row => row.Ended == null && row.ExpiresAt > now && row.LastActiveAt <= idle),
            "expired"   => sessions.Where(row => row.Ended == null && row.ExpiresAt <= now),
            "ended"     => sessions.Where(row => row.Ended == EndReason.SignedOut),
            "removed"   => sessions.Where(row => row.Ended == EndReason.Removed),
            "replaced"  => sessions.Where(row => row.Ended == EndReason.Replaced),
            "revoked"   => sessions.Where(row => row.Ended != null && !row.Ended.IsOneOf(Others)),
            _           => null,
        };
    }
}
