using System.Globalization;
using Auth.Host.Instances;

namespace Auth.Host.Delivery.Mail;

/// <summary>The fixed template of a notice: what happened, when, and what to do if it was somebody else. No link, and nothing that anybody wrote (R26, R82).</summary>
public static class NoticeMail
{
    /// <summary>The mail about something that happened then.</summary>
    public static MailMessage Of(string to, NoticeKind kind, DateTimeOffset at, InstanceName instance, string reference, DateTimeOffset? due = null)
    {
        string[] lines =
        [
            $"Something changed in your {instance.Name} account at {instance.Host}: {Happened(kind)}.",
            $"When: {Written(at)}",
            .. due is { } then ? new[] { $"It takes effect at {Written(then)}. Until then it can be stopped by whoever is signed in, and by whoever runs {instance.Name}." } : [],
            $"If this was not you, change your password, end your other sessions, and tell whoever runs {instance.Name} at once.",
            "Nobody will ask you to answer this mail, and it holds no link.",
        ];
        return new(to, $"{instance.Name}: {Happened(kind)}", string.Join("\n\n", lines), MailHtml.Of(lines), reference) { From = instance.Name };
    }

    private static string Written(DateTimeOffset at) => $"{at.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC";

    private static string Happened(NoticeKind kind) => kind switch
    {
        NoticeKind.PasswordChanged         => "your password was changed",
        NoticeKind.PhoneNumberAdded        => "a phone number was added",
        NoticeKind.PhoneNumberRemoved      => "a phone number was removed",
        NoticeKind.EmailAddressAdded       => "an email address was added",
        NoticeKind.EmailAddressRemoved     => "an email address was removed",
        NoticeKind.SecondFactorEnabled     => "2-step verification was enabled",
        NoticeKind.SecondFactorDisabled    => "2-step verification was disabled",
        NoticeKind.AuthenticatorAppAdded   => "an authenticator app was added",
        NoticeKind.AuthenticatorAppRemoved => "an authenticator app was removed",
        NoticeKind.BackupCodesMade         => "new backup codes were made, and the old ones are void",
        NoticeKind.BackupCodeUsed          => "a backup code was used",
        NoticeKind.PasskeyAdded            => "a passkey was added",
        NoticeKind.PasskeyRemoved          => "a passkey was removed",
        NoticeKind.NewSignIn               => "somebody signed in from a new device",
        NoticeKind.PasskeySuspected        => "a passkey was refused because there may be a copy of it; remove it and add a new one",
        NoticeKind.RecoveryStarted         => "recovery of your account was started, which takes all of its second factors off",
        NoticeKind.RecoveryCancelled       => "the recovery of your account was stopped",
        NoticeKind.Recovered               => "all second factors were taken off by recovery",
        NoticeKind.BackupCodesRemoved      => "the backup codes were removed",
        NoticeKind.AccountLocked           => "your account was locked",
        NoticeKind.FactorDisabled          => "there were too many wrong tries, and what was tried is switched off until it is set up anew",
        _ => throw new InvalidOperationException($"{kind} has no words."),
    };
}
