using Auth.Domain.SignIns;

namespace Auth.Domain.Sessions;

/// <summary>A fact of one session after its start; the start is the sign-in's own <c>Converted</c>.</summary>
public abstract record SessionEvent
{
    /// <summary>Whose session it is: its stream has no beginning of its own that says so. Only the oldest facts do not tell.</summary>
    public Guid? User { get; init; }
}

/// <summary>No token is issued from now on (R70).</summary>
public sealed record Ended(EndReason Reason) : SessionEvent;

/// <summary>They proved it once more in this session; what they proved tells the verification's own stream (R60).</summary>
public sealed record SteppedUp(Guid Verification, Authenticator? First, Authenticator? Second) : SessionEvent;

/// <summary>What was left to do is done: the session is whole.</summary>
public sealed record TaskCompleted(SessionTask Task) : SessionEvent;

/// <summary>Why a session ended.</summary>
public enum EndReason
{
    /// <summary>They signed out.</summary>
    SignedOut,

    /// <summary>They took it off this client.</summary>
    Removed,

    /// <summary>The same client signed in anew.</summary>
    Replaced,

    /// <summary>An operator ended it.</summary>
    Revoked,

    /// <summary>They ended it from their list of sessions, on this client or another (R75).</summary>
    RevokedByUser,

    /// <summary>An operator closed the account (R70).</summary>
    UserBanned,

    /// <summary>The person was erased (R70).</summary>
    UserErased,

    /// <summary>They have another password now (R63, R70).</summary>
    PasswordChanged,

    /// <summary>A factor was added, changed or removed (R63, R70).</summary>
    FactorsChanged,

    /// <summary>A refresh value that was used up came again: two had it (R72).</summary>
    RefreshReused,
}
