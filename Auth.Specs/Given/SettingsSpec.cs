using System.Diagnostics;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;

namespace Auth.Specs.Given;

/// <summary>What specs about settings speak in.</summary>
public abstract class SettingsSpec
{
    protected const string Key = "key_0000000a", OtherKey = "key_0000000b";

    protected static readonly DateTimeOffset NineOClock = People.NineOClock;

    /// <summary>2-step verification for everybody, from now on.</summary>
    protected static readonly Settings Required = Settings.Shipped with { TwoStep = new() { Policy = TwoStepPolicy.Required } };

    /// <summary>Codes that live for four minutes.</summary>
    protected static readonly Settings Brief = Settings.Shipped with { Dials = Dials.Shipped with { CodeLife = TimeSpan.FromMinutes(4) } };

    /// <summary>Sessions of a week: allowed, if somebody says why.</summary>
    protected static readonly Settings AWeek = Settings.Shipped with { Dials = Dials.Shipped with { SessionLife = TimeSpan.FromDays(7) } };

    protected static SettingsStory Given(params InstanceEvent[] past) => new(past);

    protected static StageChange Stage(Settings settings) => new(settings, Key);

    protected static Apply Apply(long version, long? revision = null, string? reason = null) => new(version, revision, reason, OtherKey);

    protected static Restore Restore(long earlier, long version, string? reason = null) => new(earlier, version, reason, Key);

    protected static DiscardStaged Discard => new(OtherKey);

    protected static SettingsStaged Staged(Settings settings) => new(settings, Key);

    protected static SettingsApplied Applied(long number, Settings settings, string? reason = null) => new(number, settings, OtherKey, reason, null);

    protected static Instance Fold(params InstanceEvent[] happened) => happened.Aggregate(Instance.Initial, (instance, e) => Instance.Evolve(instance, e, NineOClock));
}

/// <summary>One given/when/then over the settings of an instance.</summary>
[StackTraceHidden]
public sealed class SettingsStory(InstanceEvent[] past)
{
    private SettingsCommand? _command;

    public SettingsStory When(SettingsCommand command)
    {
        _command = command;
        return this;
    }

    public void Then(params InstanceEvent[] events) => Expect(SettingsDecision.Accept(events));

    public void ThenNothing() => Expect(SettingsDecision.Accept());

    public void ThenRefused(SettingsRefusal refusal, params Fault[] faults) => Expect(SettingsDecision.Refuse(refusal, faults));

    private void Expect(SettingsDecision expected)
    {
        var instance = past.Aggregate(Instance.Initial, (instance, e) => Instance.Evolve(instance, e, People.NineOClock));
        var actual = SettingsDecider.Decide(_command ?? throw new InvalidOperationException("This story has no When."), instance);
        if (actual.Refusal == expected.Refusal && actual.Faults.SequenceEqual(expected.Faults) && actual.Events.SequenceEqual(expected.Events)) return;

        throw new ShouldAssertException($"""

            Given     {past.Lines()}
            When      {_command}
            Expected  {Outcome(expected).Lines()}
            But got   {Outcome(actual).Lines()}

            """);
    }

    private static IEnumerable<object> Outcome(SettingsDecision decision) =>
        decision.Refusal is { } no ? [$"refused: {no}", .. decision.Faults, .. decision.Events] : decision.Events;
}
