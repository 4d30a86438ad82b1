using Auth.Domain.Passkeys;

namespace Auth.Domain.SignIns;

/// <summary>A fact of one sign-in, first identifier to session or its end. Names and bodies are for ever; when it happened is the store's.</summary>
public abstract record SignInEvent;

/// <summary>
/// Someone typed an identifier. Without a user nobody has it, and it is sealed under the strangers' key of the day. Or they begin with a passkey and type nothing: then
/// there is no identifier, and the first factor says who they are.
/// </summary>
public sealed record Identified(Guid Client, Guid? User, IdentifierKind Kind, Sealed? Identifier, DateTimeOffset EndsAt) : SignInEvent;

/// <summary>A code for the first factor is on its way in a message of its own; for a stranger it is told all the same, and nothing leaves. We keep what it is made from, never the code.</summary>
public sealed record FirstFactorPrepared(Authenticator Authenticator, Guid Text, int TextNumber, OneTimeCode Code, DateTimeOffset ResendFrom) : SignInEvent;

/// <summary>A passkey is asked for; the answer to it is taken once (R40). We keep what the challenge is made from, never the challenge.</summary>
public sealed record FirstFactorChallenged(PasskeyChallenge Challenge) : SignInEvent;

/// <summary>They proved it once. What that demands, and the user's epoch it was read at, hold for the rest of the sign-in (R06).</summary>
/// <param name="UserVerified">A passkey that checked who touched it: both factors at once (R43).</param>
/// <param name="User">Whose passkey it was, where nobody had been named.</param>
public sealed record FirstFactorVerified(Authenticator Authenticator, Demand Demand, long Epoch, DateTimeOffset? SecondFactorBy, bool UserVerified = false, Guid? User = null) : SignInEvent
{
    /// <summary>The same proof after the password was chosen anew: what it demands now, and from which epoch on.</summary>
    internal FirstFactorVerified After(PasswordReset reset) => this with { Demand = reset.Demand, Epoch = reset.Epoch, SecondFactorBy = reset.SecondFactorBy };
}

/// <summary>They chose a new password instead of the forgotten one. The sign-in goes on at the epoch that this made.</summary>
public sealed record PasswordReset(Demand Demand, long Epoch, DateTimeOffset? SecondFactorBy) : SignInEvent;

/// <summary>The first proof offered was wrong.</summary>
/// <param name="Flaw">Of a passkey: the check that failed, by its name (R39).</param>
public sealed record FirstFactorRejected(Authenticator Authenticator, string? Flaw = null) : SignInEvent;

/// <summary>A first proof was turned away without a look at it. Told once per authenticator, reason and wait.</summary>
public sealed record FirstFactorRefused(Authenticator Authenticator, RefusalReason Reason, DateTimeOffset? Until) : SignInEvent;

/// <summary>
/// A code is on its way in a text of its own. We keep what it is made from, never the code. Told again with the text it had already when they
/// come back to this authenticator from another one within the gap: then nothing new left.
/// </summary>
public sealed record SecondFactorPrepared(Authenticator Authenticator, Guid Text, int TextNumber, OneTimeCode Code, long Epoch, DateTimeOffset ResendFrom) : SignInEvent;

/// <summary>A passkey is asked for beside the first factor; the answer to it is taken once (R40).</summary>
public sealed record SecondFactorChallenged(PasskeyChallenge Challenge, long Epoch) : SignInEvent;

/// <summary>The code offered was not the one sent, or the passkey's answer is not believed.</summary>
/// <param name="Flaw">Of a passkey: the check that failed, by its name (R39).</param>
public sealed record SecondFactorRejected(Authenticator Authenticator, string? Flaw = null) : SignInEvent;

/// <summary>A text or a code was turned away without a look at it. Told once per authenticator, reason and wait.</summary>
public sealed record SecondFactorRefused(Authenticator Authenticator, RefusalReason Reason, DateTimeOffset? Until) : SignInEvent;

/// <summary>The provider took the text over, under its own id.</summary>
public sealed record TextHandedOver(Guid Text, string ProviderId) : SignInEvent;

/// <summary>The phone has the text, says the provider.</summary>
public sealed record TextDelivered(Guid Text, DateTimeOffset At) : SignInEvent;

/// <summary>The text will not arrive, says the provider in its own word and number, or we never got it out.</summary>
public sealed record TextUndeliverable(Guid Text, string Status, string? ProviderCode) : SignInEvent;

/// <summary>They proved it twice.</summary>
/// <param name="UserVerified">A passkey that checked who touched it.</param>
public sealed record SecondFactorVerified(Authenticator Authenticator, bool UserVerified = false) : SignInEvent;

/// <summary>The sign-in became a session: the one place where sessions begin (R03).</summary>
/// <param name="Task">What they have to do before the session is whole; null where nothing is left.</param>
public sealed record Converted(Guid Session, DateTimeOffset SessionExpiresAt, SessionTask? Task = null) : SignInEvent;

/// <summary>It ran out of time (R10).</summary>
public sealed record Expired : SignInEvent;

/// <summary>The same client began anew (R11).</summary>
public sealed record Superseded(Guid By) : SignInEvent;

/// <summary>The person's factors changed on the way; what was proved does not count any more (R06, R22, R63). Without an epoch they are gone.</summary>
public sealed record Invalidated(long? Epoch) : SignInEvent;

/// <summary>What a first factor demands before a session can begin. A body that does not say demands more, never less.</summary>
public enum Demand { SecondFactor, Nothing }

/// <summary>What is left to do in a session that has begun.</summary>
public enum SessionTask
{
    /// <summary>Enrol a second factor, because the operator demands one of everybody.</summary>
    SetupMfa,
}

/// <summary>Why something was turned away without a look at it.</summary>
public enum RefusalReason
{
    /// <summary>Too many failures in a row over all sign-ins (FAIL_WAIT, R19).</summary>
    Waiting,

    /// <summary>Five wrong guesses in this sign-in (R14, R38).</summary>
    Closed,

    /// <summary>The person is locked.</summary>
    Locked,

    /// <summary>The person is banned.</summary>
    Banned,

    /// <summary>Too many texts to this number, this person or from this address block (R56).</summary>
    SendLimit,

    /// <summary>The code's life is over.</summary>
    CodeExpired,
}

/// <summary>What kind of identifier was typed; with a passkey none is.</summary>
public enum IdentifierKind { EmailAddress, PhoneNumber, Passkey }
