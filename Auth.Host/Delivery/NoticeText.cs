using Auth.Domain.Users;
using Auth.Host.Delivery.Mail;
using Auth.Host.Delivery.Sms;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Marten;

namespace Auth.Host.Delivery;

/// <summary>The fixed template of a notice by text: one segment, no link, nothing that anybody wrote (R26, R82).</summary>
public static class NoticeText
{
    /// <summary>Whether that is told by text even to those whom mail reaches.</summary>
    public static bool Always(NoticeKind kind) => kind is NoticeKind.RecoveryStarted;

    /// <summary>The text.</summary>
    public static string Of(NoticeKind kind, InstanceName instance) => kind is NoticeKind.RecoveryStarted
        ? $"Recovery of your {instance.Name} account was started. If this was not you, sign in and stop it, or tell whoever runs {instance.Name}."
        : $"Your {instance.Name} account: {Happened(kind)}. If this was not you, tell whoever runs {instance.Name}.";

    private static string Happened(NoticeKind kind) => kind switch
    {
        NoticeKind.PasswordChanged         => "the password was changed",
        NoticeKind.PhoneNumberAdded        => "a phone number was added",
        NoticeKind.PhoneNumberRemoved      => "a phone number was removed",
        NoticeKind.EmailAddressAdded       => "an email address was added",
        NoticeKind.EmailAddressRemoved     => "an email address was removed",
        NoticeKind.SecondFactorEnabled     => "2-step verification was enabled",
        NoticeKind.SecondFactorDisabled    => "2-step verification was disabled",
        NoticeKind.AuthenticatorAppAdded   => "an authenticator app was added",
        NoticeKind.AuthenticatorAppRemoved => "an authenticator app was removed",
        NoticeKind.BackupCodesMade         => "new backup codes were made",
        NoticeKind.BackupCodeUsed          => "a backup code was used",
        NoticeKind.BackupCodesRemoved      => "the backup codes were removed",
        NoticeKind.PasskeyAdded            => "a passkey was added",
        NoticeKind.PasskeyRemoved          => "a passkey was removed",
        NoticeKind.PasskeySuspected        => "a passkey was refused, there may be a copy",
        NoticeKind.NewSignIn               => "somebody signed in on a new device",
        NoticeKind.RecoveryCancelled       => "its recovery was stopped",
        NoticeKind.Recovered               => "all second factors were taken off",
        NoticeKind.AccountLocked           => "it was locked",
        NoticeKind.FactorDisabled          => "too many wrong tries switched a factor off",
        _ => throw new InvalidOperationException($"{kind} has no words."),
    };
}

/// <summary>Reads the number when the notice leaves, and texts it. What the provider did not take is left.</summary>
public static class SendNoticeByTextHandler
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>Nothing where the number, the person or the recovery is gone in the meantime.</summary>
    public static async Task Handle(SendNoticeByText due, IQuerySession session, ISmsSender texts, IKeyring keyring, Tenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var batch = session.CreateBatchQuery();
        var (user, key, settings) = (batch.Load<User>(due.User), batch.Load<PersonalKey>(due.User), batch.Load<InstanceSettings>(InstanceSettings.TheOne));
        await batch.Execute(ct);
        if (await key is not { } wrapped || (await user)?.PhoneNumbers.Find(number => number.Id == due.PhoneNumber) is not { Verified: true } number) return;
        if (keyring.Unwrap(wrapped).Open(number.Number) is { } to)
            await texts.SendAsync(new SmsMessage(to, NoticeText.Of(due.Kind, tenants.Of(session.TenantId).Name.Under((await settings ?? InstanceSettings.Shipped).InForce)), new NoticeId(due.Text).ToString(), clock.GetUtcNow() + Life), ct);
    }
}
