using Auth.Domain.SignIns;
using Auth.Projections;
using Marten;

namespace Auth.Specs.Promises;

/// <summary>These names are in the database for ever. Changing one here is a migration, not a rename.</summary>
public class EventNamesSpecs
{
    [Fact]
    public void are_what_they_were() => EventNames.All.Select(row => $"{row.Key.Name} {row.Value}").ShouldBe(
    [
        "Identified sign_in.identified",
        "FirstFactorPrepared sign_in.first_factor_prepared",
        "FirstFactorChallenged sign_in.first_factor_challenged",
        "FirstFactorVerified sign_in.first_factor_verified",
        "FirstFactorRejected sign_in.first_factor_rejected",
        "FirstFactorRefused sign_in.first_factor_refused",
        "PasswordReset sign_in.password_reset",
        "SecondFactorPrepared sign_in.second_factor_prepared",
        "SecondFactorChallenged sign_in.second_factor_challenged",
        "SecondFactorRejected sign_in.second_factor_rejected",
        "SecondFactorRefused sign_in.second_factor_refused",
        "TextHandedOver sign_in.text_handed_over",
        "TextDelivered sign_in.text_delivered",
        "TextUndeliverable sign_in.text_undeliverable",
        "SecondFactorVerified sign_in.second_factor_verified",
        "DeviceTrusted sign_in.device_trusted",
        "SecondFactorSkipped sign_in.second_factor_skipped",
        "Converted sign_in.converted",
        "Expired sign_in.expired",
        "Superseded sign_in.superseded",
        "Invalidated sign_in.invalidated",
        "UserCreated user.created",
        "PasswordSet user.password_set",
        "EmailAddressAdded user.email_address_added",
        "EmailAddressVerified user.email_address_verified",
        "PhoneNumberAdded user.phone_number_added",
        "PhoneNumberVerified user.phone_number_verified",
        "ReservedForSecondFactor user.phone_number_reserved_for_second_factor",
        "MadeDefaultSecondFactor user.phone_number_made_default_second_factor",
        "ReleasedFromSecondFactor user.phone_number_released_from_second_factor",
        "EmailAddressRemoved user.email_address_removed",
        "PhoneNumberRemoved user.phone_number_removed",
        "AuthenticatorAppAdded user.authenticator_app_added",
        "AuthenticatorAppRemoved user.authenticator_app_removed",
        "BackupCodesMade user.backup_codes_made",
        "BackupCodesRemoved user.backup_codes_removed",
        "PasskeyAdded user.passkey_added",
        "PasskeyRenamed user.passkey_renamed",
        "PasskeyRemoved user.passkey_removed",
        "PasskeySuspected user.passkey_suspected",
        "AuthenticatorDisabled user.authenticator_disabled",
        "Locked user.locked",
        "Unlocked user.unlocked",
        "Banned user.banned",
        "Unbanned user.unbanned",
        "NamesChanged user.names_changed",
        "RecoveryStarted user.recovery_started",
        "RecoveryCancelled user.recovery_cancelled",
        "Recovered user.recovered",
        "DeviceTrustRevoked user.device_trust_revoked",
        "SessionsRevoked user.sessions_revoked",
        "UserErased user.erased",
        "SteppedUp session.stepped_up",
        "TaskCompleted session.task_completed",
        "Ended session.ended",
        "VerificationBegun verification.begun",
        "VerificationPrepared verification.prepared",
        "VerificationChallenged verification.challenged",
        "VerificationRejected verification.rejected",
        "VerificationRefused verification.refused",
        "VerificationAccepted verification.accepted",
        "SignUpBegun sign_up.begun",
        "SignUpIdentifierGiven sign_up.identifier_given",
        "SignUpNameGiven sign_up.name_given",
        "SignUpPasswordChosen sign_up.password_chosen",
        "SignUpCodePrepared sign_up.code_prepared",
        "SignUpCodeRejected sign_up.code_rejected",
        "SignUpCodeRefused sign_up.code_refused",
        "SignUpCodeAccepted sign_up.code_accepted",
        "SignUpIdentifierTaken sign_up.identifier_taken",
        "SignUpCompleted sign_up.completed",
        "SignUpExpired sign_up.expired",
        "SignUpSuperseded sign_up.superseded",
        "TicketMade ticket.made",
        "TicketUsed ticket.used",
        "TicketRefused ticket.refused",
        "TicketRevoked ticket.revoked",
        "NoticeTexted notice.texted",
        "NoticeKept notice.kept",
        "SettingsStaged instance.settings_staged",
        "SettingsDiscarded instance.settings_discarded",
        "SettingsApplied instance.settings_applied",
        "Limited limits.limited",
        "LimitedElsewhere limits.limited_elsewhere",
        "HistoryRead audit.history_read",
        "ValuesRevealed audit.values_revealed",
        "HistoryFollowed audit.history_followed",
        "HistoryExported audit.history_exported",
        "ExportFinished audit.export_finished",
        "HistoryVerified audit.history_verified",
    ], ignoreOrder: true);

    [Fact]
    public void every_event_has_one() => Events.Types.ShouldBe(EventNames.All.Keys, ignoreOrder: true);

    [Fact]
    public void no_two_events_share_one() => EventNames.All.Values.ShouldBeUnique();

    [Fact]
    public void the_store_uses_them()
    {
        using IDocumentStore store = DocumentStore.For(options =>
        {
            options.Connection("Host=nowhere");
            EventNames.Register(options.Events);
        });
        store.Options.Events.AllKnownEventTypes()
            .Where(known => EventNames.All.ContainsKey(known.EventType))
            .ToDictionary(known => known.EventType, known => known.EventTypeName)
            .ShouldBe(EventNames.All, ignoreOrder: true);
    }
}

/// <summary>Every kind of event there is, by looking: whatever is a <c>…Event</c> of some stream.</summary>
internal static class Events
{
    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(SignInEvent).Assembly.GetTypes().Where(type => type.BaseType is { IsAbstract: true } stream && stream.Name.EndsWith("Event", StringComparison.Ordinal))];
}
