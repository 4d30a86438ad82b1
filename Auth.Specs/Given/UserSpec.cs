using System.Diagnostics;
using Auth.Domain.Users;

namespace Auth.Specs.Given;

/// <summary>What specs about accounts speak in.</summary>
public abstract class UserSpec
{
    protected static readonly DateTimeOffset NineOClock = People.NineOClock;

    protected static UserStory Given(User? user) => new(user);

    protected static User Fold(params UserEvent[] happened) => People.Told(People.Id(0xF0), happened);
}

/// <summary>One given/when/then over an account.</summary>
[StackTraceHidden]
public sealed class UserStory(User? user)
{
    private UserCommand? _command;
    private bool _required;

    /// <summary>The instance demands a second factor.</summary>
    public UserStory SecondFactorRequired()
    {
        _required = true;
        return this;
    }

    public UserStory When(UserCommand command)
    {
        _command = command;
        return this;
    }

    public void Then(params UserEvent[] events) => Expect(null, events);

    public void ThenNothing() => Expect(null);

    public void ThenRefused(UserRefusal refusal) => Expect(refusal);

    public void ThenItIsABug() => Should.Throw<InvalidOperationException>(() => UserDecider.Decide(_command!, user));

    private void Expect(UserRefusal? refusal, params UserEvent[] events)
    {
        var actual = UserDecider.Decide(_command ?? throw new InvalidOperationException("This story has no When."), user, _required);
        if (actual.Refusal == refusal && actual.Events.SequenceEqual(events)) return;

        throw new ShouldAssertException($"""

            Given     {user?.ToString() ?? "nobody"}
            When      {_command}
            Expected  {Outcome(refusal, events).Lines()}
            But got   {Outcome(actual.Refusal, actual.Events).Lines()}

            """);
    }

    private static IEnumerable<object> Outcome(UserRefusal? refusal, IEnumerable<UserEvent> events) => refusal is { } no ? [$"refused: {no}", .. events] : events;
}
