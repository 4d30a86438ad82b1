using Auth.Host.Audit.Telling;
using Spectre.Console;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit replay</c> and <c>audit explain</c>.</summary>
internal static class ReplayVerb
{
    internal static async Task<int> Run(Terminal terminal, Told told, DateTimeOffset? at, int? version, bool step, bool json, CancellationToken ct)
    {
        if (told.Replay(at, version) is not { } replay)
        {
            await terminal.Words.WriteLineAsync(told.NoReplay(version));
            return 1;
        }

        if (json) await terminal.Data.WriteLineAsync(AuditJson.Document(AuditJson.Replayed(told, replay)).AsMemory(), ct);
        else if (!await Draw(terminal, told, replay, step)) return 0;
        return 0;
    }

    internal static int Explain(Terminal terminal, Told told, DateTimeOffset? at)
    {
        if (told.Replay(at, null) is not { } replay)
        {
            terminal.Words.WriteLine(told.NoReplay(null));
            return 1;
        }

        terminal.Draw(canvas =>
        {
            told.Head(canvas, $"[grey]as of {Look.Instant(replay.At)}:[/] [bold]{replay.Stage.EscapeMarkup()}[/]");
            DateOnly? day = null;
            foreach (var step in replay.Steps)
            {
                if (day != (day = DateOnly.FromDateTime(Look.In(step.Event.Timestamp).DateTime))) canvas.MarkupLine($"[grey]{day:yyyy-MM-dd}[/]");
                canvas.MarkupLine($"{Look.Time(step.Event.Timestamp)[..8]}  {told.Sentence(step.Event).EscapeMarkup()}");
                if (Sentences.Because(step, told.Id) is { } why) canvas.MarkupLine($"          [yellow]{why.EscapeMarkup()}[/]");
            }
        });
        return 0;
    }

    private static async Task<bool> Draw(Terminal terminal, Told told, Replay replay, bool step)
    {
        terminal.Draw(canvas => told.Head(canvas, $"[grey]as of {Look.Instant(replay.At)}:[/] [bold]{replay.Stage.EscapeMarkup()}[/]"));
        var stage = "not begun";
        foreach (var (happened, i) in replay.Steps.Select((x, i) => (x, i)))
        {
            terminal.Draw(canvas => canvas.Write(Row(told, happened, i + 1, happened.Stage == stage)));
            stage = happened.Stage;
            if (!step || i == replay.Steps.Count - 1) continue;
            await terminal.Words.WriteAsync("Enter: next, q: stop ");
            if ((await terminal.Keys.ReadLineAsync())?.Trim() == "q") return false;
        }

        return true;
    }

    private static Grid Row(Told told, Step step, int place, bool sameStage)
    {
        List<Padder> lines = [Line($"{Look.Mark(step.Event.Data)} {Look.Fact(step.Happened)}", 0)];
        lines.AddRange(step.Changed.Select(change => Line($"[grey]{change.ToString().EscapeMarkup()}[/]", 2)));
        if (step.Why is { } why) lines.Add(Line($"[yellow]because {why.In(told.Id).EscapeMarkup()}[/]", 2));
        if (!sameStage) lines.Add(Line($"→ {step.Stage.EscapeMarkup()}", 2));

        var grid = new Grid();
        foreach (var width in new[] { 3, 12 }) grid.AddColumn(new GridColumn().Width(width).NoWrap().PadLeft(0).PadRight(2));
        grid.AddColumn(new GridColumn().Padding(0, 0));
        grid.AddRow(new Markup($"{place,3}"), new Markup(Look.Time(step.Event.Timestamp)), new Rows(lines));
        return grid;
    }

    private static Padder Line(string markup, int indent) => new(new Markup(markup), new Padding(indent, 0, 0, 0));
}
