using Auth.Domain.Instances;
using Auth.Domain.Users;

namespace Auth.Domain.SignIns;

/// <summary>What may be a second proof, and what holds for asking for its code as well as for offering it.</summary>
public static class SecondFactorRules
{
    /// <summary>
    /// It is the first proof once more: it travels by the same channel, or, after a password, by the one whose code let them choose that password. Else one mailbox or phone
    /// would be both factors: the new password today, and the code beside it tomorrow (R50).
    /// </summary>
    public static bool Repeats(this Authenticator second, Authenticator first, User user) =>
        second.SharesChannelWith(first)
        || (first.Strategy is Strategy.Password && user.PasswordBy is { } by && second.Strategy.Traits().By == by);

    /// <summary>Whether it is taken now: what was enrolled always is; a mailed code nobody enrols, and it counts only while the operator allows it.</summary>
    public static bool MaySecond(this Settings settings, Strategy strategy) => strategy is not Strategy.EmailCode || settings.SecondFactors.Contains(strategy);

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
