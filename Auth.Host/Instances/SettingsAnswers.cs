using Auth.Domain.Instances;
using Auth.Host.Http;

namespace Auth.Host.Instances;

/// <summary>The only place where a refusal about settings becomes a problem.</summary>
public static class SettingsAnswers
{
    /// <summary>What the operator is told.</summary>
    public static ProblemAnswer Of(SettingsRefusal refusal, IReadOnlyList<Fault> faults) => refusal switch
    {
        SettingsRefusal.VersionMismatch => Problems.SettingsChanged.Answer(),
        SettingsRefusal.NothingStaged   => Problems.NothingStaged.Answer(),
        SettingsRefusal.UnknownVersion  => Problems.NotFound.Answer(),
        SettingsRefusal.Faulty          => ProblemAnswer.Together([.. faults.Select(Of)]),
        _ => throw new InvalidOperationException($"{refusal} has no answer."),
    };

    private static ProblemAnswer Of(Fault fault) => fault.Kind switch
    {
        FaultKind.OutOfBounds   => Problems.SettingOutOfBounds.About(fault.Field).With("least", fault.Least).With("most", fault.Most),
        FaultKind.Contradictory => fault.With is { } other ? Problems.SettingsContradict.About(fault.Field).With("with", other) : Problems.SettingsContradict.About(fault.Field),
        FaultKind.ReasonNeeded  => Problems.SettingNeedsReason.About(fault.Field).With("least", fault.Least).With("most", fault.Most),
        FaultKind.NotOffered    => Problems.FieldUnknownValue.About(fault.Field),
        _ => throw new InvalidOperationException($"{fault.Kind} has no answer."),
    };
}
