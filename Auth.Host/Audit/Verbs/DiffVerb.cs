using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using JasperFx.Events;
using Spectre.Console;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit diff</c>: two sign-ins side by side, what is common to both on one line.</summary>
internal static class DiffVerb
{
    internal static int Run(Terminal terminal, OneSignIn one, OneSignIn other, bool json)
    {
        var rows = Align(one, other);
        if (json)
        {
            terminal.Data.WriteLine(AuditJson.Document(new
            {
                One = $"{new SignInId(one.History.Id)}",
                Other = $"{new SignInId(other.History.Id)}",
                Rows = rows.Select(row => new { Same = row is { One: not null, Other: not null }, One = Told(row.One, one), Other = Told(row.Other, other) }),
            }));
            return 0;
        }

        terminal.Draw(canvas =>
        {
            var table = new Table().NoBorder().AddColumns("", $"[bold]{new SignInId(one.History.Id)}[/]", "", $"[bold]{new SignInId(other.History.Id)}[/]");
            foreach (var column in table.Columns) column.PadLeft(0).PadRight(2);
            foreach (var row in rows) table.AddRow(row is { One: not null, Other: not null } ? "[grey]=[/]" : "[yellow]≠[/]", Cell(row.One, one), row is { One: { } a, Other: { } b } ? Later(a, one, b, other) : "", Cell(row.Other, other));
            canvas.Write(table);
        });
        return 0;
    }

    private static object? Told(IEvent? e, OneSignIn of) => e is null ? null : new { e.Version, Type = e.EventTypeName, After = (e.Timestamp - of.History.SignIn[0].Timestamp).TotalSeconds, Words = of.Words.Of(e) };

    private static string Cell(IEvent? e, OneSignIn of) => e is null ? "" : $"{Look.Mark(e.Data)} {Look.Fact(of.Words.Of(e))} [grey]{Look.Gap(e.Timestamp - of.History.SignIn[0].Timestamp)}[/]";

    private static string Later(IEvent a, OneSignIn one, IEvent b, OneSignIn other) =>
        ((b.Timestamp - other.History.SignIn[0].Timestamp) - (a.Timestamp - one.History.SignIn[0].Timestamp)) is var by && by.Duration() < TimeSpan.FromMilliseconds(1) ? "" : $"[grey]{(by < TimeSpan.Zero ? $"−{Look.Gap(-by).TrimStart('+')}" : Look.Gap(by))}[/]";

    /// <summary>The longest run of facts that both have in that order, by name and by what was proved; the rest stands alone.</summary>
    private static List<(IEvent? One, IEvent? Other)> Align(OneSignIn one, OneSignIn other)
    {
        var (a, b) = (one.History.SignIn, other.History.SignIn);
        var longest = new int[a.Count + 1, b.Count + 1];
        for (var i = a.Count - 1; i >= 0; i--)
            for (var j = b.Count - 1; j >= 0; j--)
                longest[i, j] = Same(a[i], b[j]) ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);

        var (rows, x, y) = (new List<(IEvent?, IEvent?)>(), 0, 0);
        while (x < a.Count || y < b.Count)
            if (x < a.Count && y < b.Count && Same(a[x], b[y])) rows.Add((a[x++], b[y++]));
            else if (y >= b.Count || (x < a.Count && longest[x + 1, y] >= longest[x, y + 1])) rows.Add((a[x++], null));
            else rows.Add((null, b[y++]));
        return rows;
    }

    private static bool Same(IEvent a, IEvent b) => a.EventTypeName == b.EventTypeName && $"{Facts.Body(a)["authenticator"]?["strategy"]}" == $"{Facts.Body(b)["authenticator"]?["strategy"]}";
}
