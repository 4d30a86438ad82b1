using System.Collections.Immutable;
using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using JasperFx.Events;
using Marten.Events.Projections;

namespace Auth.Projections;

/// <summary>How one person stands with 2-step verification, over their account and all of their sign-ins. For people to look at; no decision reads it.</summary>
/// <param name="UpTo">The last event in it, by its number in the whole store.</param>
public sealed record UserMfaStatus(Guid Id, long UpTo)
{
    /// <summary>Whether a second factor is asked for.</summary>
    public bool Enabled => EnabledSince is not null;

    /// <summary>Since when one is, without a break.</summary>
    public DateTimeOffset? EnabledSince { get; init; }

    /// <summary>Their numbers; a verified and reserved one is a second factor.</summary>
    public ImmutableList<EnrolledNumber> Numbers { get; init; } = [];

    /// <summary>Whether they have an authenticator app.</summary>
    public bool App { get; init; }

    /// <summary>Their passkeys; each is a second factor.</summary>
    public ImmutableList<Guid> Passkeys { get; init; } = [];

    /// <summary>Backup codes not used yet.</summary>
    public int BackupCodes { get; init; }

    /// <summary>The last second factor that was right.</summary>
    public LastVerification? LastVerified { get; init; }

    /// <summary>Failures in a row per authenticator; one without any is not listed.</summary>
    public ImmutableList<FailedAuthenticator> Failing { get; init; } = [];

    /// <summary>Whether no session may begin, until <see cref="LockedUntil"/> where that is set.</summary>
    public bool Locked { get; init; }

    /// <summary>When the lock ends by itself.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>What was proved in sign-ins that are still under way: it clears failures once they convert.</summary>
    public ImmutableSortedDictionary<Guid, ImmutableList<Authenticator>> Proved { get; init; } = ImmutableSortedDictionary<Guid, ImmutableList<Authenticator>>.Empty;

    /// <summary>The same status with one event more.</summary>
    public static UserMfaStatus Fold(UserMfaStatus? status, Guid user, IEvent e) => (status ?? new(user, 0)).Bound(e.Data).After(e) with { UpTo = e.Sequence };

    private UserMfaStatus After(IEvent e) => e.Data switch
    {
        PhoneNumberAdded added             => this with { Numbers = Numbers.Add(new(added.PhoneNumber, false, false, false)) },
        PhoneNumberVerified verified       => Change(e, verified.PhoneNumber, number => number with { Verified = true }),
        ReservedForSecondFactor reserved   => Change(e, reserved.PhoneNumber, number => number with { Reserved = true }),
        MadeDefaultSecondFactor made       => this with { Numbers = Numbers.ConvertAll(number => number with { Default = number.Id == made.PhoneNumber }) },
        ReleasedFromSecondFactor released  => Change(e, released.PhoneNumber, number => number with { Reserved = false, Default = false }),
        PhoneNumberRemoved removed         => (this with { Numbers = Numbers.RemoveAll(number => number.Id == removed.PhoneNumber) }).Standing(e),
        AuthenticatorAppAdded              => (this with { App = true }).Standing(e),
        AuthenticatorAppRemoved            => (this with { App = false }).Standing(e),
        PasskeyAdded added                 => (this with { Passkeys = Passkeys.Add(added.Passkey) }).Standing(e),
        PasskeyRemoved removed             => (this with { Passkeys = Passkeys.Remove(removed.Passkey) }).Standing(e),
        BackupCodesMade made               => this with { BackupCodes = made.Codes },
        BackupCodesRemoved                 => this with { BackupCodes = 0 },
        Locked locked                      => this with { Locked = true, LockedUntil = locked.Until },
        AuthenticatorDisabled disabled     => Disable(disabled.Authenticator),
        Unlocked                           => this with { Locked = false, LockedUntil = null, Failing = [] },
        UserErased                         => new UserMfaStatus(Id, UpTo),

        FirstFactorRejected { Authenticator.Strategy: Strategy.Passkey } or SecondFactorRejected { Authenticator.Strategy: Strategy.Passkey } => this,
        FirstFactorRejected wrong          => Failed(wrong.Authenticator, e.Timestamp),
        SecondFactorRejected wrong         => Failed(wrong.Authenticator, e.Timestamp),
        FirstFactorVerified { UserVerified: true } right => Prove(e.StreamId, right.Authenticator) with { LastVerified = new(e.Timestamp, right.Authenticator, e.StreamId) },
        FirstFactorVerified right          => Prove(e.StreamId, right.Authenticator),
        SecondFactorVerified right         => Prove(e.StreamId, right.Authenticator) with { LastVerified = new(e.Timestamp, right.Authenticator, e.StreamId), BackupCodes = BackupCodes - UsedBy(right.Authenticator) },
        SteppedUp stepped                  => Cleared([.. new[] { stepped.First, stepped.Second }.OfType<Authenticator>()]) with { BackupCodes = BackupCodes - UsedBy(stepped.Second) },
        Converted                          => Cleared(Proved.GetValueOrDefault(e.StreamId, [])).Done(e.StreamId),
        Expired or Superseded or Invalidated => Done(e.StreamId),
        _                                  => this,
    };

    private static int UsedBy(Authenticator? right) => right?.Strategy is Strategy.BackupCode ? 1 : 0;

    private UserMfaStatus Change(IEvent e, Guid id, Func<EnrolledNumber, EnrolledNumber> change) =>
        (this with { Numbers = Numbers.ConvertAll(number => number.Id == id ? change(number) : number) }).Standing(e);

    private UserMfaStatus Standing(IEvent e) =>
        this with { EnabledSince = App || !Passkeys.IsEmpty || Numbers.Exists(number => number.IsSecondFactor) ? EnabledSince ?? e.Timestamp : null };

    private UserMfaStatus Failed(Authenticator authenticator, DateTimeOffset at)
    {
        var before = Failing.Find(failing => failing.Authenticator == authenticator);
        var standing = new Domain.SignIns.Standing(before?.Failures ?? 0, before?.WaitingUntil).Failed(at, Dials.Shipped);
        var after = new FailedAuthenticator(authenticator, standing.Failures, standing.WaitUntil) { Disabled = before?.Disabled ?? false, At = at };
        return this with { Failing = before is null ? Failing.Add(after) : Failing.Replace(before, after) };
    }

    private UserMfaStatus Disable(Authenticator authenticator)
    {
        var before = Failing.Find(failing => failing.Authenticator == authenticator);
        var after = (before ?? new(authenticator, 0, null)) with { Disabled = true };
        return this with { Failing = before is null ? Failing.Add(after) : Failing.Replace(before, after) };
    }

    private UserMfaStatus Bound(object happened) =>
        happened is UserEvent fact && Failing.Exists(failing => Binding.Renews(fact, failing.Authenticator)) ? this with { Failing = Failing.RemoveAll(failing => Binding.Renews(fact, failing.Authenticator)) } : this;

    private UserMfaStatus Cleared(ImmutableList<Authenticator> proved) =>
        this with { Failing = Failing.RemoveAll(failing => proved.Contains(failing.Authenticator) && !failing.Disabled) };

    private UserMfaStatus Prove(Guid signIn, Authenticator authenticator) =>
        this with { Proved = Proved.SetItem(signIn, Proved.GetValueOrDefault(signIn, []).Add(authenticator)) };

    private UserMfaStatus Done(Guid signIn) => this with { Proved = Proved.Remove(signIn) };
}

/// <summary>One of a person's numbers.</summary>
public sealed record EnrolledNumber(Guid Id, bool Verified, bool Reserved, bool Default)
{
    /// <summary>Codes are texted to it.</summary>
    public bool IsSecondFactor => Verified && Reserved;
}

/// <summary>When a second factor was right, with what and in which sign-in.</summary>
public sealed record LastVerification(DateTimeOffset At, Authenticator Authenticator, Guid SignIn);

/// <summary>Failures in a row on one authenticator, from wherever they came; nothing is compared on it until <paramref name="WaitingUntil"/> under the shipped dials, but from known devices (R18, R19, R59).</summary>
public sealed record FailedAuthenticator(Authenticator Authenticator, int Failures, DateTimeOffset? WaitingUntil)
{
    /// <summary>It has to be bound again.</summary>
    public bool Disabled { get; init; }

    /// <summary>When the last of them was.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Until when nothing is compared, under those dials.</summary>
    public DateTimeOffset? WaitingUnder(Dials dials) => At is not { } at ? WaitingUntil : dials.WaitAfter(Failures) is { Ticks: > 0 } wait ? at + wait : null;
}

/// <summary>Keeps one status per person, from their own stream, every sign-in that began as theirs, and what they proved once more in a session.</summary>
public sealed class UserMfaStatusProjection : MultiStreamProjection<UserMfaStatus, Guid>
{
    /// <summary>All of a person's events, and what a sign-in proves, fails and ends with.</summary>
    public UserMfaStatusProjection()
    {
        Name = nameof(UserMfaStatus);
        SignInFold.IncludeAll<UserEvent>(this);
        SignInFold.IncludeAll<SignInEvent>(this);
        IncludeType<SteppedUp>();
        CustomGrouping((session, page, grouping) => ByPerson.Group(session, page, grouping.AddEvent));
    }

    /// <inheritdoc />
    public override UserMfaStatus? Evolve(UserMfaStatus? snapshot, Guid id, IEvent e) => UserMfaStatus.Fold(snapshot, id, e);
}
