using System.Reflection;
using System.Text;
using Auth.Domain;
using Auth.Domain.Limits;
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
    private static readonly Authenticator Phone = new(Strategy.PhoneCode, A);

    private const string Box = $$"""{"key":"{{Other}}","box":"Ym94"}""";
    private const string Number = $$"""{"strategy":"PhoneCode","id":"{{Id}}"}""";
    private const string Word = """{"strategy":"Password","id":null}""";
    private const string At = "\"2026-01-05T09:00:00+00:00\"";

    private static readonly (object Event, string Body)[] Examples =
    [
        (new Identified(A, B, IdentifierKind.EmailAddress, Hidden, Nine), $$"""{"client":"{{Id}}","user":"{{Other}}","kind":"EmailAddress","identifier":{{Box}},"endsAt":{{At}}}"""),
        (new Identified(A, null, IdentifierKind.PhoneNumber, Hidden, Nine), $$"""{"client":"{{Id}}","user":null,"kind":"PhoneNumber","identifier":{{Box}},"endsAt":{{At}}}"""),
        (new FirstFactorVerified(Authenticator.Password, Demand.SecondFactor, 3, Nine), $$"""{"authenticator":{{Word}},"demand":"SecondFactor","epoch":3,"secondFactorBy":{{At}}}"""),
        (new FirstFactorVerified(Authenticator.Password, Demand.Nothing, 3, null), $$"""{"authenticator":{{Word}},"demand":"Nothing","epoch":3,"secondFactorBy":null}"""),
        (new FirstFactorRejected(Authenticator.Password), $$"""{"authenticator":{{Word}}}"""),
        (new FirstFactorRefused(Authenticator.Password, RefusalReason.Waiting, Nine), $$"""{"authenticator":{{Word}},"reason":"Waiting","until":{{At}}}"""),
        (new FirstFactorRefused(Authenticator.Password, RefusalReason.Locked, null), $$"""{"authenticator":{{Word}},"reason":"Locked","until":null}"""),
        (new SecondFactorPrepared(Phone, B, 2, new OneTimeCode(B, "0f", 1, Nine), 3, Nine),
            $$"""{"authenticator":{{Number}},"text":"{{Other}}","textNumber":2,"code":{"key":"{{Other}}","nonce":"0f","issue":1,"expiresAt":{{At}}},"epoch":3,"resendFrom":{{At}}}"""),
        (new FirstFactorPrepared(new(Strategy.EmailCode, A), B, 2, new OneTimeCode(B, "0f", 1, Nine), Nine),
            $$"""{"authenticator":{"strategy":"EmailCode","id":"{{Id}}"},"text":"{{Other}}","textNumber":2,"code":{"key":"{{Other}}","nonce":"0f","issue":1,"expiresAt":{{At}}},"resendFrom":{{At}}}"""),
        (new PasswordReset(Demand.SecondFactor, 4, Nine), $$"""{"demand":"SecondFactor","epoch":4,"secondFactorBy":{{At}}}"""),
        (new SecondFactorRejected(Phone), $$"""{"authenticator":{{Number}}}"""),
        (new SecondFactorRefused(Phone, RefusalReason.Closed, null), $$"""{"authenticator":{{Number}},"reason":"Closed","until":null}"""),
        (new SecondFactorRefused(Phone, RefusalReason.SendLimit, Nine), $$"""{"authenticator":{{Number}},"reason":"SendLimit","until":{{At}}}"""),
        (new SecondFactorRefused(Phone, RefusalReason.CodeExpired, null), $$"""{"authenticator":{{Number}},"reason":"CodeExpired","until":null}"""),
        (new TextHandedOver(B, "01JH"), $$"""{"text":"{{Other}}","providerId":"01JH"}"""),
        (new TextDelivered(B, Nine), $$"""{"text":"{{Other}}","at":{{At}}}"""),
        (new TextUndeliverable(B, "Aborted", "404"), $$"""{"text":"{{Other}}","status":"Aborted","providerCode":"404"}"""),
        (new SecondFactorVerified(Phone), $$"""{"authenticator":{{Number}}}"""),
        (new Converted(A, Nine), $$"""{"session":"{{Id}}","sessionExpiresAt":{{At}}}"""),
        (new Expired(), "{}"),
        (new Superseded(A), $$"""{"by":"{{Id}}"}"""),
        (new Invalidated(4), """{"epoch":4}"""),
        (new UserCreated(Hidden, null), $$"""{"firstName":{{Box}},"lastName":null}"""),
        (new PasswordSet(), "{}"),
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
        (new Locked(Nine), $$"""{"until":{{At}}}"""),
        (new Unlocked(), "{}"),
        (new Ended(EndReason.SignedOut), """{"reason":"SignedOut"}"""),
        (new Ended(EndReason.Removed), """{"reason":"Removed"}"""),
        (new Ended(EndReason.Replaced), """{"reason":"Replaced"}"""),
        (new Ended(EndReason.Revoked), """{"reason":"Revoked"}"""),
        (new Ended(EndReason.FactorsChanged), """{"reason":"FactorsChanged"}"""),
        (new SteppedUp(B, Authenticator.Password, Phone), $$"""{"verification":"{{Other}}","first":{{Word}},"second":{{Number}}}"""),
        (new VerificationBegun(Purpose.NewIdentifier, A, B, Nine, true), $$"""{"purpose":"NewIdentifier","user":"{{Id}}","session":"{{Other}}","endsAt":{{At}},"thenReserve":true}"""),
        (new VerificationBegun(Purpose.StepUp, A, null, null), $$"""{"purpose":"StepUp","user":"{{Id}}","session":null,"endsAt":null,"thenReserve":false}"""),
        (new VerificationPrepared(Phone, B, 2, new OneTimeCode(B, "0f", 1, Nine), Nine, A),
            $$"""{"authenticator":{{Number}},"text":"{{Other}}","textNumber":2,"code":{"key":"{{Other}}","nonce":"0f","issue":1,"expiresAt":{{At}}},"resendFrom":{{At}},"session":"{{Id}}"}"""),
        (new VerificationRejected(Phone), $$"""{"authenticator":{{Number}}}"""),
        (new VerificationRefused(Phone, RefusalReason.Closed, null), $$"""{"authenticator":{{Number}},"reason":"Closed","until":null}"""),
        (new VerificationAccepted(Phone), $$"""{"authenticator":{{Number}}}"""),
        (new SignUpBegun(A, B, Nine), $$"""{"client":"{{Id}}","user":"{{Other}}","endsAt":{{At}}}"""),
        (new SignUpIdentifierGiven(IdentifierKind.EmailAddress, A, Hidden), $$"""{"kind":"EmailAddress","identifier":"{{Id}}","value":{{Box}}}"""),
        (new SignUpNameGiven(Hidden, null), $$"""{"firstName":{{Box}},"lastName":null}"""),
        (new SignUpPasswordChosen(), "{}"),
        (new SignUpCodePrepared(Phone, B, 2, new OneTimeCode(B, "0f", 1, Nine), Nine),
            $$"""{"authenticator":{{Number}},"text":"{{Other}}","textNumber":2,"code":{"key":"{{Other}}","nonce":"0f","issue":1,"expiresAt":{{At}}},"resendFrom":{{At}}}"""),
        (new SignUpCodeRejected(Phone), $$"""{"authenticator":{{Number}}}"""),
        (new SignUpCodeRefused(Phone, RefusalReason.SendLimit, Nine), $$"""{"authenticator":{{Number}},"reason":"SendLimit","until":{{At}}}"""),
        (new SignUpCodeAccepted(Phone), $$"""{"authenticator":{{Number}}}"""),
        (new SignUpIdentifierTaken(IdentifierKind.PhoneNumber, A), $$"""{"kind":"PhoneNumber","identifier":"{{Id}}"}"""),
        (new SignUpCompleted(A, B), $$"""{"signIn":"{{Id}}","session":"{{Other}}"}"""),
        (new SignUpExpired(), "{}"),
        (new SignUpSuperseded(A), $$"""{"by":"{{Id}}"}"""),
        (new TicketMade(A, Nine), $$"""{"user":"{{Id}}","endsAt":{{At}}}"""),
        (new TicketUsed(A), $$"""{"signIn":"{{Id}}"}"""),
        (new TicketRefused(TicketState.Expired), """{"because":"Expired"}"""),
        (new TicketRevoked(), "{}"),
        (new Limited("too_many_requests", Nine, Hidden, 7), $$"""{"reason":"too_many_requests","minute":{{At}},"block":{{Box}},"requests":7}"""),
        (new LimitedElsewhere(Nine, 3, 7), $$"""{"minute":{{At}},"blocks":3,"requests":7}"""),
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

    /// <summary>A factor lost between writing and reading would be a factor that nobody asks for.</summary>
    [Fact]
    public void the_snapshot_of_a_person_is_read_back_whole_R04()
    {
        var read = Store.FromJson<User>(new MemoryStream(Encoding.UTF8.GetBytes(Store.ToJson(Given.People.AnnWithTwoPhones))));
        Store.ToJson(read).ShouldBe(Store.ToJson(Given.People.AnnWithTwoPhones));
        read.SecondFactors().Select(number => number.Id).ShouldBe([Given.People.AnnsPhone, Given.People.AnnsOtherPhone]);
    }

    [Fact]
    public void every_word_in_them_is_pinned() =>
        Events.Types.SelectMany(Members).Select(member => member.PropertyType).Where(type => type.IsEnum).Distinct().Select(type => $"{type.Name}: {string.Join(' ', Enum.GetNames(type).Order())}").ShouldBe(
        [
            "Demand: Nothing SecondFactor", "Purpose: NewAuthenticatorApp NewIdentifier StepUp", "EndReason: FactorsChanged Removed Replaced Revoked SignedOut", "IdentifierKind: EmailAddress PhoneNumber",
            "RefusalReason: Closed CodeExpired Locked SendLimit Waiting", "Strategy: BackupCode EmailCode Password PhoneCode ResetPasswordEmailCode ResetPasswordPhoneCode Ticket Totp", "TicketState: Expired Pending Revoked Used", "Vouching: Code Operator",
        ], ignoreOrder: true);

    /// <summary>A personal value is only ever inside <see cref="Sealed"/>, a secret nowhere: whoever adds a text says here what it is.</summary>
    [Fact]
    public void hold_no_text_but_these() =>
        Events.Types.SelectMany(Members).Where(member => member.PropertyType == typeof(string)).Select(member => $"{member.DeclaringType!.Name}.{member.Name}").Distinct().ShouldBe(
        [
            "Limited.Reason",
            "OneTimeCode.Nonce",
            "TextHandedOver.ProviderId",
            "TextUndeliverable.Status",
            "TextUndeliverable.ProviderCode",
        ], ignoreOrder: true);

    [Fact]
    public void hold_nothing_a_person_could_be_known_by_outside_of_a_seal() =>
        Events.Types.SelectMany(Members)
            .Where(member => Telltale.Any(word => member.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Where(member => Kept(member) is not ("Guid" or "Sealed" or "OneTimeCode" or "Authenticator" or "Int32") && member.Name != nameof(TextUndeliverable.ProviderCode))
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
