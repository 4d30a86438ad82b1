namespace Auth.Domain.Users;

/// <summary>Every way to be told no about an account.</summary>
public enum UserRefusal
{
    /// <summary>There is no such person.</summary>
    NoSuchUser,

    /// <summary>They have no such number.</summary>
    NoSuchPhoneNumber,

    /// <summary>A number becomes a second factor only once it is theirs (R62).</summary>
    NumberUnverified,

    /// <summary>Another number has to become the default one instead.</summary>
    DefaultStays,

    /// <summary>Only a second factor can be the default one.</summary>
    NotReserved,

    /// <summary>They have no such address or number.</summary>
    NoSuchIdentifier,

    /// <summary>It is verified already.</summary>
    AlreadyVerified,

    /// <summary>Without it they could not sign in any more.</summary>
    LastIdentifier,

    /// <summary>The instance demands a second factor, and this is the last one.</summary>
    LastSecondFactor,

    /// <summary>They tried too many numbers today (NEW_NUMBERS).</summary>
    TooManyNumbers,

    /// <summary>They have an authenticator app already; it has to go first.</summary>
    AlreadyEnrolled,

    /// <summary>They have no such factor.</summary>
    NoSuchFactor,

    /// <summary>They have as many passkeys as anybody may have; one has to go first.</summary>
    TooManyPasskeys,

    /// <summary>Backup codes stand in for another second factor; alone they are none.</summary>
    NothingToBackUp,
}
