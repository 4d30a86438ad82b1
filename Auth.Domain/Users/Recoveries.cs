namespace Auth.Domain.Users;

/// <summary>A recovery that is under way.</summary>
/// <param name="Due">From then on it has happened, for every reader.</param>
/// <param name="By">The short id of the operator's key.</param>
public sealed record Recovery(Guid Id, DateTimeOffset Due, string By, Sealed Reason, DateTimeOffset StartedAt);

/// <summary>The operator's way out for somebody who lost all their second factors (R65): begun, waited for, done.</summary>
internal static class Recoveries
{
    /// <summary>One at a time: the first one's day stands. Who has no second factor lost none.</summary>
    internal static UserDecision Start(StartRecovery command, User user) =>
        user.Recovery is not null || !user.HasSecondFactor
            ? UserDecider.Accept([])
            : UserDecider.Accept([new RecoveryStarted(command.Recovery, command.Due, command.By, command.Reason)]);

    internal static IEnumerable<UserEvent> TakeEffect(User user) => [.. AllRemoved(user), new Recovered(user.Recovery!.Id)];

    internal static IEnumerable<UserEvent> AllRemoved(User user) =>
    [
        .. user.SecondFactors().Select(number => new ReleasedFromSecondFactor(number.Id)),
        .. user.Totp is { } app ? new UserEvent[] { new AuthenticatorAppRemoved(app) } : [],
        .. user.Passkeys.Select(key => new PasskeyRemoved(key.Id)),
        .. user.BackupCodes is { } set ? new UserEvent[] { new BackupCodesRemoved(set) } : [],
    ];
}
