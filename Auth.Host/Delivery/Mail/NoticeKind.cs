using System.Text.Json.Serialization;

namespace Auth.Host.Delivery.Mail;

/// <summary>What somebody is told of that happened to their account. The names are in stored envelopes: none is renamed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoticeKind>))]
public enum NoticeKind
{
    PasswordChanged,
    PhoneNumberAdded,
    PhoneNumberRemoved,
    EmailAddressAdded,
    EmailAddressRemoved,
    SecondFactorEnabled,
    SecondFactorDisabled,
    AuthenticatorAppAdded,
    AuthenticatorAppRemoved,
    BackupCodesMade,
    BackupCodeUsed,
    PasskeyAdded,
    PasskeyRemoved,
    NewSignIn,
    RecoveryStarted,
    AccountLocked,
    PasskeySuspected,
}
