namespace Auth.Domain.Users;

/// <summary>Something asked of a person's account.</summary>
public abstract record UserCommand;

/// <summary>An account is made, by an operator or by the person; the identifiers given count as verified.</summary>
/// <param name="By">Who says that they are theirs.</param>
public sealed record CreateUser(
    Sealed? FirstName, Sealed? LastName, bool WithPassword, IReadOnlyList<NewIdentifier> EmailAddresses, IReadOnlyList<NewIdentifier> PhoneNumbers, Vouching By = Vouching.Operator) : UserCommand
{
    /// <summary>An authenticator app whose seed comes along.</summary>
    public Guid? App { get; init; }

    /// <summary>Backup codes that come along.</summary>
    public MakeBackupCodes? BackupCodes { get; init; }
}

/// <summary>An identifier with the id it will have.</summary>
public sealed record NewIdentifier(Guid Id, Sealed Value);

/// <summary>2-step verification for one number: on or off, default or not; what is null stays.</summary>
public sealed record ChangePhoneNumber(Guid PhoneNumber, bool? ReservedForSecondFactor, bool? DefaultSecondFactor) : UserCommand;

/// <summary>No session until then, or until unlocked.</summary>
public sealed record LockUser(DateTimeOffset? Until) : UserCommand;

/// <summary>Lift a lock, and whatever wrong guesses keep closed.</summary>
/// <param name="Failing">Whether anything of theirs was guessed at in vain.</param>
public sealed record UnlockUser(bool Failing = false) : UserCommand;

/// <summary>Close the account.</summary>
public sealed record BanUser : UserCommand;

/// <summary>Open it again.</summary>
public sealed record UnbanUser : UserCommand;

/// <summary>What they are called from now on. A name that stays is given as it is sealed already.</summary>
public sealed record ChangeNames(Sealed? FirstName, Sealed? LastName) : UserCommand;

/// <summary>Let nothing be left of them that can be read.</summary>
public sealed record EraseUser(DateTimeOffset? UnheardSince = null) : UserCommand;

/// <summary>An email address they say is theirs; it counts once it is verified.</summary>
public sealed record AddEmailAddress(NewIdentifier Address) : UserCommand;

/// <summary>A phone number they say is theirs; it counts once it is verified.</summary>
public sealed record AddPhoneNumber(NewIdentifier Number, DateTimeOffset At) : UserCommand;

/// <summary>A code sent to it was right: address or number, whichever has that id.</summary>
public sealed record VerifyIdentifier(Guid Id, Vouching By) : UserCommand;

/// <summary>Take an address or a number off the account, whichever has that id.</summary>
public sealed record RemoveIdentifier(Guid Id) : UserCommand;

/// <summary>An authenticator app gave its first right code.</summary>
public sealed record AddAuthenticatorApp(Guid App) : UserCommand;

/// <summary>Take the authenticator app off.</summary>
public sealed record RemoveAuthenticatorApp : UserCommand;

/// <summary>A passkey was made and is believed.</summary>
public sealed record AddPasskey(PasskeyAdded Passkey) : UserCommand;

/// <summary>Call a passkey something else.</summary>
public sealed record RenamePasskey(Guid Passkey, Sealed Name) : UserCommand;

/// <summary>Take a passkey off.</summary>
public sealed record RemovePasskey(Guid Passkey) : UserCommand;

/// <summary>A passkey's counter did not grow.</summary>
public sealed record SuspectPasskey(Guid Passkey, long SignCount, long LastSignCount) : UserCommand;

/// <summary>New backup codes; all older ones are void.</summary>
public sealed record MakeBackupCodes(Guid Set, int Codes) : UserCommand;

/// <summary>Take the backup codes off.</summary>
public sealed record RemoveBackupCodes : UserCommand;

/// <summary>Take every second factor off: the operator's recovery of somebody who lost them all.</summary>
public sealed record RemoveSecondFactors : UserCommand;

/// <summary>Begin the operator's recovery of somebody who lost all their second factors.</summary>
/// <param name="Due">When it takes effect.</param>
public sealed record StartRecovery(Guid Recovery, DateTimeOffset Due, string By, Sealed Reason) : UserCommand;

/// <summary>Stop a recovery before it is due.</summary>
/// <param name="By">The operator's key; null for the person.</param>
public sealed record CancelRecovery(string? By) : UserCommand;

/// <summary>Do what a recovery that is due was begun for.</summary>
public sealed record TakeEffect(DateTimeOffset At) : UserCommand;

/// <summary>Spare a device the second factor no longer.</summary>
public sealed record RevokeDeviceTrust(Guid Trust, string? By) : UserCommand;

/// <summary>End all of their sessions.</summary>
public sealed record RevokeSessions(string By) : UserCommand;

/// <summary>A new password.
public sealed record SetPassword : UserCommand;
