using Auth.Domain.SignIns;
using Spectre.Console;

namespace Auth.Host.Audit;

/// <summary><c>audit replay</c>.</summary>
internal static class ReplayVerb
{
    internal static async Task<int> Run(Terminal terminal, OneSignIn one, DateTimeOffset? at, int? version, bool step, bool json)
    {
        var events = one.History.SignIn;
        if (version > events.Count || at < events[0].Timestamp)
        {
            await terminal.Words.WriteLineAsync(version is not null ? $"It has only {events.Count} events." : $"It had not begun then: it began {Look.Instant(events[0].Timestamp)}.");
            return 1;
        }

        var history = version is { } n ? one.History with { SignIn = [.. events.Take(n)] } : one.History;
        var instant = at ?? (version is null ? one.Now : history.SignIn[^1].Timestamp);
        var replay = Replay.Of(history, instant, one.Words);

        if (json) await terminal.Data.WriteLineAsync(AuditJson.Document(AuditJson.Replayed(one, replay)));
        else if (!await Draw(terminal, one, replay, step)) return 0;
        await terminal.Words.WriteLineAsync($"Up to event {one.History.UpTo}.");
        return 0;
    }

    private static async Task<bool> Draw(Terminal terminal, OneSignIn one, Replay replay, bool step)
    {
        terminal.Draw(canvas => ShowVerb.Head(canvas, one, $"[grey]as of {Look.Instant(replay.At)}:[/] [bold]{replay.Stage.EscapeMarkup()}[/]"));
        var stage = SignIn.Initial.Words();
        foreach (var (happened, last) in replay.Steps.Select((x, i) => (x, i == replay.Steps.Count - 1)))
        {
            terminal.Draw(canvas => canvas.Write(Row(one, happened, happened.Stage == stage)));
            stage = happened.Stage;
            if (!step || last) continue;
            await terminal.Words.WriteAsync("Enter: next, q: stop ");
            if ((await terminal.Keys.ReadLineAsync())?.Trim() == "q") return false;
        }

        return true;
    }

    private static Grid Row(OneSignIn one, Step step, bool sameStage)
    {
        List<Padder> lines = [Line($"{Look.Mark(step.Event.Data)} {Look.Fact(step.Happened)}", 0)];
        lines.AddRange(step.Changed.Select(change => Line($"[grey]{change.ToString().EscapeMarkup()}[/]", 2)));
        if (step.Why is { } why) lines.Add(Line($"[yellow]because {why.In(one.History.Id).EscapeMarkup()}[/]", 2));
        if (!sameStage) lines.Add(Line($"→ {step.Stage.EscapeMarkup()}", 2));

        var grid = new Grid();
        foreach (var width in new[] { 3, 12 }) grid.AddColumn(new GridColumn().Width(width).NoWrap().PadLeft(0).PadRight(2));
        grid.AddColumn(new GridColumn().Padding(0, 0));
        grid.AddRow(new Markup($"{step.Event.Version,3}"), new Markup(Look.Time(step.Event.Timestamp)), new Rows(lines));
        return grid;
    }

    private static Padder Line(string markup, int indent) => new(new Markup(markup), new Padding(indent, 0, 0, 0));
}
