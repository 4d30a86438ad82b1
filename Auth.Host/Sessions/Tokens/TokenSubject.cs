namespace Auth.Host.Sessions.Tokens;

/// <summary>Whose session a token is for, and how they proved it: all of it from accepted events (R73).</summary>
/// <param name="AuthorizedParty">The origin of the app that asked, where there is one.</param>
/// <param name="SecondFactorAt">When the second factor was verified last; null where none was.</param>
/// <param name="Amr">How, in the words of RFC 8176.</param>
/// <param name="Status">Clerk's word for the session.</param>
public sealed record TokenSubject(
    string UserId, string SessionId, string? AuthorizedParty, DateTimeOffset AuthenticatedAt,
    DateTimeOffset FirstFactorAt, DateTimeOffset? SecondFactorAt, IReadOnlyList<string> Amr, string Status);

/// <summary>What a token that was accepted says.</summary>
public sealed record SessionClaims(string UserId, string SessionId, string? AuthorizedParty, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
