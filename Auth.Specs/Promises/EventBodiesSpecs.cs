using System.Reflection;
using System.Text;
using Auth.Domain;
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
using Marten;
using Weasel.Core;

namespace Auth.Specs.Promises;

/// <summary>These bodies are in the database for ever, sealed by the audit trail. A member may be added; one renamed or retyped loses what was told.</summary>
public class EventBodiesSpecs
{
    private const string Id = "000000a1-0000-0000-0000-000000000000", Other = "000000b2-0000-0000-0000-000000000000";
    private static readonly Guid A = Guid.Parse(Id), B = Guid.Parse(Other);
    private static readonly Sealed Hidden = new(B, "Ym94");
    private static readonly DateTimeOffset Nine = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly Authenticator Phone = new(Strategy.PhoneCode, A), Key = new(Strategy.Passkey, A);

    private const string Box = $$"""{"key":"{{Other}}","box":"Ym94"}""";
    private const string Number = $$"""{"strategy":"PhoneCode","id":"{{Id}}"}""";
    private const string Made = $$"""{"strategy":"Passkey","id":"{{Id}}"}""";
    private const string Word = """{"strategy":"Password","id":null}""";
    private const string At = "\"2026-01-05T09:00:00+00:00\"";

    /// <summary>Every setting is in it, each other than shipped where it can be.</summary>
    private static readonly Settings Policy = new()
    {
        TwoStep = new() { Policy = TwoStepPolicy.Required, RequiredFrom = Nine },
        FirstFactors = [Strategy.Password],
        SecondFactors = [Strategy.PhoneCode],
        SmsCountries = ["SE", "NO"],
        SmsFraud = SmsFraudRule.Enforce,
        SignUp = SignUpRule.Closed,
        Passwords = new() { MinLength = 20 },
        SingleSession = false,
        TrustedDevices = new() { On = true, Days = 7 },
        Retention = new() { PersonDays = 365 },
        AllowedOrigins = ["https://app.example.com"],
        RedirectUrls = ["https://app.example.com/home"],
        Branding = new() { Name = "Acme", LogoUrl = "https://acme.example/logo.svg", PrimaryColor = "#123456", BackgroundColor = null },
    };

    private const string PolicyBody = """
        {"twoStep":{"policy":"Required","requiredFrom":"2026-01-05T09:00:00+00:00"},"firstFactors":["Password"],"secondFactors":["PhoneCode"],"dials":{"signInLife":"00:15:00","secondFactorLife":"00:10:00","codeLife":"00:05:00","codeLifeWorthSending":"00:02:00","resendGap":"00:00:30","tries":5,"waitFrom":10,"firstWait":"00:00:30","longestWait":"01:00:00","disableFrom":50,"newNumbersPerUserAndDay":3,"textsPerNumberAndHour":5,"textsPerNumberAndDay":10,"textsPerUserAndHour":5,"textsPerDay":5000,"textsPerCountryAndDay":500,"textsPerPrefixAndDay":50,"sessionLife":"1.00:00:00","sessionIdle":"01:00:00","stepUpAge":"00:10:00","recoveryWait":"1.00:00:00"},"smsCountries":["NO","SE"],"smsFraud":"Enforce","passwords":{"minLength":20},"singleSession":false,"trustedDevices":{"on":true,"days":7},"retention":{"personDays":365},"allowedOrigins":["https://app.example.com"],"redirectUrls":["https://app.example.com/home"],"branding":{"name":"Acme","logoUrl":"https://acme.example/logo.svg","primaryColor":"#123456","backgroundColor":null},"signUp":"Closed"}
        """;

    private static readonly (object Event, string Body)[] Examples =
    [
        (new Identified(A, B, IdentifierKind.EmailAddress, Hidden, Nine), $$"""{"client":"{{Id}}","user":"{{Other}}","kind":"EmailAddress","identifier":{{Box}},"endsAt":{{At}}}"""),
        (new Identified(A, null, IdentifierKind.PhoneNumber, Hidden, Nine), $$"""{"client":"{{Id}}","user":null,"kind":"PhoneNumber","identifier":{{Box}},"endsAt":{{At}}}"""),
        (new FirstFactorVerified(Authenticator.Password, Demand.SecondFactor, 3, Nine), $$"""{"authenticator":{{Word}},"demand":"SecondFactor","epoch":3,"secondFactorBy":{{At}},"userVerified":false,"user":null}"""),
        (new FirstFactorVerified(Authenticator.Password, Demand.Nothing, 3, null), $$"""{"authenticator":{{Word}},"demand":"Nothing","epoch":3,"secondFactorBy":null,"userVerified":false,"user":null}"""),
        (new FirstFactorRejected(Authenticator.Password), $$"""{"authenticator":{{Word}},"flaw":null}"""),
        (new FirstFactorRejected(Key, "Signature"), $$"""{"authenticator":{{Made}},"flaw":"Signature"}"""),
        (new Identified(A, null, IdentifierKind.Passkey, null, Nine), $$"""{"client":"{{Id}}","user":null,"kind":"Passkey","identifier":null,"endsAt":{{At}}}"""),
        (new FirstFactorChallenged(new(B, "0f", Nine)), $$$"""{"challenge":{"key":"{{{Other}}}","nonce":"0f","expiresAt":{{{At}}}}}"""),
        (new FirstFactorVerified(Key, Demand.Nothing, 3, null, true, B), $$"""{"authenticator":{{Made}},"demand":"Nothing","epoch":3,"secondFactorBy":null,"userVerified":true,"user":"{{Other}}"}"""),
        (new SecondFactorChallenged(new(B, "0f", Nine), 3), $$$"""{"challenge":{"key":"{{{Other}}}","nonce":"0f","expiresAt":{{{At}}}},"epoch":3}"""),
        (new FirstFactorRefused(Authenticator.Password, RefusalReason.Waiting, Nine), $$"""{"authenticator":{{Word}},"reason":"Waiting","until":{{At}},"country":null}"""),
        (new FirstFactorRefused(Authenticator.Password, RefusalReason.Locked, null), $$"""{"authenticator":{{Word}},"reason":"Locked","until":null,"country":null}"""),
        (new SecondFactorPrepared(Phone, B, 2, new OneTimeCode(B, "0f", 1, Nine), 3, Nine),
            $$"""{"authenticator":{{Number}},"text":"{{Other}}","textNumber":2,"code":{"key":"{{Other}}","nonce":"0f","issue":1,"expiresAt":{{At}}},"epoch":3,"resendFrom":{{At}},"country":null,"noted":null}"""),
        (new FirstFactorPrepared(new(Strategy.EmailCode, A), B, 2, new OneTimeCode(B, "0f", 1, Nine), Nine),
            $$"""{"authenticator":{"strategy":"EmailCode","id":"{{Id}}"},"text":"{{Other}}","textNumber":2,"code":{"key":"{{Other}}","nonce":"0f","issue":1,"expiresAt":{{At}}},"resendFrom":{{At}},"country":null,"noted":null}"""),
        (new PasswordReset(Demand.SecondFactor, 4, Nine), $$"""{"demand":"SecondFactor","epoch":4,"secondFactorBy":{{At}}}"""),
        (new SecondFactorRejected(Phone), $$"""{"authenticator":{{Number}},"flaw":null}"""),
        (new SecondFactorRefused(Phone, RefusalReason.Closed, null), $$"""{"authenticator":{{Number}},"reason":"Closed","until":null,"country":null}"""),
        (new SecondFactorRefused(Phone, RefusalReason.SendLimit, Nine), $$"""{"authenticator":{{Number}},"reason":"SendLimit","until":{{At}},"country":null}"""),
        (new SecondFactorRefused(Phone, RefusalReason.CodeExpired, null), $$"""{"authenticator":{{Number}},"reason":"CodeExpired","until":null,"country":null}"""),
        (new SecondFactorRefused(Phone, RefusalReason.Country, null, "SE"), $$"""{"authenticator":{{Number}},"reason":"Country","until":null,"country":"SE"}"""),
        (new SecondFactorPrepared(Phone, B, 2, new OneTimeCode(B, "0f", 1, Nine), 3, Nine) { Country = "SE", Noted = RefusalReason.Prefix },
            $$"""{"authenticator":{{Number}},"text":"{{Other}}","textNumber":2,"code":{"key":"{{Other}}","nonce":"0f","issue":1,"expiresAt":{{At}}},"epoch":3,"resendFrom":{{At}},"country":"SE","noted":"Prefix"}"""),
        (new TextHandedOver(B, "01JH"), $$"""{"text":"{{Other}}","providerId":"01JH"}"""),
        (new TextDelivered(B, Nine), $$"""{"text":"{{Other}}","at":{{At}}}"""),
        (new TextUndeliverable(B, "Aborted", "404"), $$"""{"text":"{{Other}}","status":"Aborted","providerCode":"404"}"""),
        (new SecondFactorVerified(Phone), $$"""{"authenticator":{{Number}},"userVerified":false}"""),
        (new Converted(A, Nine), $$"""{"session":"{{Id}}","sessionExpiresAt":{{At}},"task":null}"""),
        (new Converted(A, Nine, SessionTask.SetupMfa), $$"""{"session":"{{Id}}","sessionExpiresAt":{{At}},"task":"SetupMfa"}"""),
        (new TaskCompleted(SessionTask.SetupMfa) { User = A }, $$"""{"task":"SetupMfa","user":"{{Id}}"}"""),
        (new Expired(), "{}"),
        (new Superseded(A), $$"""{"by":"{{Id}}"}"""),
        (new Invalidated(4), """{"epoch":4}"""),
        (new UserCreated(Hidden, null), $$"""{"firstName":{{Box}},"lastName":null}"""),
        (new PasswordSet(), """{"by":null}"""),
        (new PasswordSet(Channel.Mail), """{"by":"Mail"}"""),
        (new EmailAddressAdded(A, Hidden), $$"""{"emailAddress":"{{Id}}","address":{{Box}}}"""),
        (new EmailAddressVerified(A, Vouching.Operator), $$"""{"emailAddress":"{{Id}}","by":"Operator"}"""),
        (new PhoneNumberAdded(A, Hidden), $$"""{"phoneNumber":"{{Id}}","number":{{Box}}}"""),
        (new PhoneNumberVerified(A, Vouching.Code), $$"""{"phoneNumber":"{{Id}}","by":"Code"}"""),
        (new ReservedForSecondFactor(A), $$"""{"phoneNumber":"{{Id}}"}"""),
        (new MadeDefaultSecondFactor(A), $$"""{"phoneNumber":"{{Id}}"}"""),
        (new ReleasedFromSecondFactor(A), $$"""{"phoneNumber":"{{Id}}"}"""),
        (new EmailAddressRemoved(A), $$"""{"emailAddress":"{{Id}}"}"""),
        (new PhoneNumberRemoved(A), $$"""{"phoneNumber":"{{Id}}"}"""),
        (new AuthenticatorAppAdded(A), $$"""{"app":"{{Id}}"}"""),
        (new AuthenticatorAppRemoved(A), $$"""{"app":"{{Id}}"}"""),
        (new BackupCodesMade(A, 10), $$"""{"set":"{{Id}}","codes":10}"""),
        (new BackupCodesRemoved(A), $$"""{"set":"{{Id}}"}"""),
        (new PasskeyAdded(A, true, true, false, B, Hidden), $$"""{"passkey":"{{Id}}","verifiesUser":true,"backupEligible":true,"backedUp":false,"aaguid":"{{Other}}","name":{{Box}}}"""),
        (new PasskeyRenamed(A, Hidden), $$"""{"passkey":"{{Id}}","name":{{Box}}}"""),
        (new PasskeyRemoved(A), $$"""{"passkey":"{{Id}}"}"""),
        (new PasskeySuspected(A, 5, 9), $$"""{"passkey":"{{Id}}","signCount":5,"lastSignCount":9}"""),
        (new AuthenticatorDisabled(Phone, null), $$"""{"authenticator":{{Number}},"lane":null}"""),
        (new AuthenticatorDisabled(Authenticator.Password, 3), $$"""{"authenticator":{{Word}},"lane":3}"""),
        (new Locked(Nine), $$"""{"until":{{At}}}"""),
        (new Unlocked(), "{}"),
        (new Banned(), "{}"),
        (new Unbanned(), "{}"),
        (new NamesChanged(Hidden, null), $$"""{"firstName":{{Box}},"lastName":null}"""),
        (new RecoveryStarted(A, Nine, "key_0a", Hidden), $$"""{"recovery":"{{Id}}","due":{{At}},"by":"key_0a","reason":{{Box}}}"""),
        (new RecoveryCancelled(A, null), $$"""{"recovery":"{{Id}}","by":null}"""),
        (new Recovered(A), $$"""{"recovery":"{{Id}}"}"""),
        (new SessionsRevoked("key_0a"), """{"by":"key_0a"}"""),
        (new NoticeTexted(A, B, A, "PasskeyAdded", "SE", null), $$"""{"user":"{{Id}}","phoneNumber":"{{Other}}","text":"{{Id}}","about":"PasskeyAdded","country":"SE","noted":null}"""),
        (new NoticeKept(A, B, "PasskeyAdded", "SE", RefusalReason.Budget), $$"""{"user":"{{Id}}","phoneNumber":"{{Other}}","about":"PasskeyAdded","country":"SE","reason":"Budget"}"""),
        (new DeviceTrustRevoked(A, "key_0a"), $$"""{"trust":"{{Id}}","by":"key_0a"}"""),
        (new DeviceTrusted(A, Nine), $$"""{"trust":"{{Id}}","until":{{At}}}"""),
        (new SecondFactorSkipped(A, B), $$"""{"trust":"{{Id}}","trustedIn":"{{Other}}"}"""),
        (new UserErased(), """{"unheardSince":null}"""),
        (new UserErased(Nine), $$"""{"unheardSince":{{At}}}"""),
        (new Ended(EndReason.SignedOut), """{"reason":"SignedOut","user":null}"""),
        (new Ended(EndReason.Removed) { User = A }, $$"""{"reason":"Removed","user":"{{Id}}"}"""),
        (new Ended(EndReason.Replaced) { User = A }, $$"""{"reason":"Replaced","user":"{{Id}}"}"""),
        (new Ended(EndReason.Revoked) { User = A }, $$"""{"reason":"Revoked","user":"{{Id}}"}"""),
        (new Ended(EndReason.RevokedByUser) { User = A }, $$"""{"reason":"RevokedByUser","user":"{{Id}}"}"""),
        (new Ended(EndReason.UserBanned) { User = A }, $$"""{"reason":"UserBanned","user":"{{Id}}"}"""),
        (new Ended(EndReason.UserErased) { User = A }, $$"""{"reason":"UserErased","user":"{{Id}}"}"""),
        (new Ended(EndReason.PasswordChanged) { User = A }, $$"""{"reason":"PasswordChanged","user":"{{Id}}"}"""),
        (new Ended(EndReason.FactorsChanged) { User = A }, $$"""{"reason":"FactorsChanged","user":"{{Id}}"}"""),
        (new Ended(EndReason.RefreshReused) { User = A }, $$"""{"reason":"RefreshReused","user":"{{Id}}"}"""),
        (new SteppedUp(B, Authenticator.Password, Phone), $$"""{"verification":"{{Other}}","first":{{Word}},"second":{{Number}},"user":null}"""),
        (new VerificationBegun(Purpose.NewIdentifier, A, B, Nine, true), $$"""{"purpose":"NewIdentifier","user":"{{Id}}","session":"{{Other}}","endsAt":{{At}},"thenReserve":true,"epoch":null}"""),
        (new VerificationBegun(Purpose.StepUp, A, B, Nine) { Epoch = 3 }, $$"""{"purpose":"StepUp","user":"{{Id}}","session":"{{Other}}","endsAt":{{At}},"thenReserve":false,"epoch":3}"""),
        (new VerificationBegun(Purpose.StepUp, A, null, null), $$"""{"purpose":"StepUp","user":"{{Id}}","session":null,"endsAt":null,"thenReserve":false,"epoch":null}"""),
        (new VerificationPrepared(Phone, B, 2, new OneTimeCode(B, "0f", 1, Nine), Nine, A),
            $$"""{"authenticator":{{Number}},"text":"{{Other}}","textNumber":2,"code":{"key":"{{Other}}","nonce":"0f","issue":1,"expiresAt":{{At}}},"resendFrom":{{At}},"session":"{{Id}}","country":null,"noted":null,"epoch":null}"""),
        (new VerificationChallenged(new(B, "0f", Nine), A), $$$"""{"challenge":{"key":"{{{Other}}}","nonce":"0f","expiresAt":{{{At}}}},"session":"{{{Id}}}"}"""),
        (new VerificationRejected(Phone), $$"""{"authenticator":{{Number}},"flaw":null}"""),
        (new VerificationRefused(Phone, RefusalReason.Closed, null), $$"""{"authenticator":{{Number}},"reason":"Closed","until":null,"country":null}"""),
        (new VerificationAccepted(Phone), $$"""{"authenticator":{{Number}},"userVerified":false}"""),
        (new SignUpBegun(A, B, Nine), $$"""{"client":"{{Id}}","user":"{{Other}}","endsAt":{{At}}}"""),
        (new SignUpIdentifierGiven(IdentifierKind.EmailAddress, A, Hidden), $$"""{"kind":"EmailAddress","identifier":"{{Id}}","value":{{Box}}}"""),
        (new SignUpNameGiven(Hidden, null), $$"""{"firstName":{{Box}},"lastName":null}"""),
        (new SignUpPasswordChosen(), "{}"),
        (new SignUpCodePrepared(Phone, B, 2, new OneTimeCode(B, "0f", 1, Nine), Nine),
            $$"""{"authenticator":{{Number}},"text":"{{Other}}","textNumber":2,"code":{"key":"{{Other}}","nonce":"0f","issue":1,"expiresAt":{{At}}},"resendFrom":{{At}},"country":null,"noted":null}"""),
        (new SignUpCodeRejected(Phone), $$"""{"authenticator":{{Number}}}"""),
        (new SignUpCodeRefused(Phone, RefusalReason.SendLimit, Nine), $$"""{"authenticator":{{Number}},"reason":"SendLimit","until":{{At}},"country":null}"""),
        (new SignUpCodeAccepted(Phone), $$"""{"authenticator":{{Number}}}"""),
        (new SignUpIdentifierTaken(IdentifierKind.PhoneNumber, A), $$"""{"kind":"PhoneNumber","identifier":"{{Id}}"}"""),
        (new SignUpCompleted(A, B), $$"""{"signIn":"{{Id}}","session":"{{Other}}"}"""),
        (new SignUpExpired(), "{}"),
        (new SignUpSuperseded(A), $$"""{"by":"{{Id}}"}"""),
        (new TicketMade(A, Nine), $$"""{"user":"{{Id}}","endsAt":{{At}}}"""),
        (new TicketUsed(A), $$"""{"signIn":"{{Id}}"}"""),
        (new TicketRefused(TicketState.Expired), """{"because":"Expired"}"""),
        (new TicketRevoked(), "{}"),
        (new SettingsStaged(Policy, "key_0a"), $$"""{"settings":{{PolicyBody}},"by":"key_0a"}"""),
        (new SettingsDiscarded("key_0a"), """{"by":"key_0a"}"""),
        (new SettingsApplied(3, Policy, "key_0a", "Because.", 1), $$"""{"version":3,"settings":{{PolicyBody}},"by":"key_0a","reason":"Because.","restoredFrom":1}"""),
        (new Limited("too_many_requests", Nine, Hidden, 7), $$"""{"reason":"too_many_requests","minute":{{At}},"block":{{Box}},"requests":7}"""),
        (new LimitedElsewhere(Nine, 3, 7), $$"""{"minute":{{At}},"blocks":3,"requests":7}"""),
        (new HistoryRead("aud_0000000a", Material.SignIn, A, null), $$"""{"what":"SignIn","of":"{{Id}}","sought":null,"by":"aud_0000000a"}"""),
        (new HistoryRead("aud_0000000a", Material.Events, null, new Sought { Types = "user.*", Stream = A, User = B, Actor = "key_0000000a", Client = A, Trace = "0f", Factor = Strategy.Totp, Outcome = EventOutcome.Refused, Since = Nine, Until = Nine, ByAddress = true, ByIdentifier = true }),
            $$"""{"what":"Events","of":null,"sought":{"types":"user.*","stream":"{{Id}}","user":"{{Other}}","actor":"key_0000000a","client":"{{Id}}","trace":"0f","factor":"Totp","outcome":"Refused","since":{{At}},"until":{{At}},"byAddress":true,"byIdentifier":true},"by":"aud_0000000a"}"""),
        (new ValuesRevealed("aud_0000000a", Material.Replay, A, null, "Asked by the court."), $$"""{"what":"Replay","of":"{{Id}}","sought":null,"reason":"Asked by the court.","by":"aud_0000000a"}"""),
        (new HistoryFollowed("aud_0000000a", 7, null), """{"after":7,"sought":null,"by":"aud_0000000a"}"""),
        (new HistoryExported("aud_0000000a", ExportForm.CloudEvents, 7, 9, null, "Because."), """{"form":"CloudEvents","after":7,"upTo":9,"sought":null,"reason":"Because.","by":"aud_0000000a"}"""),
        (new ExportFinished("aud_0000000a", 2, 8, 9, "0f"), """{"events":2,"first":8,"last":9,"sha256":"0f","by":"aud_0000000a"}"""),
        (new HistoryVerified("aud_0000000a", A, 12, 40, 1, 7, 0), $$"""{"of":"{{Id}}","events":12,"upTo":40,"findings":1,"first":7,"notChecked":0,"by":"aud_0000000a"}"""),
    ];

    private static readonly Marten.ISerializer Store = Stored();

    [Fact]
    public void are_what_they_were() => Examples.Select(example => Store.ToJson(example.Event)).ShouldBe(Examples.Select(example => example.Body));

    [Fact]
    public void are_read_back_as_they_were_told() =>
        Examples.Select(example => Store.FromJson(example.Event.GetType(), new MemoryStream(Encoding.UTF8.GetBytes(example.Body)))).ShouldBe(Examples.Select(example => example.Event));

    [Fact]
    public void every_event_has_an_example() => Examples.Select(example => example.Event.GetType()).Distinct().ShouldBe(Events.Types, ignoreOrder: true);

    [Fact]
    public void a_body_that_does_not_say_demands_the_second_factor_R04() =>
        Store.FromJson<FirstFactorVerified>(new MemoryStream("{}"u8.ToArray())).Demand.ShouldBe(Demand.SecondFactor);

    /// <summary>Bodies from before there were passkeys say nothing of them, and nothing more is believed of them (R43).</summary>
    [Fact]
    public void a_body_from_before_passkeys_reads_as_it_did() => Store.FromJson<FirstFactorVerified>(new MemoryStream(Encoding.UTF8.GetBytes(
        $$"""{"authenticator":{{Word}},"demand":"Nothing","epoch":3,"secondFactorBy":null}"""))).ShouldBe(new(Authenticator.Password, Demand.Nothing, 3, null));

    /// <summary>What was told before a setting was there reads as shipped.</summary>
    [Fact]
    public void settings_that_do_not_say_are_as_shipped() =>
        Store.FromJson<SettingsStaged>(new MemoryStream("""{"settings":{"twoStep":{"policy":"Off"}},"by":"key_0a"}"""u8.ToArray()))
            .ShouldBe(new(Settings.Shipped with { TwoStep = new() { Policy = TwoStepPolicy.Off } }, "key_0a"));

    /// <summary>A factor lost between writing and reading would be a factor that nobody asks for.</summary>
    [Fact]
    public void the_snapshot_of_a_person_is_read_back_whole_R04()
    {
        var read = Store.FromJson<User>(new MemoryStream(Encoding.UTF8.GetBytes(Store.ToJson(Given.People.AnnWithTwoPhones))));
        Store.ToJson(read).ShouldBe(Store.ToJson(Given.People.AnnWithTwoPhones));
        read.SecondFactors().Select(number => number.Id).ShouldBe([Given.People.AnnsPhone, Given.People.AnnsOtherPhone]);
    }

    [Fact]
    public void an_end_told_before_it_named_its_person_is_still_read() =>
        Store.FromJson<Ended>(new MemoryStream(Encoding.UTF8.GetBytes("""{"reason":"Replaced"}"""))).ShouldBe(new Ended(EndReason.Replaced));

    [Fact]
    public void a_password_told_before_it_said_what_carried_its_code_is_still_read() =>
        Store.FromJson<PasswordSet>(new MemoryStream("{}"u8.ToArray())).ShouldBe(new PasswordSet());

    [Fact]
    public void every_word_in_them_is_pinned() =>
        Events.Types.SelectMany(Members).Select(member => Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType).Where(type => type.IsEnum).Distinct().Select(type => $"{type.Name}: {string.Join(' ', Enum.GetNames(type).Order())}").ShouldBe(
        [
            "Channel: Mail None Text", "Demand: Nothing SecondFactor", "Purpose: NewAuthenticatorApp NewIdentifier NewPasskey StepUp", "IdentifierKind: EmailAddress Passkey PhoneNumber",
            "EndReason: FactorsChanged PasswordChanged RefreshReused Removed Replaced Revoked RevokedByUser SignedOut UserBanned UserErased",
            "RefusalReason: Banned Budget Closed CodeExpired Country CountryLimit Disabled Locked Prefix SendLimit Waiting", "SmsFraudRule: Enforce RecordOnly", "SignUpRule: Closed Open",
            "Strategy: BackupCode EmailCode Passkey Password PhoneCode ResetPasswordEmailCode ResetPasswordPhoneCode Ticket Totp",
            "SessionTask: SetupMfa", "TicketState: Expired Pending Revoked Used", "TwoStepPolicy: Off Optional Required", "Vouching: Code Operator",
            "EventOutcome: Failure Refused Success", "ExportForm: CloudEvents Csv Ndjson Ocsf", "Material: Events Replay Report SignIn SignIns WhatIf",
        ], ignoreOrder: true);

    /// <summary>A personal value is only ever inside <see cref="Sealed"/>, a secret nowhere: whoever adds a text says here what it is.</summary>
    [Fact]
    public void hold_no_text_but_these() =>
        Events.Types.SelectMany(Members).Where(member => member.PropertyType == typeof(string) || member.PropertyType == typeof(Choice<string>)).Select(member => $"{member.DeclaringType!.Name}.{member.Name}").Distinct().ShouldBe(
        [
            "FirstFactorPrepared.Country", "FirstFactorRefused.Country", "SecondFactorPrepared.Country", "SecondFactorRefused.Country", "VerificationPrepared.Country", "SignUpCodePrepared.Country", "SignUpCodeRefused.Country", "VerificationRefused.Country",
            "NoticeTexted.Country", "NoticeTexted.About", "NoticeKept.Country", "NoticeKept.About",
            "Limited.Reason",
            "OneTimeCode.Nonce",
            "PasskeyChallenge.Nonce",
            "FirstFactorRejected.Flaw",
            "SecondFactorRejected.Flaw",
            "VerificationRejected.Flaw",
            "RecoveryStarted.By", "RecoveryCancelled.By", "DeviceTrustRevoked.By", "SessionsRevoked.By",
            "SettingsStaged.By", "SettingsDiscarded.By", "SettingsApplied.By", "SettingsApplied.Reason",
            "Settings.SmsCountries", "Settings.AllowedOrigins", "Settings.RedirectUrls", "Branding.Name", "Branding.LogoUrl", "Branding.PrimaryColor", "Branding.BackgroundColor",
            "AuditEvent.By", "Sought.Types", "Sought.Actor", "Sought.Trace", "ValuesRevealed.Reason", "HistoryExported.Reason", "ExportFinished.Sha256",
            "TextHandedOver.ProviderId",
            "TextUndeliverable.Status",
            "TextUndeliverable.ProviderCode",
        ], ignoreOrder: true);

    [Fact]
    public void hold_nothing_a_person_could_be_known_by_outside_of_a_seal() =>
        Events.Types.SelectMany(Members)
            .Where(member => Telltale.Any(word => member.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Where(member => Kept(member) is not ("Guid" or "Sealed" or "OneTimeCode" or "Authenticator" or "Int32" or "Boolean" or "TimeSpan") && member.Name != nameof(TextUndeliverable.ProviderCode))
            .Where(member => member.DeclaringType != typeof(Branding) && member.PropertyType != typeof(PasswordRules) && member.PropertyType != typeof(TrustedDevices))
            .Select(member => $"{member.DeclaringType!.Name}.{member.Name}")
            .ShouldBeEmpty();

    private static readonly string[] Telltale = ["identifier", "number", "address", "name", "email", "phone", "code", "password", "secret", "seed", "hash", "token", "agent", "place", "device"];

    private static string Kept(PropertyInfo member) => (Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType).Name;

    /// <summary>Every member of an event and of the values inside it, but not of what is sealed.</summary>
    private static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(member =>
            (Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) is { IsEnum: false } inner && inner.Assembly == typeof(Sealed).Assembly && inner != typeof(Sealed)
                ? [member, .. Members(inner)]
                : new[] { member });

    private static Marten.ISerializer Stored()
    {
        var options = new StoreOptions();
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        return options.Serializer();
    }
}
