using Auth.Domain.Instances;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.Instances;

/// <summary>Write down a change.</summary>
/// <param name="Change">The members of its body.</param>
public sealed record StageChangeStep(Caller Caller, string By, Fields Change);

/// <summary>Something else that an operator asks of the settings.</summary>
public sealed record SettingsStep(Caller Caller, SettingsCommand Command);

/// <summary>Changes to the settings: each bound to the version of their stream it was decided on.</summary>
public static class SettingsHandler
{
    /// <summary>Merges a change into what is written down already, or else into what is in force.</summary>
    public static Task<Instance> Handle(StageChangeStep step, IDocumentSession session, IKeyring keyring, TimeProvider clock, CancellationToken ct) =>
        Decide(step.Caller, now => new StageChange(Changed(now, step.Change), step.By), session, keyring, clock, ct);

    /// <summary>Throws away, applies, restores.</summary>
    public static Task<Instance> Handle(SettingsStep step, IDocumentSession session, IKeyring keyring, TimeProvider clock, CancellationToken ct) =>
        Decide(step.Caller, _ => step.Command, session, keyring, clock, ct);

    private static async Task<Instance> Decide(
        Caller caller, Func<Instance, SettingsCommand> ask, IDocumentSession session, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var stream = await session.Events.FetchForWriting<Instance>(Instance.TheOne, ct);
        var (before, now) = (stream.Aggregate ?? Instance.Initial, clock.GetUtcNow());

        var decision = SettingsDecider.Decide(ask(before), before);
        if (decision.Refusal is { } refusal) throw SettingsAnswers.Of(refusal, decision.Faults).Refuse();
        if (decision.Events.Count == 0) return before;

        session.Sign(caller, await keyring.OfStrangers(session.TenantId, DateOnly.FromDateTime(now.UtcDateTime), ct), new(InstanceSettings.TheOne, before.Number, before.InForce));
        stream.AppendMany(decision.Events);
        foreach (var applied in decision.Events.OfType<SettingsApplied>()) session.Store(new InstanceSettings(InstanceSettings.TheOne, applied.Version, applied.Settings));
        return decision.Events.Aggregate(before, (instance, happened) => Instance.Evolve(instance, happened, now));
    }

    private static Settings Changed(Instance now, Fields change)
    {
        List<ProblemAnswer> wrong = [];
        var merged = SettingsPatch.Merge(SettingsDrawing.Json(now.Draft), SettingsDrawing.Json(Settings.Shipped), change, wrong);
        var settings = SettingsParsing.Read(merged, wrong);
        return wrong.Count == 0 ? settings : throw ProblemAnswer.Together(wrong).Refuse();
    }
}
