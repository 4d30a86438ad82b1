namespace Auth.Domain.Users;

/// <summary>2-step verification for one number: reserve, release, make default.</summary>
internal static class Numbers
{
    internal static UserDecision Change(ChangePhoneNumber command, User user)
    {
        if (user.PhoneNumbers.Find(x => x.Id == command.PhoneNumber) is not { } number) return UserDecider.Refuse(UserRefusal.NoSuchPhoneNumber);
        var reserved = command.ReservedForSecondFactor ?? number.Reserved;
        return (number, command) switch
        {
            ({ Verified: false }, _) when reserved                                               => UserDecider.Refuse(UserRefusal.NumberUnverified),
            (_, { DefaultSecondFactor: true }) when !reserved                                    => UserDecider.Refuse(UserRefusal.NotReserved),
            ({ Default: true }, { DefaultSecondFactor: false }) when reserved                    => UserDecider.Refuse(UserRefusal.DefaultStays),
            ({ Reserved: true }, { ReservedForSecondFactor: false })                             => UserDecider.Accept(Released(number, user)),
            _ => UserDecider.Accept(Reserved(number, command, user)),
        };
    }

    private static IEnumerable<UserEvent> Reserved(PhoneNumber number, ChangePhoneNumber command, User user)
    {
        if (command.ReservedForSecondFactor == true && !number.Reserved) yield return new ReservedForSecondFactor(number.Id);
        var first = command.ReservedForSecondFactor == true && !user.HasSecondFactor;
        if ((command.DefaultSecondFactor == true || first) && !number.Default) yield return new MadeDefaultSecondFactor(number.Id);
    }

    internal static IEnumerable<UserEvent> Released(PhoneNumber number, User user)
    {
        yield return new ReleasedFromSecondFactor(number.Id);
        var next = user.SecondFactors().FirstOrDefault(other => other.Id != number.Id);
        if (number.Default && next is not null) yield return new MadeDefaultSecondFactor(next.Id);
        foreach (var voided in UserDecider.VoidCodesWithout(User.Evolve(user, new ReleasedFromSecondFactor(number.Id), default))) yield return voided;
    }
}
