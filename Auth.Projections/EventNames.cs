using Auth.Domain.Audits;
using Auth.Domain.Instances;
using Auth.Domain.Limits;
using Auth.Domain.Notices;
using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Tickets;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using JasperFx.Events;
using Marten.Events;

namespace Auth.Projections;

/// <summary>The stored name of every event. They are in the database for ever: a change here is a migration, not a rename.</summary>
public static class EventNames
{
    /// <summary>Stream, dot, what happened.</summary>
    public static readonly IReadOnlyDictionary<Type, string> All = new Dictionary<Type, string>
    {
        [typeof(Identified)]               = "sign_in.identified",
        [typeof(FirstFactorPrepared)]      = "sign_in.first_factor_prepared",
        [typeof(FirstFactorChallenged)]    = "sign_in.first_factor_challenged",
        [typeof(FirstFactorVerified)]      = "sign_in.first_factor_verified",
        [typeof(FirstFactorRejected)]      = "sign_in.first_factor_rejected",
        [typeof(FirstFactorRefused)]       = "sign_in.first_factor_refused",
        [typeof(PasswordReset)]            = "sign_in.password_reset",
        [typeof(SecondFactorPrepared)]     = "sign_in.second_factor_prepared",
        [typeof(SecondFactorChallenged)]   = "sign_in.second_factor_challenged",
        [typeof(SecondFactorRejected)]     = "sign_in.second_factor_rejected",
        [typeof(SecondFactorRefused)]      = "sign_in.second_factor_refused",
        [typeof(TextHandedOver)]           = "sign_in.text_handed_over",
        [typeof(TextDelivered)]            = "sign_in.text_delivered",
        [typeof(TextUndeliverable)]        = "sign_in.text_undeliverable",
        [typeof(SecondFactorVerified)]     = "sign_in.second_factor_verified",
        [typeof(DeviceTrusted)]            = "sign_in.device_trusted",
        [typeof(SecondFactorSkipped)]      = "sign_in.second_factor_skipped",
        [typeof(Converted)]                = "sign_in.converted",
        [typeof(Expired)]                  = "sign_in.expired",
        [typeof(Superseded)]               = "sign_in.superseded",
        [typeof(Invalidated)]              = "sign_in.invalidated",

        [typeof(UserCreated)]              = "user.created",
        [typeof(PasswordSet)]              = "user.password_set",
        [typeof(EmailAddressAdded)]        = "user.email_address_added",
        [typeof(EmailAddressVerified)]     = "user.email_address_verified",
        [typeof(PhoneNumberAdded)]         = "user.phone_number_added",
        [typeof(PhoneNumberVerified)]      = "user.phone_number_verified",
        [typeof(ReservedForSecondFactor)]  = "user.phone_number_reserved_for_second_factor",
        [typeof(MadeDefaultSecondFactor)]  = "user.phone_number_made_default_second_factor",
        [typeof(ReleasedFromSecondFactor)] = "user.phone_number_released_from_second_factor",
        [typeof(EmailAddressRemoved)]      = "user.email_address_removed",
        [typeof(PhoneNumberRemoved)]       = "user.phone_number_removed",
        [typeof(AuthenticatorAppAdded)]    = "user.authenticator_app_added",
        [typeof(AuthenticatorAppRemoved)]  = "user.authenticator_app_removed",
        [typeof(BackupCodesMade)]          = "user.backup_codes_made",
        [typeof(BackupCodesRemoved)]       = "user.backup_codes_removed",
        [typeof(PasskeyAdded)]             = "user.passkey_added",
        [typeof(PasskeyRenamed)]           = "user.passkey_renamed",
        [typeof(PasskeyRemoved)]           = "user.passkey_removed",
        [typeof(PasskeySuspected)]         = "user.passkey_suspected",
        [typeof(AuthenticatorDisabled)]    = "user.authenticator_disabled",
        [typeof(Locked)]                   = "user.locked",
        [typeof(Unlocked)]                 = "user.unlocked",
        [typeof(Banned)]                   = "user.banned",
        [typeof(Unbanned)]                 = "user.unbanned",
        [typeof(NamesChanged)]             = "user.names_changed",
        [typeof(RecoveryStarted)]          = "user.recovery_started",
        [typeof(RecoveryCancelled)]        = "user.recovery_cancelled",
        [typeof(Recovered)]                = "user.recovered",
        [typeof(DeviceTrustRevoked)]       = "user.device_trust_revoked",
        [typeof(SessionsRevoked)]          = "user.sessions_revoked",
        [typeof(UserErased)]               = "user.erased",

        [typeof(SteppedUp)]                = "session.stepped_up",
        [typeof(TaskCompleted)]            = "session.task_completed",
        [typeof(Ended)]                    = "session.ended",

        [typeof(VerificationBegun)]        = "verification.begun",
        [typeof(VerificationPrepared)]     = "verification.prepared",
        [typeof(VerificationChallenged)]   = "verification.challenged",
        [typeof(VerificationRejected)]     = "verification.rejected",
        [typeof(VerificationRefused)]      = "verification.refused",
        [typeof(VerificationAccepted)]     = "verification.accepted",

        [typeof(SignUpBegun)]              = "sign_up.begun",
        [typeof(SignUpIdentifierGiven)]    = "sign_up.identifier_given",
        [typeof(SignUpNameGiven)]          = "sign_up.name_given",
        [typeof(SignUpPasswordChosen)]     = "sign_up.password_chosen",
        [typeof(SignUpCodePrepared)]       = "sign_up.code_prepared",
        [typeof(SignUpCodeRejected)]       = "sign_up.code_rejected",
        [typeof(SignUpCodeRefused)]        = "sign_up.code_refused",
        [typeof(SignUpCodeAccepted)]       = "sign_up.code_accepted",
        [typeof(SignUpIdentifierTaken)]    = "sign_up.identifier_taken",
        [typeof(SignUpCompleted)]          = "sign_up.completed",
        [typeof(SignUpExpired)]            = "sign_up.expired",
        [typeof(SignUpSuperseded)]         = "sign_up.superseded",

        [typeof(TicketMade)]               = "ticket.made",
        [typeof(TicketUsed)]               = "ticket.used",
        [typeof(TicketRefused)]            = "ticket.refused",
        [typeof(TicketRevoked)]            = "ticket.revoked",
        [typeof(NoticeTexted)]             = "notice.texted",
        [typeof(NoticeKept)]               = "notice.kept",
        [typeof(SettingsStaged)]           = "instance.settings_staged",
        [typeof(SettingsDiscarded)]        = "instance.settings_discarded",
        [typeof(SettingsApplied)]          = "instance.settings_applied",

        [typeof(Limited)]                  = "limits.limited",
        [typeof(LimitedElsewhere)]         = "limits.limited_elsewhere",

        [typeof(HistoryRead)]              = "audit.history_read",
        [typeof(ValuesRevealed)]           = "audit.values_revealed",
        [typeof(HistoryFollowed)]          = "audit.history_followed",
        [typeof(HistoryExported)]          = "audit.history_exported",
        [typeof(ExportFinished)]           = "audit.export_finished",
        [typeof(HistoryVerified)]          = "audit.history_verified",
    };

    /// <summary>Tells the store all of them.</summary>
    public static void Register(IEventStoreOptions events)
    {
        foreach (var (type, name) in All) events.MapEventType(type, name);
    }
}
