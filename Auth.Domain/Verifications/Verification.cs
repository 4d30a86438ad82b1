using System.Collections.Immutable;
using Auth.Domain.Passkeys;
using Auth.Domain.SignIns;
using Auth.Domain.Users;

namespace Auth.Domain.Verifications;

/// <summary>Where a verification stands.</summary>
/// <param name="Record">What was tried in it so far.</param>
/// <param name="Prepared">The code that may be attempted now, if one was asked for.</param>
/// <param name="Proved">What was right, in order.</param>
public sealed record Verification(VerificationBegun? Begun, Record Record, Message? Prepared, ImmutableList<Authenticator> Proved)
{
    /// <summary>The stream's id; set by whoever loads it. Of a new identifier or app it is its own id.</summary>
    public Guid Id { get; init; }

    /// <summary>The session that asked for the code (R62).</summary>
    public Guid? PreparedIn { get; init; }

    /// <summary>What a passkey may answer now, once, in the session of <see cref="PreparedIn"/>.</summary>
    public PasskeyChallenge? Challenge { get; init; }

    /// <summary>The epoch of the person that the code was made in.</summary>
    public long? PreparedAt { get; init; }

    /// <summary>A passkey that checked who touched it: both factors (R43).</summary>
    public Authenticator? UserVerified { get; init; }

    /// <summary>Before anything happened.</summary>
    public static Verification Initial { get; } = new(null, Record.Empty, null, []);

    /// <summary>Whether its time is over, for every reader at once.</summary>
    public bool IsOver(DateTimeOffset now) => now >= Begun?.EndsAt;

    /// <summary>Whether something voided it since it was begun: a factor taken off, a number released, another password (R63).</summary>
    public bool IsVoid(User? user) => Begun?.Epoch is { } begun && begun != user?.Epoch;

    /// <summary>The same for its code, where the verification itself waits as long as its identifier.</summary>
    public bool IsCodeVoid(User? user) => PreparedAt is { } prepared && prepared != user?.Epoch;

    /// <summary>The message whose code was right in that session; null where there was none.</summary>
    public Message? ProvedIn(Guid session) => PreparedIn == session && Prepared is null && Proved.LastOrDefault() is { } proved ? Record.TextFor(proved) : null;

    /// <summary>The only fold.</summary>
    public static Verification Evolve(Verification verification, VerificationEvent happened) => (verification.Begun, happened) switch
    {
        (null, VerificationBegun e)        => verification with { Begun = e },
        (not null, VerificationPrepared e) => verification.Sent(new(e.Authenticator, e.Text, e.TextNumber, e.Code, e.ResendFrom), e.Session) with { PreparedAt = e.Epoch },
        (not null, VerificationChallenged e) => verification with { Challenge = e.Challenge, PreparedIn = e.Session, Prepared = null, Record = verification.Record.Asked(e.Challenge) },
        (not null, VerificationRejected e) => verification with { Challenge = e.Authenticator.Leaves(verification.Challenge), Record = verification.Record.Wrong(e.Authenticator) },
        (not null, VerificationRefused e)  => verification with { Record = verification.Record.Refused(e.Authenticator, e.Reason, e.Until) },
        (not null, VerificationAccepted e) => verification with { Prepared = null, Challenge = null, UserVerified = e.UserVerified ? e.Authenticator : verification.UserVerified, Proved = verification.Proved.Add(e.Authenticator) },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot {(verification.Begun is null ? "begin" : "follow in")} a verification."),
    };

    private Verification Sent(Message message, Guid session) => this with { Prepared = message, Challenge = null, PreparedIn = session, Record = Record.Sent(message) };
}
