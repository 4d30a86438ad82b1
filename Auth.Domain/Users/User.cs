using System.Collections.Immutable;
using Auth.Domain.SignIns;

namespace Auth.Domain.Users;

/// <summary>A person as the decisions see them. Personal values stay sealed.</summary>
/// <param name="Epoch">Raised by everything that voids what was proved before: password set, factor or number released, removed, changed (R63).</param>
/// <param name="Version">Of the stream this was folded from; a conversion is bound to it.</param>
public sealed record User(
    Guid Id, Sealed? FirstName, Sealed? LastName, bool HasPassword,
    ImmutableList<EmailAddress> EmailAddresses, ImmutableList<PhoneNumber> PhoneNumbers,
    long Epoch, bool Locked, DateTimeOffset? LockedUntil,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? TwoFactorEnabledAt, DateTimeOffset? TwoFactorDisabledAt, long Version)
{
    private const int MostRemembered = 4;

    /// <summary>Before anything happened.</summary>
    public static User Initial { get; } = new(Guid.Empty, null, null, false, [], [], 0, false, null, default, default, null, null, 0);

    /// <summary>What carried the code that let them choose their password; null where another proof did, or the operator.</summary>
    public Channel? PasswordBy { get; init; }

    /// <summary>Their authenticator app, if they have one.</summary>
    public Guid? Totp { get; init; }

    /// <summary>Their set of backup codes, if they have one.</summary>
    public Guid? BackupCodes { get; init; }

    /// <summary>Their passkeys, oldest first.</summary>
    public ImmutableList<EnrolledPasskey> Passkeys { get; init; } = [];

    /// <summary>When they added numbers, the last few: an account is no way to text the world.</summary>
    public ImmutableList<DateTimeOffset> NumbersTried { get; init; } = [];

    /// <summary>Whether a backup code may be tried.</summary>
    public bool HasBackupCodes => BackupCodes is not null;

    /// <summary>The numbers that codes are texted to, default first.</summary>
    public IEnumerable<PhoneNumber> SecondFactors() => PhoneNumbers.Where(number => number is { Verified: true, Reserved: true }).OrderByDescending(number => number.Default);

    /// <summary>Whether every way to a session asks for a second factor (R04). Backup codes and mailed ones stand in for one; alone they are none.</summary>
    public bool HasSecondFactor => Totp is not null || !Passkeys.IsEmpty || PhoneNumbers.Exists(number => number is { Verified: true, Reserved: true });

    /// <summary>Whether something of another kind than this passkey can stand beside it.</summary>
    public bool HasSecondFactorBeside(Authenticator passkey) =>
        HasBackupCodes || Totp is not null || SecondFactors().Any(number => !new Authenticator(Strategy.PhoneCode, number.Id).SharesChannelWith(passkey));

    /// <summary>Whether that passkey checked its owner when it was made; a later word for it is believed only then (R43).</summary>
    public bool VerifiesWith(Guid? passkey) => Passkeys.Exists(key => key.Id == passkey && key.VerifiesUser);

    /// <summary>Whether this proves anything about them: a first factor by what they have or a verified identifier, a second one once enrolled (R13).</summary>
    public bool Has(Authenticator authenticator) => authenticator.Strategy switch
    {
        Strategy.Password                                             => HasPassword,
        Strategy.Totp                                                 => Totp == authenticator.Id && Totp is not null,
        Strategy.BackupCode                                           => HasBackupCodes,
        Strategy.Passkey                                              => Passkeys.Exists(key => key.Id == authenticator.Id),
        Strategy.EmailCode or Strategy.ResetPasswordEmailCode         => EmailAddresses.Exists(address => address.Verified && address.Id == authenticator.Id),
        Strategy.PhoneCode or Strategy.ResetPasswordPhoneCode         => PhoneNumbers.Exists(number => number.Verified && number.Id == authenticator.Id),
        _                                                             => false,
    };

    /// <summary>The named second factor, or the default one; null where there is no such thing.</summary>
    public PhoneNumber? SecondFactor(Guid? id) => SecondFactors().FirstOrDefault(number => id is null || number.Id == id);

    /// <summary>Where a code for a second proof goes: the named number or address, or the first of them; null where there is no such thing.</summary>
    public Authenticator? SecondFactor(Strategy strategy, Guid? id) => strategy switch
    {
        Strategy.PhoneCode when SecondFactor(id) is { } number => new(strategy, number.Id),
        Strategy.EmailCode when EmailAddresses.Find(address => address.Verified && (id is null || address.Id == id)) is { } address => new(strategy, address.Id),
        _                                                      => null,
    };

    /// <summary>What was guessed at too often and has not been bound again.</summary>
    public ImmutableList<Authenticator> DisabledFactors { get; init; } = [];

    /// <summary>The operator closed the account.</summary>
    public bool Banned { get; init; }

    /// <summary>The operator's recovery that is under way.</summary>
    public Recovery? Recovery { get; init; }

    /// <summary>They were recovered, and have enrolled no second factor since: the next session is not whole before they did (R65).</summary>
    public bool MustEnrol { get; init; }

    /// <summary>How often the trust in all their devices was voided: by every change of a factor or the password (R66).</summary>
    public long TrustVoided { get; init; }

    /// <summary>There was such a person.</summary>
    public bool Erased { get; init; }

    /// <summary>Whether a lock holds now.</summary>
    public bool IsLocked(DateTimeOffset now) => Locked && !(now >= LockedUntil);

    /// <summary>Whether a recovery is due: it has happened then, whether or not that was told yet.</summary>
    public bool IsRecovered(DateTimeOffset now) => now >= Recovery?.Due;

    /// <summary>The only fold; <paramref name="at"/> is the store's time of the event.</summary>
    public static User Evolve(User user, UserEvent happened, DateTimeOffset at) => Change(user, happened, at).Bound(happened) is var after
        ? after with
        {
            UpdatedAt = at,
            MustEnrol = after.MustEnrol && !after.HasSecondFactor,
            TrustVoided = after.Epoch != user.Epoch || happened is ReservedForSecondFactor or AuthenticatorAppAdded or PasskeyAdded or BackupCodesMade ? user.TrustVoided + 1 : user.TrustVoided,
        }
        : user;

    private static User Change(User user, UserEvent happened, DateTimeOffset at) => happened switch
    {
        UserCreated e              => user with { FirstName = e.FirstName, LastName = e.LastName, CreatedAt = at },
        PasswordSet e              => user with { HasPassword = true, PasswordBy = e.By, Epoch = user.Epoch + 1 },
        EmailAddressAdded e        => user with { EmailAddresses = user.EmailAddresses.Add(new(e.EmailAddress, e.Address, false, null, at)) },
        EmailAddressVerified e     => user with { EmailAddresses = user.EmailAddresses.Replace(user.Email(e.EmailAddress), user.Email(e.EmailAddress) with { Verified = true, VerifiedBy = e.By }) },
        PhoneNumberAdded e         => user with { PhoneNumbers = user.PhoneNumbers.Add(new(e.PhoneNumber, e.Number, false, null, false, false, at)), NumbersTried = [.. user.NumbersTried.TakeLast(MostRemembered), at] },
        PhoneNumberVerified e      => user.Change(e.PhoneNumber, number => number with { Verified = true, VerifiedBy = e.By }),
        ReservedForSecondFactor e  => user.Change(e.PhoneNumber, number => number with { Reserved = true }).Enabled(user, at),
        MadeDefaultSecondFactor e  => (user with { PhoneNumbers = user.PhoneNumbers.ConvertAll(number => number with { Default = false }) }).Change(e.PhoneNumber, number => number with { Default = true }),
        ReleasedFromSecondFactor e => user.Change(e.PhoneNumber, number => number with { Reserved = false, Default = false }).Disabled(at) with { Epoch = user.Epoch + 1 },
        EmailAddressRemoved e      => user with { EmailAddresses = user.EmailAddresses.Remove(user.Email(e.EmailAddress)), Epoch = user.Epoch + 1 },
        PhoneNumberRemoved e       => (user with { PhoneNumbers = user.PhoneNumbers.Remove(user.Phone(e.PhoneNumber)), Epoch = user.Epoch + 1 }).Disabled(at),
        AuthenticatorAppAdded e    => (user with { Totp = e.App, Epoch = user.Totp is null ? user.Epoch : user.Epoch + 1 }).Enabled(user, at),
        AuthenticatorAppRemoved    => (user with { Totp = null, Epoch = user.Epoch + 1 }).Disabled(at),
        BackupCodesMade e          => user with { BackupCodes = e.Set, Epoch = user.BackupCodes is null ? user.Epoch : user.Epoch + 1 },
        BackupCodesRemoved         => user with { BackupCodes = null, Epoch = user.Epoch + 1 },
        PasskeyAdded e             => (user with { Passkeys = user.Passkeys.Add(new(e.Passkey, e.Name, e.VerifiesUser, e.BackupEligible, false, at)) }).Enabled(user, at),
        PasskeyRenamed e           => user.Change(e.Passkey, key => key with { Name = e.Name }),
        PasskeySuspected e         => user.Change(e.Passkey, key => key with { Suspected = true }),
        PasskeyRemoved e           => (user with { Passkeys = user.Passkeys.Remove(user.Key(e.Passkey)), Epoch = user.Epoch + 1 }).Disabled(at),
        AuthenticatorDisabled e    => user with { DisabledFactors = user.DisabledFactors.Add(e.Authenticator) },
        Locked e                   => user with { Locked = true, LockedUntil = e.Until },
        Unlocked                   => user with { Locked = false, LockedUntil = null, DisabledFactors = [] },
        Banned _                   => user with { Banned = true },
        Unbanned                   => user with { Banned = false },
        NamesChanged e             => user with { FirstName = e.FirstName, LastName = e.LastName },
        RecoveryStarted e          => user with { Recovery = new(e.Recovery, e.Due, e.By, e.Reason, at) },
        RecoveryCancelled          => user with { Recovery = null },
        Recovered                  => user with { Recovery = null, MustEnrol = true, Epoch = user.Epoch + 1 },
        DeviceTrustRevoked         => user,
        SessionsRevoked            => user with { Epoch = user.Epoch + 1 },
        UserErased                 => Initial with { Id = user.Id, Version = user.Version, CreatedAt = user.CreatedAt, Epoch = user.Epoch + 1, Erased = true },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is not a fact of a person."),
    };

    private User Bound(UserEvent happened) => DisabledFactors.IsEmpty ? this : this with { DisabledFactors = DisabledFactors.RemoveAll(x => Binding.Renews(happened, x)) };

    /// <summary>A fact about a number they do not have is told loudly: ignored, it could be a factor that nobody asks for (R04).</summary>
    private User Change(Guid id, Func<PhoneNumber, PhoneNumber> change) =>
        this with { PhoneNumbers = PhoneNumbers.Replace(Phone(id), change(Phone(id))) };

    private User Change(Guid id, Func<EnrolledPasskey, EnrolledPasskey> change) => this with { Passkeys = Passkeys.Replace(Key(id), change(Key(id))) };

    private EnrolledPasskey Key(Guid id) => Passkeys.Find(x => x.Id == id) ?? throw new InvalidOperationException("They have no such passkey.");

    private PhoneNumber Phone(Guid id) => PhoneNumbers.Find(x => x.Id == id) ?? throw new InvalidOperationException("They have no such number.");

    private EmailAddress Email(Guid id) => EmailAddresses.Find(x => x.Id == id) ?? throw new InvalidOperationException("They have no such address.");

    private User Enabled(User before, DateTimeOffset at) => before.HasSecondFactor ? this : this with { TwoFactorEnabledAt = at };

    private User Disabled(DateTimeOffset at) => HasSecondFactor || TwoFactorEnabledAt is null ? this : this with { TwoFactorEnabledAt = null, TwoFactorDisabledAt = at };
}

/// <summary>One of a person's email addresses.</summary>
public sealed record EmailAddress(Guid Id, Sealed Address, bool Verified, Vouching? VerifiedBy, DateTimeOffset AddedAt);

/// <summary>One of a person's phone numbers; <paramref name="Reserved"/> ones are second factors.</summary>
public sealed record PhoneNumber(Guid Id, Sealed Number, bool Verified, Vouching? VerifiedBy, bool Reserved, bool Default, DateTimeOffset AddedAt);

/// <summary>One of a person's passkeys. <paramref name="VerifiesUser"/>: it checked its owner when it was made, and may be both factors (R43).</summary>
/// <param name="Suspected">A rightly signed answer came with a counter that had not grown: there may be a copy (R41).</param>
public sealed record EnrolledPasskey(Guid Id, Sealed Name, bool VerifiesUser, bool BackupEligible, bool Suspected, DateTimeOffset AddedAt);
