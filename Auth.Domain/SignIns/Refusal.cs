namespace Auth.Domain.SignIns;

/// <summary>Every way to be told no. What each says to the person stands in the host's one table of answers.</summary>
public enum Refusal
{
    /// <summary>There is no such sign-in, for this caller.</summary>
    NoSuchSignIn,

    /// <summary>This sign-in is waiting for another step.</summary>
    OutOfOrder,

    /// <summary>It is a session already.</summary>
    AlreadyConverted,

    /// <summary>It ran out of time, or what it was built on changed.</summary>
    SignInExpired,

    /// <summary>A newer one was begun on the same client.</summary>
    SignInSuperseded,

    /// <summary>Identifier or password is wrong; never which (R51).</summary>
    WrongPassword,

    /// <summary>Not the code we sent.</summary>
    WrongCode,

    /// <summary>The passkey's answer is not believed; never why (R51).</summary>
    WrongPasskey,

    /// <summary>Five wrong guesses: this authenticator is closed for this sign-in (R14).</summary>
    TooManyAttempts,

    /// <summary>Too many failures in a row: nothing is compared until the wait is over (R19).</summary>
    Waiting,

    /// <summary>So many failures in a row that it proves nothing until it is bound again (FAIL_HARD, R19); a stranger is told the same.</summary>
    FactorDisabled,

    /// <summary>The person is locked; told only after a right first factor.</summary>
    UserLocked,

    /// <summary>The person is banned; told only after a right first factor.</summary>
    UserBanned,

    /// <summary>The code's life is over.</summary>
    CodeExpired,

    /// <summary>No code was asked for yet.</summary>
    NotPrepared,

    /// <summary>This strategy cannot do that here.</summary>
    StrategyInvalid,

    /// <summary>This strategy proves nothing in this sign-in: they do not have it, or it would be the first factor once more.</summary>
    NotForThisSignIn,

    /// <summary>They have no such factor (R13).</summary>
    NoSuchFactor,

    /// <summary>This verification took too long; begin another one.</summary>
    VerificationOver,

    /// <summary>No more texts for now (R56).</summary>
    SendLimit,

    /// <summary>Numbers of that country are not texted (R57).</summary>
    CountryClosed,

    /// <summary>This sign-up is over; begin another one.</summary>
    SignUpEnded,

    /// <summary>The address or number is theirs, and leads to an account already.</summary>
    IdentifierTaken,

    /// <summary>It was verified before.</summary>
    AlreadyVerified,

    /// <summary>One sign-up may give only so many addresses and numbers.</summary>
    TooManyIdentifiers,

    /// <summary>The ticket is none, or was used, taken back or left to run out; never which.</summary>
    TicketInvalid,
}
