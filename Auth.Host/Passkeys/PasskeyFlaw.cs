namespace Auth.Host.Passkeys;

/// <summary>Why an authenticator's answer is not believed: one name per check (WebAuthn Level 3 §7.1 and §7.2, R39).</summary>
public enum PasskeyFlaw
{
    /// <summary>A part is larger than any authenticator makes it.</summary>
    Oversized,

    /// <summary>It cannot be read: JSON, base64url, CBOR, or a part that is missing or left over.</summary>
    Malformed,

    /// <summary><c>id</c> and <c>rawId</c> name two credentials.</summary>
    IdMismatch,

    /// <summary>Nobody has this credential.</summary>
    UnknownCredential,

    /// <summary>It was not among those that were asked for.</summary>
    NotAllowed,

    /// <summary>It is another person's, or says so.</summary>
    AnotherUser,

    /// <summary>Nobody was named when it was asked for, and it names nobody.</summary>
    NoUserHandle,

    /// <summary>It answers the other kind of ceremony.</summary>
    CeremonyType,

    /// <summary>It answers another challenge.</summary>
    Challenge,

    /// <summary>The page is not one of ours.</summary>
    Origin,

    /// <summary>The page was inside one of another origin.</summary>
    CrossOrigin,

    /// <summary>It was made for another service.</summary>
    RelyingParty,

    /// <summary>Nobody touched the authenticator.</summary>
    UserNotPresent,

    /// <summary>It did not check who touched it, and had to.</summary>
    UserNotVerified,

    /// <summary>Backed up, yet not able to be; or no longer what it was when it was enrolled.</summary>
    BackupState,

    /// <summary>There is no new credential inside.</summary>
    NoCredential,

    /// <summary>Its key is of an algorithm that we did not ask for.</summary>
    Algorithm,

    /// <summary>Its key does not fit its algorithm, or is too weak or too large.</summary>
    PublicKey,

    /// <summary>The credential's id is of a length that none has, or is not the one inside.</summary>
    CredentialId,

    /// <summary>Somebody has enrolled this credential before.</summary>
    CredentialTaken,

    /// <summary>The attestation says that there is none, and brings one.</summary>
    Attestation,

    /// <summary>It was not signed by the credential's key.</summary>
    Signature,

    /// <summary>Rightly signed, but its counter did not grow: there may be two of them (R41, §6.1.1).</summary>
    Counter,
}
