namespace Auth.Domain.SignIns;

/// <summary>What holds for asking for a code as well as for offering one.</summary>
internal static class SecondFactorRules
{
    internal static Decision? Refused(SignIn.AwaitingSecondFactor signIn, Authenticator authenticator, Circumstances now) =>
        now.User!.Banned             ? Refused(signIn, authenticator, Refusal.UserBanned, RefusalReason.Banned, null)
        : now.User.IsLocked(now.Now) ? Refused(signIn, authenticator, Refusal.UserLocked, RefusalReason.Locked, now.User.LockedUntil)
        : GuessRules.Refused(signIn.Record, authenticator, now) is var (refusal, reason, until) ? Refused(signIn, authenticator, refusal, reason, until)
        : null;

    /// <summary>Told once per authenticator, reason and wait; a repeat is refused just the same and leaves nothing more.</summary>
    internal static Decision Refused(SignIn.AwaitingSecondFactor signIn, Authenticator authenticator, Refusal refusal, RefusalReason reason, DateTimeOffset? until, string? country = null) =>
        signIn.Record.Refusals.Contains((authenticator, reason, until))
            ? Decision.RefuseUntil(until, refusal)
            : Decision.RefuseUntil(until, refusal, leaving: new SecondFactorRefused(authenticator, reason, until, country));
}
