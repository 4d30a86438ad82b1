using Auth.Domain.Passkeys;
using Auth.Domain.SignIns;
using Auth.Domain.Verifications;

namespace Auth.Host.Passkeys;

/// <summary>A passkey that is asked for: what its answer is held against, and what a page is given to ask with.</summary>
/// <param name="Attempt">The sign-in, or the step-up.</param>
/// <param name="User">Whose it must be: empty for a stranger's sign-in, where nobody's is right; null where nobody was named.</param>
/// <param name="Named">Which ones are named to the browser; null where that would tell who has some (R51).</param>
public sealed record AskedPasskey(Guid Attempt, PasskeyPurpose Purpose, PasskeyChallenge Challenge, Guid? User, IReadOnlyCollection<PasskeyCredential>? Named)
{
    /// <summary>What a sign-in asks for now; null where it asks for none.</summary>
    public static AskedPasskey? Of(SignIn signIn, IEnumerable<PasskeyCredential> theirs) => signIn switch
    {
        SignIn.AwaitingFirstFactor { Challenge: { } challenge } s  => new(s.Id, PasskeyPurpose.FirstFactor, challenge, s.IsUnnamed ? null : s.Identity.User ?? Guid.Empty, null),
        SignIn.AwaitingSecondFactor { Challenge: { } challenge } s => new(s.Id, PasskeyPurpose.SecondFactor, challenge, s.Identity.User, [.. theirs]),
        _ => null,
    };

    /// <summary>What a step-up asks for now.</summary>
    public static AskedPasskey? Of(Verification verification, IEnumerable<PasskeyCredential> theirs) =>
        verification is { Challenge: { } challenge, Begun: { Purpose: Domain.Verifications.Purpose.StepUp, User: { } user } } ? new(verification.Id, PasskeyPurpose.StepUp, challenge, user, [.. theirs]) : null;
}
