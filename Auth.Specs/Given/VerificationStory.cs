using System.Diagnostics;
using System.Globalization;
using Auth.Domain.SignIns;
using Auth.Domain.Verifications;

namespace Auth.Specs.Given;

/// <summary>What specs about verifications speak in: Ann is signed in, it is nine o'clock, and she adds a number or steps up.</summary>
public abstract class VerificationSpec
{
    protected static readonly Guid Here = People.Id(0x5E), Elsewhere = People.Id(0x5F), CodeKey = People.Id(0xC2);
    protected static readonly Authenticator Password = Authenticator.Password, AnnsPhone = new(Strategy.PhoneCode, People.AnnsPhone), NewPhone = new(Strategy.PhoneCode, People.AnnsUnverifiedPhone);
    protected static readonly Authenticator AnnsMailbox = new(Strategy.EmailCode, People.AnnsAddress), AnnsApp = new(Strategy.Totp, People.AnnsApp);

    protected static DateTimeOffset NineOClock => People.NineOClock;
    protected static DateTimeOffset SecondsLater(int seconds) => NineOClock.AddSeconds(seconds);
    protected static DateTimeOffset MinutesLater(double minutes) => NineOClock.AddMinutes(minutes);

    protected static readonly VerificationBegun Begun = new(Purpose.NewIdentifier, People.AnnsId, null, null);
    protected static readonly VerificationBegun StepUpBegun = new(Purpose.StepUp, People.AnnsId, Here, MinutesLater(10));
    protected static readonly VerificationPrepared Prepared = new(NewPhone, Text(1), 1, new OneTimeCode(CodeKey, Nonce(1), 1, MinutesLater(5)), SecondsLater(30), Here) { Epoch = People.Ann.Epoch };
    protected static readonly VerificationRejected Rejected = new(NewPhone);
    protected static readonly VerificationAccepted Accepted = new(NewPhone);

    protected static VerificationStory Given(params VerificationEvent[] past) => new(past);

    protected static IEnumerable<VerificationEvent> Times(int times, VerificationEvent happened) => Enumerable.Repeat(happened, times);

    protected static BeginVerification Begin => new(Purpose.NewIdentifier, People.AnnsId, null, null);

    protected static PrepareVerification AskForCode(int text = 1, Authenticator? to = null, Guid? from = null) => new(to ?? NewPhone, from ?? Here, Text(text), Nonce(text), CodeKey);

    protected static AttemptVerification Offer(Verdict verdict = Verdict.NotChecked, Authenticator? by = null, Guid? from = null) => new(by ?? NewPhone, from ?? Here, verdict);

    protected static Guid Text(int number) => People.Id(0x7E00 + number);

    protected static string Nonce(int number) => $"nonce {number}";
}

/// <summary>One given/when/then over a verification.</summary>
[StackTraceHidden]
public sealed class VerificationStory(VerificationEvent[] past)
{
    private Circumstances _now = Circumstances.At(People.NineOClock, People.Ann);
    private VerificationCommand? _command;

    public VerificationStory Standing(Standing standing) => With(_now with { Standing = standing });

    public VerificationStory Sent(Sendings sent) => With(_now with { Sent = sent });

    public VerificationStory When(VerificationCommand command, DateTimeOffset? at = null)
    {
        _command = command;
        return With(_now with { Now = at ?? _now.Now });
    }

    public void Then(params VerificationEvent[] events) => Expect(new(events, null));

    public void ThenNothing() => Expect(new([], null));

    public void ThenRefused(Refusal refusal, params VerificationEvent[] leaving) => Expect(new(leaving, refusal));

    public void ThenRefusedUntil(DateTimeOffset until, Refusal refusal, params VerificationEvent[] leaving) => Expect(new(leaving, refusal, until));

    /// <summary>It is not a no, it is a bug of whoever asked.</summary>
    public void ThenItIsABug() => Should.Throw<InvalidOperationException>(() => Decided());

    /// <summary>Whether the guess may be compared at all.</summary>
    public bool Compares() => Command is AttemptVerification guess && VerificationDecider.MayGuess(guess.Authenticator, guess.Session, Verification, _now);

    /// <summary>What happens, in one word: yes, or the refusal's name, or that it is a bug.</summary>
    public string Answer()
    {
        try
        {
            return Decided().Refusal?.ToString() ?? "yes";
        }
        catch (InvalidOperationException)
        {
            return "bug";
        }
    }

    private VerificationCommand Command => _command ?? throw new InvalidOperationException("This story has no When.");

    private Verification Verification => past.Aggregate(Verification.Initial, Verification.Evolve);

    private VerificationDecision Decided() => VerificationDecider.Decide(Command, Verification, _now);

    private VerificationStory With(Circumstances now)
    {
        _now = now;
        return this;
    }

    private void Expect(VerificationDecision expected)
    {
        var actual = Decided();
        if (actual.Refusal == expected.Refusal && actual.Until == expected.Until && actual.Events.SequenceEqual(expected.Events)) return;

        throw new ShouldAssertException(string.Create(CultureInfo.InvariantCulture, $"""

            Given     {past.Lines()}
            When      {Command}  at {_now.Now:HH:mm:ss}
            Expected  {Outcome(expected).Lines()}
            But got   {Outcome(actual).Lines()}

            """));
    }

    private static IEnumerable<object> Outcome(VerificationDecision decision) => decision.Refusal is { } refusal
        ? [string.Create(CultureInfo.InvariantCulture, $"refused: {refusal}{(decision.Until is { } until ? $" until {until:HH:mm:ss}" : "")}"), .. decision.Events]
        : decision.Events;
}
