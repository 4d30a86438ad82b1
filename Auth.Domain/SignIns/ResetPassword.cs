namespace Auth.Domain.SignIns;

/// <summary>They forgot it, proved that the address is theirs, and choose a new password. It never skips a second factor (R50).</summary>
/// <param name="Session">The session that begins where nothing more is demanded.</param>
public sealed record ResetPassword(Guid Session) : SignInCommand
{
    internal Decision Decide(SignIn.AwaitingNewPassword signIn, Circumstances now)
    {
        var user = now.User!;
        if (user.Banned) return Decision.Refuse(Refusal.UserBanned);
        if (user.IsLocked(now.Now)) return Decision.RefuseUntil(user.LockedUntil, Refusal.UserLocked);

        // The new password raises the person's epoch, and this sign-in goes on at the new one; a factor added meanwhile is demanded (R06).
        return signIn.First.Demand is Demand.SecondFactor || user.HasSecondFactor
            ? Decision.Accept(new PasswordReset(Demand.SecondFactor, user.Epoch + 1, now.Now + now.Dials.SecondFactorLife))
            : Decision.Accept(new PasswordReset(Demand.Nothing, user.Epoch + 1, null), now.Convert(Session));
    }
}
