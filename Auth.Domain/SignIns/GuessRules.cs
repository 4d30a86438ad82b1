namespace Auth.Domain.SignIns;

/// <summary>When no guess at an authenticator is compared and nothing is sent for one: the same in sign-ins, step-ups, one's own account and sign-ups (R14, R19).</summary>
internal static class GuessRules
{
    /// <summary>Why, in which words, and until when.</summary>
    internal static (Refusal Refusal, RefusalReason Reason, DateTimeOffset? Until)? Refused(Record record, Authenticator authenticator, Circumstances now) =>
        record.WrongGuessesOn(authenticator) >= now.Dials.Tries                 ? (Refusal.TooManyAttempts, RefusalReason.Closed, null)
        : now.Standing.Disabled                                                 ? (Refusal.FactorDisabled, RefusalReason.Disabled, null)
        : now.Standing.Waits(now.Now) && !authenticator.Strategy.Traits().Signs ? (Refusal.Waiting, RefusalReason.Waiting, now.Standing.WaitUntil)
        : null;
}
