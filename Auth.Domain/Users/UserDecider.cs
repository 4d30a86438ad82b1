namespace Auth.Domain.Users;

/// <summary>Facts to record about a person, and the reason if the answer is no.</summary>
public sealed record UserDecision(IReadOnlyList<UserEvent> Events, UserRefusal? Refusal);

/// <summary>The table for accounts.</summary>
public static class UserDecider
{
    /// <summary>What happens when this is asked of that person, now.</summary>
    /// <param name="secondFactorRequired">The instance demands one: the last cannot go.</param>
    public static UserDecision Decide(UserCommand command, User? user, bool secondFactorRequired = false) => Decided(command, user) is var decision && secondFactorRequired && TakesTheLast(decision, user)
        ? Refuse(UserRefusal.LastSecondFactor)
        : decision;

    private static UserDecision Decided(UserCommand command, User? user) => (command, user) switch
    {
        (CreateUser c,        null)    => Accept(Created(c)),
        (CreateUser,          _)       => throw new InvalidOperationException("An account is made once."),
        (_,                   null)    => Refuse(UserRefusal.NoSuchUser),
        (_,   { Erased: true })        => Refuse(UserRefusal.NoSuchUser),
        (ChangePhoneNumber c, { } u)   => Numbers.Change(c, u),
        (LockUser c,          { } u)   => u.Locked && u.LockedUntil == c.Until ? Accept([]) : Accept([new Locked(c.Until)]),
        (UnlockUser c,        { } u)   => u.Locked || c.Failing || !u.DisabledFactors.IsEmpty ? Accept([new Unlocked()]) : Accept([]),
        (AddEmailAddress c,       { })   => Accept([new EmailAddressAdded(c.Address.Id, c.Address.Value)]),
        (AddPhoneNumber c,        { } u) => u.NumbersTried.Count(at => at > c.At - TimeSpan.FromDays(1)) >= MostNumbersADay ? Refuse(UserRefusal.TooManyNumbers) : Accept([new PhoneNumberAdded(c.Number.Id, c.Number.Value)]),
        (VerifyIdentifier c,      { } u) => Identifiers.Verify(c, u),
        (RemoveIdentifier c,      { } u) => Identifiers.Remove(c.Id, u),
        (AddAuthenticatorApp c,   { } u) => u.Totp is null ? Accept([new AuthenticatorAppAdded(c.App)]) : Refuse(UserRefusal.AlreadyEnrolled),
        (RemoveAuthenticatorApp,  { } u) => u.Totp is { } app ? Accept([new AuthenticatorAppRemoved(app), .. VoidCodesWithout(u with { Totp = null })]) : Refuse(UserRefusal.NoSuchFactor),
        (AddPasskey c,            { } u) => u.Passkeys.Count < MostPasskeys ? Accept([c.Passkey]) : Refuse(UserRefusal.TooManyPasskeys),
        (RenamePasskey c,         { } u) => HasKey(u, c.Passkey) ? Accept([new PasskeyRenamed(c.Passkey, c.Name)]) : Refuse(UserRefusal.NoSuchFactor),
        (RemovePasskey c,         { } u) => HasKey(u, c.Passkey) ? Accept(Removed(c.Passkey, u)) : Refuse(UserRefusal.NoSuchFactor),
        (SuspectPasskey c,        { } u) => u.Passkeys.Exists(key => key.Id == c.Passkey && !key.Suspected) ? Accept([new PasskeySuspected(c.Passkey, c.SignCount, c.LastSignCount)]) : Accept([]),
        (MakeBackupCodes c,       { } u) => u.HasSecondFactor ? Accept([new BackupCodesMade(c.Set, c.Codes)]) : Refuse(UserRefusal.NothingToBackUp),
        (RemoveBackupCodes,       { } u) => u.BackupCodes is { } set ? Accept([new BackupCodesRemoved(set)]) : Refuse(UserRefusal.NoSuchFactor),
        (RemoveSecondFactors,     { } u) => Accept(Recoveries.AllRemoved(u)),
        (StartRecovery c,         { } u) => Recoveries.Start(c, u),
        (CancelRecovery c,        { } u) => u.Recovery is { } r ? Accept([new RecoveryCancelled(r.Id, c.By)]) : Refuse(UserRefusal.NoRecovery),
        (TakeEffect c,            { } u) => u.IsRecovered(c.At) ? Accept(Recoveries.TakeEffect(u)) : Accept([]),
        (RevokeDeviceTrust c,     { })   => Accept([new DeviceTrustRevoked(c.Trust, c.By)]),
        (RevokeSessions c,        { })   => Accept([new SessionsRevoked(c.By)]),
        (SetPassword,             { })   => Accept([new PasswordSet()]),
        (BanUser,             { } u)   => u.Banned ? Accept([]) : Accept([new Banned()]),
        (UnbanUser,           { } u)   => u.Banned ? Accept([new Unbanned()]) : Accept([]),
        (ChangeNames c,       { } u)   => (c.FirstName, c.LastName) == (u.FirstName, u.LastName) ? Accept([]) : Accept([new NamesChanged(c.FirstName, c.LastName)]),
        (EraseUser c,         _)       => Accept([new UserErased(c.UnheardSince)]),
        _ => throw new InvalidOperationException($"{command.GetType().Name} has no row."),
    };

    private const int MostNumbersADay = 3, MostPasskeys = 20;

    private static bool HasKey(User user, Guid passkey) => user.Passkeys.Exists(key => key.Id == passkey);

    private static IEnumerable<UserEvent> Removed(Guid passkey, User user)
    {
        yield return new PasskeyRemoved(passkey);
        foreach (var voided in VoidCodesWithout(user with { Passkeys = user.Passkeys.RemoveAll(key => key.Id == passkey) })) yield return voided;
    }

    /// <summary>Backup codes do not outlive the last factor they stand in for.</summary>
    internal static IEnumerable<UserEvent> VoidCodesWithout(User after) => after is { HasSecondFactor: false, BackupCodes: { } set } ? [new BackupCodesRemoved(set)] : [];

    /// <summary>Whether these facts void whatever was proved or begun before them (R63).</summary>
    public static bool Voids(IReadOnlyList<UserEvent> happened, User user) => happened.Aggregate(user, (u, e) => User.Evolve(u, e, default)).Epoch != user.Epoch;

    private static bool TakesTheLast(UserDecision decision, User? user) =>
        user is { HasSecondFactor: true } && decision.Events.Count > 0 && !decision.Events.Aggregate(user, (u, happened) => User.Evolve(u, happened, default)).HasSecondFactor;

    private static IEnumerable<UserEvent> Created(CreateUser command) =>
    [
        new UserCreated(command.FirstName, command.LastName),
        .. command.EmailAddresses.SelectMany(e => new UserEvent[] { new EmailAddressAdded(e.Id, e.Value), new EmailAddressVerified(e.Id, command.By) }),
        .. command.PhoneNumbers.SelectMany(n => new UserEvent[] { new PhoneNumberAdded(n.Id, n.Value), new PhoneNumberVerified(n.Id, command.By) }),
        .. command.WithPassword ? new UserEvent[] { new PasswordSet() } : [],
        .. command.App is { } app ? new UserEvent[] { new AuthenticatorAppAdded(app) } : [],
        .. command.BackupCodes is { } codes ? new UserEvent[] { new BackupCodesMade(codes.Set, codes.Codes) } : [],
    ];

    internal static UserDecision Accept(IEnumerable<UserEvent> events) => new([.. events], null);

    internal static UserDecision Refuse(UserRefusal refusal) => new([], refusal);
}
