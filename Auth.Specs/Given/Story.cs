using System.Diagnostics;
using System.Globalization;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;

namespace Auth.Specs.Given;

/// <summary>One given/when/then over a sign-in. It is a sentence to read, and on failure it tells the sentence back.</summary>
[StackTraceHidden]
public sealed class Story(SignInEvent[] past)
{
    private Circumstances _now = Circumstances.At(People.NineOClock, People.Ann);
    private SignInCommand? _command;

    public Story About(User? user) => With(_now with { User = user });

    public Story Standing(Standing standing) => With(_now with { Standing = standing });

    public Story Sent(Sendings sent) => With(_now with { Sent = sent });

    public Story Under(Auth.Domain.Instances.Settings settings) => With(_now with { Settings = settings });

    /// <summary>The caller's device is trusted.</summary>
    public Story On(DeviceTrust trust) => With(_now with { Trust = trust });

    public Story When(SignInCommand command, DateTimeOffset? at = null)
    {
        _command = command;
        return With(_now with { Now = at ?? _now.Now });
    }

    public void Then(params SignInEvent[] events) => Expect(Decision.Accept(events));

    public void ThenNothing() => Expect(Decision.Accept());

    public void ThenRefused(Refusal refusal, params SignInEvent[] leaving) => Expect(Decision.Refuse(refusal, leaving));

    public void ThenRefusedUntil(DateTimeOffset until, Refusal refusal, params SignInEvent[] leaving) => Expect(Decision.RefuseUntil(until, refusal, leaving));

    /// <summary>It is not a no, it is a bug of whoever asked.</summary>
    public void ThenItIsABug() => Should.Throw<InvalidOperationException>(() => Decided());

    /// <summary>Whether the guess may be compared at all.</summary>
    public void ThenNothingIsCompared() => SignInDecider.MayGuess((Guess)Command, SignIn, _now).ShouldBeFalse();

    /// <summary>The guess may be compared.</summary>
    public void ThenItIsCompared() => SignInDecider.MayGuess((Guess)Command, SignIn, _now).ShouldBeTrue();

    /// <summary>What happens, in one word: yes, or the refusal's name.</summary>
    public string Answer() => Decided().Refusal?.ToString() ?? "yes";

    private SignInCommand Command => _command ?? throw new InvalidOperationException("This story has no When.");

    private SignIn SignIn => past.Aggregate(SignIn.Initial, SignIn.Evolve);

    private Decision Decided() => SignInDecider.Decide(Command, SignIn, _now);

    private Story With(Circumstances now)
    {
        _now = now;
        return this;
    }

    private void Expect(Decision expected)
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

    private static IEnumerable<object> Outcome(Decision decision) => decision.Refusal is { } refusal
        ? [string.Create(CultureInfo.InvariantCulture, $"refused: {refusal}{(decision.Until is { } until ? $" until {until:HH:mm:ss}" : "")}"), .. decision.Events]
        : decision.Events;
}
