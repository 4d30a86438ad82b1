using System.Diagnostics;
using System.Globalization;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Users;

namespace Auth.Specs.Given;

/// <summary>One given/when/then over a sign-up. All of its past happened at nine o'clock.</summary>
[StackTraceHidden]
public sealed class SignUpStory(SignUpEvent[] past)
{
    private Circumstances _now = Circumstances.At(People.NineOClock, null);
    private SignUpCommand? _command;

    public SignUpStory Standing(Standing standing) => With(_now with { Standing = standing });

    public SignUpStory Sent(Sendings sent) => With(_now with { Sent = sent });

    public SignUpStory Under(Auth.Domain.Instances.Settings settings) => With(_now with { Settings = settings });

    public SignUpStory When(SignUpCommand command, DateTimeOffset? at = null)
    {
        _command = command;
        return With(_now with { Now = at ?? _now.Now });
    }

    public void Then(params SignUpEvent[] events) => Expect(new(events, null));

    public void ThenNothing() => Expect(new([], null));

    public void ThenRefused(Refusal refusal, params SignUpEvent[] leaving) => Expect(new(leaving, refusal));

    public void ThenRefusedUntil(DateTimeOffset until, Refusal refusal, params SignUpEvent[] leaving) => Expect(new(leaving, refusal, until));

    public void ThenRefusedAbout(IdentifierKind kind, Refusal refusal, params SignUpEvent[] leaving) => Expect(new(leaving, refusal, About: kind));

    /// <summary>It is not a no, it is a bug of whoever asked.</summary>
    public void ThenItIsABug() => Should.Throw<InvalidOperationException>(() => Decided());

    /// <summary>Whether the guess may be compared.</summary>
    public bool IsCompared => SignUpDecider.MayGuess((AttemptSignUpCode)Command, SignUp, _now);

    /// <summary>What happens, in one word: yes, the refusal's name, or a bug.</summary>
    public string Answer()
    {
        try { return Decided().Refusal?.ToString() ?? "yes"; } catch (InvalidOperationException) { return "bug"; }
    }

    private SignUpCommand Command => _command ?? throw new InvalidOperationException("This story has no When.");

    private SignUp SignUp => past.Aggregate(SignUp.Initial, (signUp, happened) => SignUp.Evolve(signUp, happened, People.NineOClock));

    private SignUpDecision Decided() => SignUpDecider.Decide(Command, SignUp, _now);

    private SignUpStory With(Circumstances now)
    {
        _now = now;
        return this;
    }

    private void Expect(SignUpDecision expected)
    {
        var actual = Decided();
        if ((actual.Refusal, actual.Until, actual.About) == (expected.Refusal, expected.Until, expected.About) && actual.Events.SequenceEqual(expected.Events)) return;

        throw new ShouldAssertException(string.Create(CultureInfo.InvariantCulture, $"""

            Given     {past.Lines()}
            When      {Command}  at {_now.Now:HH:mm:ss}
            Expected  {Outcome(expected).Lines()}
            But got   {Outcome(actual).Lines()}

            """));
    }

    private static IEnumerable<object> Outcome(SignUpDecision decision) => decision.Refusal is { } refusal
        ? [string.Create(CultureInfo.InvariantCulture, $"refused: {refusal} {decision.About} {decision.Until:HH:mm:ss}"), .. decision.Events]
        : decision.Events;
}

/// <summary>Named events and commands that specs about sign-ups speak in: it is nine o'clock, and about Cleo, who has no account yet.</summary>
public abstract class SignUpSpec
{
    protected static readonly Guid CleosClient = People.Id(0xD1), Cleo = People.Id(0xD0), CleosAddress = People.Id(0xD2), CleosPhone = People.Id(0xD3), CodeKey = People.Id(0xC2);
    protected static readonly Authenticator Mailbox = new(Strategy.EmailCode, CleosAddress), Phone = new(Strategy.PhoneCode, CleosPhone);

    protected static readonly SignUpBegun Begun = new(CleosClient, Cleo, People.NineOClock.AddHours(24));
    protected static readonly SignUpIdentifierGiven AddressGiven = new(IdentifierKind.EmailAddress, CleosAddress, People.Hidden);
    protected static readonly SignUpIdentifierGiven NumberGiven = new(IdentifierKind.PhoneNumber, CleosPhone, People.Hidden);
    protected static readonly SignUpPasswordChosen PasswordChosen = new();
    protected static readonly SignUpCodePrepared Mailed = new(Mailbox, People.Id(1), 1, new OneTimeCode(CodeKey, "0f1", 1, MinutesLater(5)), SecondsLater(30));
    protected static readonly SignUpCodePrepared Texted = Mailed with { Authenticator = Phone };
    protected static readonly SignUpCodeRejected Rejected = new(Mailbox);
    protected static readonly SignUpCodeAccepted AddressProved = new(Mailbox), NumberProved = new(Phone);
    protected static readonly SignUpCompleted Completed = new(People.Id(0x51), People.Id(0x5E));
    protected static readonly SignUpExpired Expired = new();
    protected static readonly SignUpSuperseded Superseded = new(People.Id(0x52));
    protected static readonly SignUpEvent[] CodeSent = [Begun, AddressGiven, PasswordChosen, Mailed];

    protected static DateTimeOffset SecondsLater(int seconds) => People.NineOClock.AddSeconds(seconds);

    protected static DateTimeOffset MinutesLater(double minutes) => People.NineOClock.AddMinutes(minutes);

    protected static SignUpStory Given(params SignUpEvent[] past) => new(past);

    protected static IEnumerable<SignUpEvent> Times(int times, SignUpEvent happened) => Enumerable.Repeat(happened, times);

    protected static BeginSignUp Begin(Particulars given) => new(CleosClient, Cleo, given);

    protected static Particulars Address => Particulars.Nothing with { EmailAddress = new NewIdentifier(CleosAddress, People.Hidden) };

    protected static Particulars Number => Particulars.Nothing with { PhoneNumber = new NewIdentifier(CleosPhone, People.Hidden) };

    protected static Particulars ChosenPassword => Particulars.Nothing with { WithPassword = true };

    protected static GiveMore Give(Particulars given, params Guid[] taken) => new(given, EndingUnless(taken));

    protected static PrepareSignUpCode Ask(Strategy? by = Strategy.EmailCode, int text = 1) => new(by, People.Id(text), $"0f{text}", CodeKey);

    protected static AttemptSignUpCode Offer(Verdict verdict, Strategy? by = Strategy.EmailCode, params Guid[] taken) => new(by, verdict, EndingUnless(taken));

    private static Ending EndingUnless(Guid[] taken) => new(Completed.SignIn, Completed.Session, taken.ToHashSet());
}
