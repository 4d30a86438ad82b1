using Auth.Domain;
using Auth.Domain.Users;

namespace Auth.Specs.Given;

/// <summary>The people that specs speak of. Each is folded from their own events.</summary>
public static class People
{
    /// <summary>When everything in a story's past happened, unless the story says otherwise.</summary>
    public static readonly DateTimeOffset NineOClock = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static readonly Guid AnnsId = Id(0xA0), AnnsAddress = Id(0xA1), AnnsPhone = Id(0xA2), AnnsOtherPhone = Id(0xA3), AnnsUnverifiedPhone = Id(0xA4), AnnsApp = Id(0xA5), AnnsCodes = Id(0xA6), AnnsKey = Id(0xA7);
    public static readonly Guid BobsId = Id(0xB0), BobsAddress = Id(0xB1), BobsPhone = Id(0xB2), BobsKey = Id(0xB3);

    /// <summary>A personal value; what is in the box nobody here can read.</summary>
    public static readonly Sealed Hidden = new(Id(0xEE), "Ym94");

    /// <summary>Has a password, gets codes on her phone, keeps a second phone that is no second factor yet, and once typed a number that she never verified.</summary>
    public static readonly User Ann = Told(AnnsId,
        new UserCreated(Hidden, Hidden), new EmailAddressAdded(AnnsAddress, Hidden), new EmailAddressVerified(AnnsAddress, Vouching.Operator), new PasswordSet(),
        new PhoneNumberAdded(AnnsPhone, Hidden), new PhoneNumberVerified(AnnsPhone, Vouching.Operator),
        new PhoneNumberAdded(AnnsOtherPhone, Hidden), new PhoneNumberVerified(AnnsOtherPhone, Vouching.Code),
        new PhoneNumberAdded(AnnsUnverifiedPhone, Hidden),
        new ReservedForSecondFactor(AnnsPhone), new MadeDefaultSecondFactor(AnnsPhone));

    /// <summary>Ann after she took her other phone as second factor, too.</summary>
    public static readonly User AnnWithTwoPhones = Ann.And(new ReservedForSecondFactor(AnnsOtherPhone));

    /// <summary>Ann with an authenticator app, backup codes and a passkey as well.</summary>
    public static readonly User AnnWithEverything = Ann.And(new AuthenticatorAppAdded(AnnsApp), new BackupCodesMade(AnnsCodes, 10), new PasskeyAdded(AnnsKey, true, true, true, Guid.Empty, Hidden));

    /// <summary>Has a password and a phone, and no second factor.</summary>
    public static readonly User Bob = Told(BobsId,
        new UserCreated(Hidden, null), new EmailAddressAdded(BobsAddress, Hidden), new EmailAddressVerified(BobsAddress, Vouching.Operator), new PasswordSet(),
        new PhoneNumberAdded(BobsPhone, Hidden), new PhoneNumberVerified(BobsPhone, Vouching.Operator));

    /// <summary>Someone whom nobody knows.</summary>
    public static readonly User? Stranger;

    /// <summary>The same person after something more happened to them.</summary>
    public static User And(this User user, params UserEvent[] happened) =>
        happened.Aggregate(user, (person, e) => User.Evolve(person, e, NineOClock)) with { Id = user.Id };

    /// <summary>The person of whom all this is told.</summary>
    public static User Told(Guid id, params UserEvent[] happened) => (User.Initial with { Id = id }).And(happened);

    /// <summary>An id that is short to read.</summary>
    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
