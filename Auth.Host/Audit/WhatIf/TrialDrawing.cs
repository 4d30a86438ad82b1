using System.Globalization;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using Spectre.Console;

namespace Auth.Host.Audit.WhatIf;

/// <summary>The report for people.</summary>
internal static class TrialDrawing
{
    private static readonly (Effect Effect, string Words)[] Rows =
    [
        (Effect.Same,          "as it was"),
        (Effect.Blocked,       "blocked: would not have become a session"),
        (Effect.Challenged,    "challenged: more would have been asked for"),
        (Effect.LetIn,         "let in: would have become a whole session"),
        (Effect.Undecided,     "undecided: would have been looked at; nobody knows what was offered"),
        (Effect.NotReproduced, "left out: not told by the rules of this build as it was recorded"),
    ];

    internal static void Draw(IAnsiConsole canvas, TrialReport report, OneSignIn? one)
    {
        var question = report.Question;
        canvas.MarkupLine($"[bold]What if[/]  {string.Join(", ", question.Candidate.Changes.Select(change => $"{change.Field} {Value(change.Before)} → {Value(change.After)}")).EscapeMarkup()}");
        canvas.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[grey]{report.SignIns:N0} sign-ins begun from {Look.Instant(question.Since)} to {Look.Instant(question.Until)}, beside what happened[/]"));
        canvas.WriteLine();
        foreach (var (effect, words) in Rows.Where(row => row.Effect is Effect.Same or Effect.Blocked or Effect.Challenged or Effect.LetIn || report.Of(row.Effect) > 0))
            canvas.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"  {report.Of(effect),9:N0}  {words}{(effect is not Effect.Same && report.PeopleOf(effect) is > 0 and var people ? $" [grey]({people:N0} {(people == 1 ? "person" : "people")})[/]" : "")}"));
        foreach (var (effect, why, count) in report.Reasons) canvas.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[grey]  {count,9:N0}  {AuditJson.Snake($"{effect}")}: {why.Replace('_', ' ')}[/]"));
        Texts(canvas, report);
        Cases(canvas, report);
        if (one is not null) Steps(canvas, report, one);
    }

    private static void Texts(IAnsiConsole canvas, TrialReport report)
    {
        if (!report.Texts.Any()) return;
        canvas.WriteLine();
        var table = new Table().NoBorder().AddColumns("  texts to", "recorded", "instead", "more", report.Texts.Any(row => row.Cost is not null) ? "cost" : "");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned().PadLeft(2);
        foreach (var row in report.Texts) table.AddRow($"  {(row.Country is "" ? "unknown" : row.Country)}", Number(row.Recorded), Number(row.Instead), Signed(row.More, "+#,0;−#,0;0"), row.Cost is { } cost ? Signed(cost, "+#,0.00;−#,0.00;0.00") : "");
        var costs = report.Texts.Select(row => row.Cost).OfType<decimal>().ToList();
        table.AddRow("  all", Number(report.Texts.Sum(row => row.Recorded)), Number(report.Texts.Sum(row => row.Instead)), Signed(report.Texts.Sum(row => row.More), "+#,0;−#,0;0"), costs.Count > 0 ? Signed(costs.Sum(), "+#,0.00;−#,0.00;0.00") : "");
        canvas.Write(table);
    }

    private static void Cases(IAnsiConsole canvas, TrialReport report)
    {
        if (report.Cases.Count == 0) return;
        canvas.WriteLine();
        foreach (var x in report.Cases)
            canvas.MarkupLine($"  {Look.Instant(x.At)}  {new SignInId(x.SignIn)}  {AuditJson.Snake($"{x.Effect}").Replace('_', ' ')}{(x.Why is { } why ? $" [grey]{(x.Version is { } n ? $"at event {n}: " : "")}{why.Replace('_', ' ')}[/]" : "")}");
        var others = Enum.GetValues<Effect>().Where(effect => effect is not Effect.Same).Sum(report.Of) - report.Cases.Count;
        if (others > 0) canvas.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"  [grey]and {others:N0} more; --cases names more of them, --case tells one step by step[/]"));
    }

    private static void Steps(IAnsiConsole canvas, TrialReport report, OneSignIn one)
    {
        canvas.WriteLine();
        canvas.MarkupLine($"[bold]{new SignInId(one.History.Id)}[/]");
        foreach (var step in report.Steps)
        {
            var same = step.Instead is { } instead && instead.SequenceEqual(step.Told);
            canvas.MarkupLine($"  {Look.Time(step.At)}  {step.Command.Replace('_', ' ')}");
            foreach (var fact in step.Told) canvas.MarkupLine($"      {(same ? "[grey]as told[/]" : "[grey]told   [/]")}  {Look.Mark(fact)} {Look.Fact(one.Words.Of(fact))}");
            if (same) continue;
            foreach (var fact in step.Instead ?? []) canvas.MarkupLine($"      [yellow]instead[/]  {Look.Mark(fact)} {Look.Fact(one.Words.Of(fact))}");
            if (step.Instead is null) canvas.MarkupLine("      [yellow]instead[/]  it would have been looked at; nobody knows what was offered");
            else if (step.Instead.Count == 0) canvas.MarkupLine("      [yellow]instead[/]  nothing");
            if (step.Refusal is { } refusal) canvas.MarkupLine($"      [yellow]answer [/]  {SignIns.Answer.Problem(refusal).Title.EscapeMarkup()}");
        }
    }

    private static string Value(System.Text.Json.Nodes.JsonNode? value) => value switch
    {
        null => "as configured",
        System.Text.Json.Nodes.JsonArray list => $"[{string.Join(", ", list)}]",
        _ => $"{value}",
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Signed(IFormattable number, string form) => number.ToString(form, CultureInfo.InvariantCulture);
}
