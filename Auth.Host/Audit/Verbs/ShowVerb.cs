using Auth.Host.Audit.Pictures;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using Auth.Projections;
using Spectre.Console;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit show</c>.</summary>
internal static class ShowVerb
{
    internal static async Task<int> Run(Terminal terminal, OneSignIn one, bool json, string? svg, string? html, CancellationToken ct)
    {
        if (svg is not null || html is not null) return await Drawn(terminal, one, svg, html, ct);
        if (json) await terminal.Data.WriteLineAsync(AuditJson.Document(AuditJson.Shown(one)).AsMemory(), ct);
        else terminal.Draw(canvas => Draw(canvas, one));
        return 0;
    }

    private static async Task<int> Drawn(Terminal terminal, OneSignIn one, string? svg, string? html, CancellationToken ct)
    {
        var drawn = svg is null ? 0 : await IntoFile.Write(terminal, svg, SignInPicture.Written(one), ct);
        return drawn != 0 || html is null ? drawn : await IntoFile.Write(terminal, html, SignInPage.Written(one), ct);
    }

    /// <summary>Whose sign-in, from where, and how it came out.</summary>
    internal static void Head(IAnsiConsole canvas, OneSignIn one, string outcome)
    {
        var line = one.Summary;
        canvas.MarkupLine($"[bold]{new SignInId(line.Id)}[/]  {one.Words.Identifier.EscapeMarkup()}  [grey]{one.Who}[/]");
        canvas.MarkupLine($"[grey]{Began(one).EscapeMarkup()}[/]");
        canvas.MarkupLine(outcome);
        canvas.WriteLine();
    }

    /// <summary>When, and from where.</summary>
    internal static string Began(OneSignIn one)
    {
        var line = one.Summary;
        string?[] from = [line.Address is { } address ? one.Personal.Show(address) : null, line.Agent is { } agent ? one.Personal.Show(agent) : null, $"{new ClientId(line.Client)}"];
        return $"began {Look.Instant(line.StartedAt)} from {string.Join(", ", from.Where(x => x is not null))}";
    }

    private static void Draw(IAnsiConsole canvas, OneSignIn one)
    {
        var line = one.Summary;
        var now = line.OutcomeAt(one.Now);
        Head(canvas, one, Look.Of(now) + (line.FinishedAt is { } end ? $" [grey]after {Look.Gap(end - line.StartedAt).TrimStart('+')}[/]" : now is Outcome.Expired ? " [grey]its time is over, not yet told[/]" : ""));

        var grid = new Grid();
        foreach (var width in new[] { 3, 12, 9, 9 }) grid.AddColumn(new GridColumn().Width(width).NoWrap().PadLeft(0).PadRight(1));
        grid.AddColumn(new GridColumn().Padding(0, 0));
        DateTimeOffset? before = null;
        foreach (var e in one.History.SignIn)
        {
            var gap = before is { } then ? e.Timestamp - then : TimeSpan.Zero;
            grid.AddRow($"{e.Version,3}", Look.Time(e.Timestamp), $"[grey]{Look.Gap(gap),9}[/]", $"[grey]{Look.Bar(gap)}[/]", $"{Look.Mark(e.Data)} {Look.Fact(one.Words.Of(e))}");
            before = e.Timestamp;
        }

        canvas.Write(grid);
    }
}
