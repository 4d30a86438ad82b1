namespace Auth.Domain.Users;

/// <summary>Something asked of a person's account.</summary>
public abstract record UserCommand;

/// <summary>An operator makes an account; the identifiers given count as verified.</summary>
public sealed record CreateUser(Sealed? FirstName, Sealed? LastName, bool WithPassword, IReadOnlyList<NewIdentifier> EmailAddresses, IReadOnlyList<NewIdentifier> PhoneNumbers) : UserCommand;

/// <summary>An identifier with the id it will have.</summary>
public sealed record NewIdentifier(Guid Id, Sealed Value);

/// <summary>2-step verification for one number: on or off, default or not; what is null stays.</summary>
public sealed record ChangePhoneNumber(Guid PhoneNumber, bool? ReservedForSecondFactor, bool? DefaultSecondFactor) : UserCommand;

/// <summary>No session until then, or until unlocked.</summary>
public sealed record LockUser(DateTimeOffset? Until) : UserCommand;

/// <summary>Lift a lock.</summary>
public sealed record UnlockUser : UserCommand;

/// <summary>Close the account.</summary>
public sealed record BanUser : UserCommand;

/// <summary>Open it again.</summary>
public sealed record UnbanUser : UserCommand;

/// <summary>What they are called from now on. A name that stays is given as it is sealed already.</summary>
public sealed record ChangeNames(Sealed? FirstName, Sealed? LastName) : UserCommand;

/// <summary>Let nothing be left of them that can be read.</summary>
public sealed record EraseUser : UserCommand;

/// <summary>Every way to be told no about an account.</summary>
public enum UserRefusal
{
    /// <summary>There is no such person.</summary>
    NoSuchUser,

    /// <summary>They have no such number.</summary>
    NoSuchPhoneNumber,

    /// <summary>A number becomes a second factor only once it is theirs (R62).</summary>
    NumberUnverified,

    /// <summary>Another number has to become the default one instead.</summary>
    DefaultStays,

    /// <summary>Only a second factor can be the default one.</summary>
    NotReserved,
}

/// <summary>Facts to record about a person, and the reason if the answer is no.</summary>
public sealed record UserDecision(IReadOnlyList<UserEvent> Events, UserRefusal? Refusal);

/// <summary>The table for accounts.</summary>
public static class UserDecider
{
    /// <summary>What happens when this is asked of that person, now.</summary>
    public static UserDecision Decide(UserCommand command, User? user) => (command, user) switch
    {
        (CreateUser c,        null)    => Accept(Created(c)),
        (CreateUser,          _)       => throw new InvalidOperationException("An account is made once."),
        (_,                   null)    => Refuse(UserRefusal.NoSuchUser),
        (_,   { Erased: true })        => Refuse(UserRefusal.NoSuchUser),
        (ChangePhoneNumber c, { } u)   => Change(c, u),
        (LockUser c,          { } u)   => u.Locked && u.LockedUntil == c.Until ? Accept([]) : Accept([new Locked(c.Until)]),
        (UnlockUser,          { } u)   => u.Locked ? Accept([new Unlocked()]) : Accept([]),
        (BanUser,             { } u)   => u.Banned ? Accept([]) : Accept([new Banned()]),
        (UnbanUser,           { } u)   => u.Banned ? Accept([new Unbanned()]) : Accept([]),
        (ChangeNames c,       { } u)   => (c.FirstName, c.LastName) == (u.FirstName, u.LastName) ? Accept([]) : Accept([new NamesChanged(c.FirstName, c.LastName)]),
        (EraseUser,           _)       => Accept([new UserErased()]),
        _ => throw new InvalidOperationException($"{command.GetType().Name} has no row."),
    };

    private static IEnumerable<UserEvent> Created(CreateUser command) =>
    [
        new UserCreated(command.FirstName, command.LastName),
        .. command.EmailAddresses.SelectMany(e => new UserEvent[] { new EmailAddressAdded(e.Id, e.Value), new EmailAddressVerified(e.Id, Vouching.Operator) }),
        .. command.PhoneNumbers.SelectMany(n => new UserEvent[] { new PhoneNumberAdded(n.Id, n.Value), new PhoneNumberVerified(n.Id, Vouching.Operator) }),
        .. command.WithPassword ? new UserEvent[] { new PasswordSet() } : [],
    ];

    private static UserDecision Change(ChangePhoneNumber command, User user)
    {
        if (user.PhoneNumbers.Find(x => x.Id == command.PhoneNumber) is not { } number) return Refuse(UserRefusal.NoSuchPhoneNumber);
        var reserved = command.ReservedForSecondFactor ?? number.Reserved;
        return (number, command) switch
        {
            ({ Verified: false }, _) when reserved                                               => Refuse(UserRefusal.NumberUnverified),
            (_, { DefaultSecondFactor: true }) when !reserved                                    => Refuse(UserRefusal.NotReserved),
            ({ Default: true }, { DefaultSecondFactor: false }) when reserved                    => Refuse(UserRefusal.DefaultStays),
            ({ Reserved: true }, { ReservedForSecondFactor: false })                             => Accept(Released(number, user)),
            _ => Accept(Reserved(number, command, user)),
        };
    }

    private static IEnumerable<UserEvent> Reserved(PhoneNumber number, ChangePhoneNumber command, User user)
    {
        if (command.ReservedForSecondFactor == true && !number.Reserved) yield return new ReservedForSecondFactor(number.Id);
        var first = command.ReservedForSecondFactor == true && !user.HasSecondFactor;
        if ((command.DefaultSecondFactor == true || first) && !number.Default) yield return new MadeDefaultSecondFactor(number.Id);
    }

    private static IEnumerable<UserEvent> Released(PhoneNumber number, User user)
    {
        yield return new ReleasedFromSecondFactor(number.Id);
        var next = user.SecondFactors().FirstOrDefault(other => other.Id != number.Id);
        if (number.Default && next is not null) yield return new MadeDefaultSecondFactor(next.Id);
    }

    private static UserDecision Accept(IEnumerable<UserEvent> events) => new([.. events], null);

    private static UserDecision Refuse(UserRefusal refusal) => new([], refusal);
}
