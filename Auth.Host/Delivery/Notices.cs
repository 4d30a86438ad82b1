using Auth.Domain.Users;
using Auth.Host.Delivery.Mail;
using Wolverine;

namespace Auth.Host.Delivery;

/// <summary>How a handler has somebody told of what it changed in their account (R64).</summary>
public static class Notices
{
    /// <summary>Queues a notice to every verified address but the one named; it leaves after the commit, or not at all.</summary>
    public static Task Notify(this IMessageContext bus, Guid user, NoticeKind kind, DateTimeOffset now, Guid? except = null) =>
        bus.PublishAsync(new SendNotice(user, kind, Guid.CreateVersion7(now), now, except)).AsTask();

    /// <summary>Everything of these facts that somebody is to be told of.</summary>
    public static async Task Notify(this IMessageContext bus, Guid user, IEnumerable<UserEvent> happened, DateTimeOffset now, Guid? except = null)
    {
        foreach (var kind in happened.Select(Of).OfType<NoticeKind>()) await bus.Notify(user, kind, now, except);
    }

    /// <summary>What a person is told when this happens to them, or null where it is nothing to be told of.</summary>
    public static NoticeKind? Of(UserEvent happened) => happened switch
    {
        ReservedForSecondFactor  => NoticeKind.SecondFactorEnabled,
        ReleasedFromSecondFactor => NoticeKind.SecondFactorDisabled,
        Locked                   => NoticeKind.AccountLocked,
        PasswordSet              => NoticeKind.PasswordChanged,
        PhoneNumberVerified      => NoticeKind.PhoneNumberAdded,
        PhoneNumberRemoved       => NoticeKind.PhoneNumberRemoved,
        EmailAddressVerified     => NoticeKind.EmailAddressAdded,
        EmailAddressRemoved      => NoticeKind.EmailAddressRemoved,
        AuthenticatorAppAdded    => NoticeKind.AuthenticatorAppAdded,
        AuthenticatorAppRemoved  => NoticeKind.AuthenticatorAppRemoved,
        PasskeyAdded             => NoticeKind.PasskeyAdded,
        PasskeyRemoved           => NoticeKind.PasskeyRemoved,
        PasskeySuspected         => NoticeKind.PasskeySuspected,
        BackupCodesMade          => NoticeKind.BackupCodesMade,
        _ => null,
    };
}
