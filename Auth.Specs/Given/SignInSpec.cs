using Auth.Domain;
using Auth.Domain.Instances;
using Auth.Domain.Passkeys;
using Auth.Domain.SignIns;
using Auth.Domain.Users;

namespace Auth.Specs.Given;

/// <summary>Named people, times and events that specs about sign-ins speak in. What a sentence leaves out is here: it is nine o'clock, and about Ann.</summary>
public abstract class SignInSpec
{
    protected static readonly Guid AnnsClient = People.Id(0xC1), CodeKey = People.Id(0xC2), Session = People.Id(0x5E), NewerSignIn = People.Id(0x51);
    protected static readonly Authenticator Password = Authenticator.Password;
    protected static readonly Authenticator AnnsPhone = new(Strategy.PhoneCode, People.AnnsPhone), AnnsOtherPhone = new(Strategy.PhoneCode, People.AnnsOtherPhone);

    protected static readonly Authenticator AnnsMailbox = new(Strategy.EmailCode, People.AnnsAddress), AnnsReset = new(Strategy.ResetPasswordEmailCode, People.AnnsAddress);
    protected static readonly Authenticator AnnsApp = new(Strategy.Totp, People.AnnsApp);

    protected static DateTimeOffset NineOClock => People.NineOClock;
    protected static DateTimeOffset SecondsLater(int seconds) => NineOClock.AddSeconds(seconds);
    protected static DateTimeOffset MinutesLater(double minutes) => NineOClock.AddMinutes(minutes);

    protected static User Ann => People.Ann;
    protected static User AnnWithTwoPhones => People.AnnWithTwoPhones;
    protected static User AnnWithEverything => People.AnnWithEverything;
    protected static User AnnLocked => Ann.And(new Locked(null));
    protected static User AnnBanned => Ann.And(new Banned());
    protected static User AnnWithHerPhoneReleased => Ann.And(new ReleasedFromSecondFactor(People.AnnsPhone));
    protected static User Bob => People.Bob;
    protected static User? Stranger => People.Stranger;

    protected static readonly Identified Identified = new(AnnsClient, People.AnnsId, IdentifierKind.EmailAddress, People.Hidden, MinutesLater(15));
    protected static readonly Identified BobIdentified = Identified with { User = People.BobsId };
    protected static readonly Identified StrangerIdentified = Identified with { User = null };
    protected static readonly FirstFactorVerified FirstFactorVerified = new(Password, Demand.SecondFactor, People.Ann.Epoch, MinutesLater(10));
    protected static readonly FirstFactorVerified BobsFirstFactorVerified = new(Password, Demand.Nothing, People.Bob.Epoch, null);
    protected static readonly FirstFactorRejected FirstFactorRejected = new(Password);
    protected static readonly FirstFactorPrepared FirstFactorPrepared =
        new(AnnsMailbox, Text(1), 1, new OneTimeCode(CodeKey, Nonce(1), 1, MinutesLater(5)), SecondsLater(30));
    protected static readonly FirstFactorVerified ResetVerified = FirstFactorVerified with { Authenticator = AnnsReset };
    protected static readonly PasswordReset PasswordReset = new(Demand.SecondFactor, People.Ann.Epoch + 1, MinutesLater(10));
    protected static readonly SecondFactorPrepared SecondFactorPrepared =
        new(AnnsPhone, Text(1), 1, new OneTimeCode(CodeKey, Nonce(1), 1, MinutesLater(5)), People.Ann.Epoch, SecondsLater(30));
    protected static readonly SecondFactorPrepared OtherPhonePrepared =
        new(AnnsOtherPhone, Text(7), 1, new OneTimeCode(CodeKey, Nonce(7), 1, MinutesLater(5)), People.Ann.Epoch, SecondsLater(30));
    protected static readonly SecondFactorRejected SecondFactorRejected = new(AnnsPhone);
    protected static readonly SecondFactorVerified SecondFactorVerified = new(AnnsPhone);
    protected static readonly Converted Converted = new(Session, NineOClock.AddHours(24));
    protected static readonly Expired Expired = new();
    protected static readonly Superseded Superseded = new(NewerSignIn);
    protected static readonly Invalidated Invalidated = new(People.Ann.Epoch + 1);

    /// <summary>The operator lets mailed codes stand in for what is enrolled.</summary>
    protected static readonly Settings WithMail = Settings.Shipped with { SecondFactors = [.. Settings.Shipped.SecondFactors, Strategy.EmailCode] };
    protected static readonly SecondFactorPrepared MailPrepared =
        new(AnnsMailbox, Text(1), 1, new OneTimeCode(CodeKey, Nonce(1), 1, MinutesLater(5)), People.Ann.Epoch, SecondsLater(30));

    protected static readonly PasskeyChallenge Challenge = new(CodeKey, Nonce(9), MinutesLater(5));
    protected static readonly Identified Unnamed = new(AnnsClient, null, IdentifierKind.Passkey, null, MinutesLater(15));
    protected static readonly FirstFactorChallenged FirstFactorChallenged = new(Challenge);
    protected static readonly SecondFactorChallenged SecondFactorChallenged = new(Challenge, People.Ann.Epoch);
    protected static readonly PasskeyAdded AnnsKeyAdded = new(People.AnnsKey, true, true, true, Guid.Empty, People.Hidden);
    protected static readonly PasskeyAdded BobsKeyAdded = AnnsKeyAdded with { Passkey = People.BobsKey };

    /// <summary>Everything up to the moment that the code is on its way.</summary>
    protected static readonly SignInEvent[] CodeSent = [Identified, FirstFactorVerified, SecondFactorPrepared];

    /// <summary>The same, with the code in her mailbox.</summary>
    protected static readonly SignInEvent[] MailSent = [Identified, FirstFactorVerified, MailPrepared];

    /// <summary>Ann's whole sign-in.</summary>
    protected static readonly SignInEvent[] Whole = [.. CodeSent, SecondFactorVerified, Converted];

    protected static Story Given(params SignInEvent[] past) => new(past);

    protected static IEnumerable<SignInEvent> Times(int times, SignInEvent happened) => Enumerable.Repeat(happened, times);

    protected static CreateSignIn Create(Strategy? offered = null, Verdict verdict = Verdict.NotChecked) =>
        new(AnnsClient, IdentifierKind.EmailAddress, People.Hidden, offered) { Verdict = verdict, Session = Session };

    protected static AttemptFirstFactor OfferPassword(Verdict verdict = Verdict.NotChecked) => new(Strategy.Password) { Verdict = verdict, Session = Session };

    /// <summary>Ann asks for a code to the address she typed.</summary>
    protected static PrepareFirstFactor AskForFirstCode(int text = 1, Strategy? by = Strategy.EmailCode, Guid? to = null) => new(by, to ?? People.AnnsAddress, Text(text), Nonce(text), CodeKey);

    /// <summary>A stranger does.</summary>
    protected static PrepareFirstFactor StrangerAsks(Strategy? by = Strategy.EmailCode) => new(by, null, Text(1), Nonce(1), CodeKey);

    protected static AttemptFirstFactor OfferFirstCode(Verdict verdict = Verdict.NotChecked, Strategy by = Strategy.EmailCode) => new(by) { Verdict = verdict, Session = Session };

    protected static ResetPassword ChooseNewPassword => new(Session);

    protected static PrepareSecondFactor AskForCode(int text = 1, Guid? on = null) => new(Strategy.PhoneCode, on, Text(text), Nonce(text), CodeKey);

    protected static PrepareSecondFactor AskForMail(int text = 1, Guid? to = null) => AskForCode(text, to) with { Strategy = Strategy.EmailCode };

    protected static AttemptSecondFactor OfferMailed(Verdict verdict = Verdict.NotChecked) => OfferCode(verdict, Strategy.EmailCode);

    protected static AttemptSecondFactor OfferCode(Verdict verdict = Verdict.NotChecked, Strategy by = Strategy.PhoneCode) => new(by) { Verdict = verdict, Session = Session };

    protected static Guid Text(int number) => People.Id(0x7E00 + number);

    protected static string Nonce(int number) => $"nonce {number}";
}
