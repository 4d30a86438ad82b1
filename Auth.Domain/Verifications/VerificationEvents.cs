using Auth.Domain.Passkeys;
using Auth.Domain.SignIns;

namespace Auth.Domain.Verifications;

/// <summary>A fact of one verification beside the sign-ins: of a new identifier, of a new authenticator app, of somebody who is signed in already (step-up). Names and bodies are for ever.</summary>
public abstract record VerificationEvent;

/// <summary>Something is to be proved.</summary>
/// <param name="User">Whose account it is about; null while there is none yet.</param>
/// <param name="Session">The session that asked; nobody else may go on with it (R34).</param>
/// <param name="EndsAt">From then on it is over for every reader; null where it waits as long as its identifier.</param>
/// <param name="ThenReserve">A number becomes a second factor with its verification.</param>
public sealed record VerificationBegun(Purpose Purpose, Guid? User, Guid? Session, DateTimeOffset? EndsAt, bool ThenReserve = false) : VerificationEvent
{
    /// <summary>Of the person then: what voids proofs voids this too (R63). Null for what waits as long as its identifier, and for the oldest.</summary>
    public long? Epoch { get; init; }
}

/// <summary>A code is on its way in a message of its own, for that session only (R62). We keep what it is made from, never the code.</summary>
public sealed record VerificationPrepared(Authenticator Authenticator, Guid Text, int TextNumber, OneTimeCode Code, DateTimeOffset ResendFrom, Guid Session) : VerificationEvent
{
    /// <summary>Of a text, the country of the number; it is as coarse as that, for the ledger of texts.</summary>
    public string? Country { get; init; }

    /// <summary>The rule it would have been refused by, had the operator enforced it.</summary>
    public RefusalReason? Noted { get; init; }

    /// <summary>Of the person then: the code is void once something voided their proofs (R63).</summary>
    public long? Epoch { get; init; }
}

/// <summary>A passkey is asked for, or asked to be made, in that session only; the answer is taken once (R40, R42).</summary>
public sealed record VerificationChallenged(PasskeyChallenge Challenge, Guid Session) : VerificationEvent;

/// <summary>The proof offered was wrong.</summary>
/// <param name="Flaw">Of a passkey: the check that failed, by its name (R39).</param>
public sealed record VerificationRejected(Authenticator Authenticator, string? Flaw = null) : VerificationEvent;

/// <summary>A message or a proof was turned away without a look at it. Told once per authenticator, reason and wait.</summary>
/// <param name="Country">Of a text that did not leave: the country it would have gone to.</param>
public sealed record VerificationRefused(Authenticator Authenticator, RefusalReason Reason, DateTimeOffset? Until, string? Country = null) : VerificationEvent;

/// <summary>The proof offered was right.</summary>
/// <param name="UserVerified">A passkey that checked who touched it.</param>
public sealed record VerificationAccepted(Authenticator Authenticator, bool UserVerified = false) : VerificationEvent;

/// <summary>What a verification is for; a code of one is refused by every other (R23).</summary>
public enum Purpose
{
    /// <summary>Somebody who is signed in proves it once more before they change something (R60).</summary>
    StepUp,

    /// <summary>An email address or phone number that was added is theirs (R62).</summary>
    NewIdentifier,

    /// <summary>An authenticator app holds the seed that was shown (R34).</summary>
    NewAuthenticatorApp,

    /// <summary>A passkey was made for the challenge of this session (R42).</summary>
    NewPasskey,
}
