namespace Auth.Domain.Users;

/// <summary>A person's addresses and numbers: verified by a code, taken off again.</summary>
internal static class Identifiers
{
    internal static UserDecision Verify(VerifyIdentifier command, User user) =>
        user.EmailAddresses.Find(x => x.Id == command.Id) is { } address ? Verify(address.Verified, new EmailAddressVerified(address.Id, command.By))
        : user.PhoneNumbers.Find(x => x.Id == command.Id) is { } number ? Verify(number.Verified, new PhoneNumberVerified(number.Id, command.By))
        : UserDecider.Refuse(UserRefusal.NoSuchIdentifier);

    internal static UserDecision Remove(Guid id, User user)
    {
        var (address, number) = (user.EmailAddresses.Find(x => x.Id == id), user.PhoneNumbers.Find(x => x.Id == id));
        if (address is null && number is null) return UserDecider.Refuse(UserRefusal.NoSuchIdentifier);
        if ((address?.Verified ?? number!.Verified) && Verified(user) == 1) return UserDecider.Refuse(UserRefusal.LastIdentifier);
        if (address is not null) return UserDecider.Accept([new EmailAddressRemoved(id)]);
        return UserDecider.Accept([.. number!.Reserved ? Numbers.Released(number, user) : [], new PhoneNumberRemoved(id)]);
    }

    private static UserDecision Verify(bool already, UserEvent verified) => already ? UserDecider.Refuse(UserRefusal.AlreadyVerified) : UserDecider.Accept([verified]);

    private static int Verified(User user) => user.EmailAddresses.Count(x => x.Verified) + user.PhoneNumbers.Count(x => x.Verified);
}
