namespace Auth.Domain.SignIns;

/// <summary>What holds for asking for a first code as well as for offering a first proof.</summary>
internal static class FirstFactorRules
{
    internal static Decision? Refused(SignIn.AwaitingFirstFactor signIn, Authenticator authenticator, Circumstances now) =>
        GuessRules.Refused(signIn.Record, authenticator, now) is var (refusal, reason, until) ? Refused(signIn, authenticator, refusal, reason, until) : null;

    /// <summary>Told once per authenticator, reason and wait; a repeat is refused just the same and leaves nothing more.</summary>
    internal static Decision Refused(SignIn.AwaitingFirstFactor signIn, Authenticator authenticator, Refusal refusal, RefusalReason reason, DateTimeOffset? until, string? country = null) =>
        signIn.Record.Refusals.Contains((authenticator, reason, until))
            ? Decision.RefuseUntil(until, refusal)
            : Decision.RefuseUntil(until, refusal, leaving: new FirstFactorRefused(authenticator, reason, until, country));
}
