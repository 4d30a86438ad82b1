using System.Globalization;
using Auth.Domain.SignIns;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using Auth.Projections;
using Spectre.Console;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit list</c>.</summary>
internal static class ListVerb
{
    internal static async Task<int> Run(Terminal terminal, AuditStore store, ListFilter filter, bool json, bool reveal, CancellationToken ct)
    {
        await using var reader = await store.Reader(ct);
        var rows = await reader.List(filter, ct);
        var (personal, closed) = await reader.Open(rows.Select(row => row.Identifier).OfType<Domain.Sealed>(), ct, reveal);
        if (closed) await terminal.Words.WriteLineAsync("The root key is not here: personal values read [sealed].");

        if (json) foreach (var row in rows) await terminal.Data.WriteLineAsync(AuditJson.Line(AuditJson.Of(row, personal, filter.Now)));
        else if (rows.Count > 0) terminal.Draw(canvas => Draw(canvas, rows, personal, filter.Now));
        await terminal.Words.WriteLineAsync($"{rows.Count} sign-in{(rows.Count == 1 ? "" : "s")}, up to event {await reader.UpTo(ct)}.");
        return 0;
    }

    private static void Draw(IAnsiConsole canvas, IReadOnlyList<SignInHistory> rows, Personal personal, DateTimeOffset now)
    {
        var table = new Table().NoBorder().AddColumns($"[grey]began{(Look.Zone.Value is null ? " (UTC)" : "")}[/]", "[grey]sign-in[/]", "[grey]who[/]", "[grey]outcome[/]", "[grey]with[/]");
        foreach (var column in table.Columns) column.PadLeft(0).PadRight(2);
        foreach (var column in table.Columns.SkipLast(1)) column.NoWrap();
        foreach (var row in rows)
            table.AddRow(
                Look.In(row.StartedAt).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), $"{new SignInId(row.Id)}",
                personal.Show(row.Identifier).EscapeMarkup(), Look.Of(row.OutcomeAt(now)), With(row));
        canvas.Write(table);
    }

    private static string With(SignInHistory row) => string.Join(", ", new[]
    {
        row.FirstFactor?.Traits().Amr, row.SecondFactor is Strategy.BackupCode ? "backup" : row.SecondFactor?.Traits().Amr,
        row.WrongGuesses > 0 ? $"[yellow]{row.WrongGuesses} wrong[/]" : null, row.Refused > 0 ? $"[red]{row.Refused} refused[/]" : null,
    }.Where(x => x is not null));
}
