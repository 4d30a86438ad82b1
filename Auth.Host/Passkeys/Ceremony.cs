namespace Auth.Host.Passkeys;

/// <summary>What was asked for; the answer is held against it.</summary>
/// <param name="Challenge">Derived anew for each verification; see <see cref="PasskeyChallenges"/>.</param>
/// <param name="VerifiesUser">The authenticator must check who touches it (PIN, finger, face); then one passkey is both factors (R43).</param>
/// <param name="User">Whose it must be, where that is known before.</param>
/// <param name="Allowed">The credentials that were named; null where any of the service's may answer.</param>
public sealed record Ceremony(RelyingParty Party, byte[] Challenge, bool VerifiesUser, Guid? User = null, IReadOnlyCollection<PasskeyCredential>? Allowed = null);
