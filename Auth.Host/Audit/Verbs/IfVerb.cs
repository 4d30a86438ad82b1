using Auth.Host.Audit.Recorded;
using Auth.Host.Audit.Telling;
using Spectre.Console;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit replay … --had</c>, <c>--earlier</c>, <c>--later</c>: one step decided again as it might have been, and <c>audit spec</c>.</summary>
internal static class IfVerb
{
    internal static async Task<int> Run(Terminal terminal, OneSignIn one, int? version, Otherwise otherwise, bool json)
    {
        if (RecordedStep.At(one.History.SignIn, version) is not { } step)
        {
            await terminal.Words.WriteLineAsync("There is no step there that anybody asked for.");
            return 1;
        }

        Rerun rerun;
        try
        {
            rerun = Rerun.Of(one.History, step, otherwise);
        }
        catch (InvalidOperationException impossible)
        {
            await terminal.Words.WriteLineAsync($"That could not have been: {impossible.Message}");
            return 1;
        }

        if (json) await terminal.Data.WriteLineAsync(AuditJson.Document(AuditJson.Reran(one, rerun)));
        else terminal.Draw(canvas => Draw(canvas, one, rerun, otherwise));
        await terminal.Words.WriteLineAsync("Nothing was written.");
        return 0;
    }

    internal static async Task<int> Spec(Terminal terminal, OneSignIn one, int? version)
    {
        var rerun = RecordedStep.At(one.History.SignIn, version) is { } step ? Rerun.Of(one.History, step) : null;
        if (rerun is { Agrees: true })
        {
            await terminal.Data.WriteAsync(SpecText.Of(one.History, rerun));
            return 0;
        }

        await terminal.Words.WriteLineAsync(rerun is null ? "There is no step there that anybody asked for." : "The rules of this build decide otherwise than was recorded:");
        foreach (var fact in rerun?.Recorded ?? []) await terminal.Words.WriteLineAsync($"  recorded  {fact}");
        foreach (var fact in rerun?.Decision.Events ?? []) await terminal.Words.WriteLineAsync($"  decided   {fact}");
        return 1;
    }

    private static void Draw(IAnsiConsole canvas, OneSignIn one, Rerun rerun, Otherwise otherwise)
    {
        ShowVerb.Head(canvas, one, $"[bold]Had it been otherwise:[/] {string.Join(", ", Said(otherwise)).EscapeMarkup()}");
        canvas.MarkupLine($"[grey]step   [/] {rerun.Command.GetType().Name}, event{(rerun.Step.Events.Count > 1 ? "s" : "")} {string.Join(", ", rerun.Step.Events.Select(e => e.Version))}, at {Changes.Time(rerun.Now.Now)}");
        foreach (var (fact, i) in rerun.Recorded.Select((fact, i) => (fact, i))) canvas.MarkupLine($"[grey]{(i == 0 ? "told   " : "       ")}[/] {Look.Mark(fact)} {Look.Fact(one.Words.Of(fact))}");
        foreach (var (fact, i) in rerun.Decision.Events.Select((fact, i) => (fact, i))) canvas.MarkupLine($"[grey]{(i == 0 ? "instead" : "       ")}[/] {Look.Mark(fact)} {Look.Fact(one.Words.Of(fact))}");
        if (rerun.Decision.Events.Count == 0) canvas.MarkupLine("[grey]instead[/] nothing");
        if (rerun.Decision.Refusal is { } refusal) canvas.MarkupLine($"[grey]answer [/] {SignIns.Answer.Problem(refusal).Title.EscapeMarkup()} [grey]({SignIns.Answer.Problem(refusal).Code})[/]");
    }

    private static IEnumerable<string> Said(Otherwise otherwise)
    {
        if (otherwise.Verdict is { } verdict) yield return $"the proof {(verdict is Domain.SignIns.Verdict.Right ? "right" : "wrong")}";
        if (otherwise.Later != TimeSpan.Zero) yield return FormattableString.Invariant($"{Math.Abs(otherwise.Later.TotalSeconds):0.###} s {(otherwise.Later < TimeSpan.Zero ? "earlier" : "later")}");
    }
}
