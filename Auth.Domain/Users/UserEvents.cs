using Auth.Domain.SignIns;

namespace Auth.Domain.Users;

/// <summary>A fact of one person's account. Never one per sign-in.</summary>
public abstract record UserEvent;

/// <summary>An account came into being.</summary>
public sealed record UserCreated(Sealed? FirstName, Sealed? LastName) : UserEvent;

/// <summary>They have a password now, or another one. The password itself is in no event.</summary>
/// <param name="By">After a forgotten one: what carried the code that let them choose it. It does not stand beside a second factor that travels the same way.</param>
public sealed record PasswordSet(Channel? By = null) : UserEvent;

/// <summary>They gave an email address.</summary>
public sealed record EmailAddressAdded(Guid EmailAddress, Sealed Address) : UserEvent;

/// <summary>The email address is theirs.</summary>
public sealed record EmailAddressVerified(Guid EmailAddress, Vouching By) : UserEvent;

/// <summary>They gave a phone number.</summary>
public sealed record PhoneNumberAdded(Guid PhoneNumber, Sealed Number) : UserEvent;

/// <summary>The phone number is theirs (R62).</summary>
public sealed record PhoneNumberVerified(Guid PhoneNumber, Vouching By) : UserEvent;

/// <summary>2-step verification was enabled for this number; it counts from now on (R04).</summary>
public sealed record ReservedForSecondFactor(Guid PhoneNumber) : UserEvent;

/// <summary>Codes go to this number unless another one is named.</summary>
public sealed record MadeDefaultSecondFactor(Guid PhoneNumber) : UserEvent;

/// <summary>2-step verification was disabled for this number.</summary>
public sealed record ReleasedFromSecondFactor(Guid PhoneNumber) : UserEvent;

/// <summary>The address is no longer theirs to sign in with.</summary>
public sealed record EmailAddressRemoved(Guid EmailAddress) : UserEvent;

/// <summary>The number is no longer theirs; it was no second factor from then on.</summary>
public sealed record PhoneNumberRemoved(Guid PhoneNumber) : UserEvent;

/// <summary>An authenticator app gave a first right code; it counts from now on (R34). The seed is in no event.</summary>
public sealed record AuthenticatorAppAdded(Guid App) : UserEvent;

/// <summary>The authenticator app proves nothing any more.</summary>
public sealed record AuthenticatorAppRemoved(Guid App) : UserEvent;

/// <summary>They have new backup codes; all older ones are void (R37). The codes are in no event.</summary>
public sealed record BackupCodesMade(Guid Set, int Codes) : UserEvent;

/// <summary>Their backup codes are void.</summary>
public sealed record BackupCodesRemoved(Guid Set) : UserEvent;

/// <summary>They have one more passkey; it counts from now on (R04). Its key is in no event.</summary>
/// <param name="VerifiesUser">It checked its owner when it was made: it can be both factors (R43).</param>
/// <param name="Aaguid">Its make, as it says itself; nobody attests to it.</param>
public sealed record PasskeyAdded(Guid Passkey, bool VerifiesUser, bool BackupEligible, bool BackedUp, Guid Aaguid, Sealed Name) : UserEvent;

/// <summary>They call a passkey something else now.</summary>
public sealed record PasskeyRenamed(Guid Passkey, Sealed Name) : UserEvent;

/// <summary>The passkey proves nothing any more.</summary>
public sealed record PasskeyRemoved(Guid Passkey) : UserEvent;

/// <summary>A rightly signed answer came with a counter that had not grown: somebody may have a copy (R41). The answer was refused.</summary>
public sealed record PasskeySuspected(Guid Passkey, long SignCount, long LastSignCount) : UserEvent;

/// <summary>No session begins for this person, until then or until unlocked.</summary>
public sealed record Locked(DateTimeOffset? Until) : UserEvent;

/// <summary>The lock is lifted.</summary>
public sealed record Unlocked : UserEvent;

/// <summary>So many wrong guesses in a row that this proves nothing of theirs any more until it is bound again or the operator unlocks them (FAIL_HARD, R19).</summary>
/// <param name="Lane">Null: for everybody but their known devices. A number: for the known devices that share it (R59).</param>
public sealed record AuthenticatorDisabled(Authenticator Authenticator, int? Lane) : UserEvent;

/// <summary>The operator closed the account: no session begins for this person, and those there were have ended (R70).</summary>
public sealed record Banned : UserEvent;

/// <summary>The operator opened the account again.</summary>
public sealed record Unbanned : UserEvent;

/// <summary>They are called this from now on: both names as they are after the change.</summary>
public sealed record NamesChanged(Sealed? FirstName, Sealed? LastName) : UserEvent;

/// <summary>
/// The operator began to recover somebody who lost their second factors: all of them go when it is due, and not before, unless it is cancelled (R65).
/// </summary>
/// <param name="By">Who: the short id of the secret key they used, never the key.</param>
/// <param name="Reason">In the operator's words, which may name the person.</param>
public sealed record RecoveryStarted(Guid Recovery, DateTimeOffset Due, string By, Sealed Reason) : UserEvent;

/// <summary>Nothing comes of that recovery.</summary>
/// <param name="By">The short id of the operator's key; null where the person said so themselves.</param>
public sealed record RecoveryCancelled(Guid Recovery, string? By) : UserEvent;

/// <summary>The recovery took effect: what went with it was told before, in the same commit, and they have to enrol a second factor again (R65).</summary>
public sealed record Recovered(Guid Recovery) : UserEvent;

/// <summary>A device is no longer spared the second factor (R66).</summary>
/// <param name="By">The short id of the operator's key; null where the person said so themselves.</param>
public sealed record DeviceTrustRevoked(Guid Trust, string? By) : UserEvent;

/// <summary>An operator ended all of their sessions at once. What was proved or begun before is void: sign-ins that wait, the trust in devices (R63, R75).</summary>
/// <param name="By">The short id of the operator's key.</param>
public sealed record SessionsRevoked(string By) : UserEvent;

/// <summary>The last fact of a person: their key is destroyed in the same commit, and what was sealed under it cannot be read by anybody any more.</summary>
/// <param name="UnheardSince">When something was heard of them last, where the operator's rule of retention erased them; null where somebody ordered it.</param>
public sealed record UserErased(DateTimeOffset? UnheardSince = null) : UserEvent;

/// <summary>Who says that an identifier is theirs.</summary>
public enum Vouching
{
    /// <summary>They typed a code sent to it.</summary>
    Code,

    /// <summary>The operator, through the Backend API.</summary>
    Operator,
}
