using Auth.Domain.SignIns;

namespace Auth.Domain.Sessions;

/// <summary>A fact of one session after its start; the start is the sign-in's own <c>Converted</c>.</summary>
public abstract record SessionEvent;

/// <summary>No token is issued from now on (R70).</summary>
public sealed record Ended(EndReason Reason) : SessionEvent;

/// <summary>They proved it once more in this session; what they proved tells the verification's own stream (R60).</summary>
public sealed record SteppedUp(Guid Verification, Authenticator? First, Authenticator? Second) : SessionEvent;

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

    /// <summary>A factor, identifier or password of theirs changed in another session (R63).</summary>
    FactorsChanged,
}
