using Auth.Domain.SignIns;
using Auth.Host.Audit.Telling;
using Auth.Projections;
using JasperFx.Events;

namespace Auth.Host.Audit.Recorded;

/// <summary>What one request or the sweep told of a sign-in: the facts of one commit, and where it stood before them.</summary>
public sealed record RecordedStep(SignIn Before, IReadOnlyList<IEvent> Events)
{
    /// <summary>The facts alone.</summary>
    public IReadOnlyList<SignInEvent> Facts => [.. Events.Select(e => (SignInEvent)e.Data)];

    /// <summary>The first of them.</summary>
    public IEvent First => Events[0];

    /// <summary>All steps of a sign-in, oldest first. What the provider said of a text, and that another sign-in took this one's place, nobody asked of this one.</summary>
    public static IReadOnlyList<RecordedStep> Of(IReadOnlyList<IEvent> signIn)
    {
        var (steps, state) = (new List<RecordedStep>(), SignIn.Initial);
        foreach (var e in signIn)
        {
            if (!IsAside(e.Data) && state is not SignIn.Ended)
            {
                if (steps is [.., var last] && last.Takes(e)) steps[^1] = last with { Events = [.. last.Events, e] };
                else steps.Add(new(state, [e]));
            }

            state = SignIn.Evolve(state, (SignInEvent)e.Data);
        }

        return steps;
    }

    /// <summary>The step that the nth event belongs to, or the last one; null where nobody asked for anything there.</summary>
    public static RecordedStep? At(IReadOnlyList<IEvent> signIn, int? version) => Of(signIn) is var steps && version is { } n
        ? steps.FirstOrDefault(step => step.Events.Any(e => e.Version == n))
        : steps is [.., var last] ? last : null;

    /// <summary>What nobody asked of this sign-in.</summary>
    internal static bool IsAside(object fact) => fact is TextHandedOver or TextDelivered or TextUndeliverable or Superseded;

    // A proof that is enough becomes a session in the same decision, and a create may bring a proof along; anything else is a step of its own.
    internal bool Takes(IEvent e) => e.Data is Converted or DeviceTrusted or SecondFactorSkipped || (Events is [{ Data: Identified } first] && first.IsOneCommitWith(e));
}
