using System.CommandLine;
using System.Globalization;
using Auth.Domain.Audits;
using Auth.Host.Audit.Access;
using Auth.Host.Audit.Export;
using Auth.Host.Audit.Telling;
using Auth.Host.Instances;
using Auth.Projections;
using Command = System.CommandLine.Command;

namespace Auth.Host.Audit.Verbs;

/// <summary>The verbs that read across streams, and what must be told before somebody sees a value.</summary>
internal sealed partial class AuditVerbs
{
    private const string NoRootKey = "The root key is not here; who sees or takes along what is recorded, is recorded too, and that takes it.";

    private readonly Option<bool> _reveal = new("--reveal") { Description = "Show values of people as they are; takes --reason, and is recorded before anything is shown" };
    private readonly Option<string?> _reason = new("--reason") { HelpName = "words", Description = "Why; kept for ever, so it names nobody", CustomParser = result => Given.Text(result, x => x.Trim().Length is > 0 and <= 200 ? Personal.Harmless(x.Trim()) : null, "is not a reason of at most 200 characters") };

    private Command Revealing(Command verb)
    {
        verb.Add(_reveal);
        verb.Add(_reason);
        verb.Validators.Add(result =>
        {
            if (result.GetResult(_reveal) is not null && result.GetResult(_reason) is null) result.AddError("--reveal takes --reason.");
        });
        return verb;
    }

    private Command Export()
    {
        var filter = new FilterOptions();
        Option<ExportForm?> form = new("--format") { HelpName = "format", Description = "ndjson (unless told), csv, ocsf or cloudevents", CustomParser = result => Given.Value<ExportForm>(result, EventForm.Named, "is not ndjson, csv, ocsf or cloudevents") };
        Option<string?> path = new("--out") { HelpName = "file", Description = "Into that file, with its manifest beside it; stdout unless told" };
        Option<long?> after = After();
        var export = Revealing(filter.On(new("export", "Events as a file, whole unless filtered, with a manifest: count, first and last, SHA-256") { form, path, after }));
        export.SetAction(async (parsed, ct) =>
        {
            await using var store = await open(ct);
            var request = new ExportRequest(parsed.GetValue(form) ?? ExportForm.Ndjson, filter.Of(parsed, "*"), parsed.GetValue(after) ?? 0, parsed.GetValue(_reveal) ? parsed.GetValue(_reason) : null);
            return await WithRootKey(async () => await ExportVerb.Run(terminal, store.Desk, await store.Desk.Trails.AtTerminal(ct), request, parsed.GetValue(path), store.PublicUrl, ct));
        });
        return export;
    }

    private Command Tail(Option<bool> json)
    {
        var filter = new FilterOptions();
        Option<long?> after = After();
        Option<int?> limit = new("--limit") { HelpName = "n", Description = "Stop after so many", CustomParser = Given.Version };
        var tail = Revealing(filter.On(new("tail", "Events as they happen, a line each; Ctrl+C stops") { after, limit }));
        tail.SetAction(async (parsed, ct) =>
        {
            await using var store = await open(ct);
            var asked = filter.Of(parsed, null);
            return await Reveal(store, parsed, Material.Events, null, asked.Sought, async reveal =>
                await TailVerb.Run(terminal, store.Desk, asked, parsed.GetValue(after), parsed.GetValue(limit), parsed.GetValue(json), reveal, ct), ct);
        });
        return tail;
    }

    private Command Report(Option<bool> json)
    {
        Option<DateOnly?> month = new("--month") { HelpName = "yyyy-MM", Description = "Which month (UTC); this one unless told", CustomParser = result => Given.Value<DateOnly>(result, x => DateOnly.TryParseExact(x, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null, "is not a month such as 2026-11") };
        Option<bool> csv = new("--csv") { Description = "The counts as CSV" };
        var html = Html("As a page with plots and tables into that file; - is stdout");
        var report = new Command("report", "A month in counts: events, wrong guesses, refusals, texts, sign-ins by day, and what operators and auditors did") { month, csv, html };
        report.SetAction(async (parsed, ct) =>
        {
            await using var store = await open(ct);
            return await ReportVerb.Run(terminal, store.Desk, parsed.GetValue(month) ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), parsed.GetValue(csv), parsed.GetValue(json), parsed.GetValue(html), ct);
        });
        return report;
    }

    private Command Schemas()
    {
        Argument<string> folder = new("folder") { Description = "Where to write them" };
        var schemas = new Command("schemas", "Writes the JSON Schema of every kind of event; needs no database") { folder };
        schemas.SetAction(async (parsed, ct) =>
        {
            Directory.CreateDirectory(parsed.GetValue(folder)!);
            foreach (var type in EventNames.All.Values) await File.WriteAllTextAsync(Path.Combine(parsed.GetValue(folder)!, $"{type}.json"), EventSchemas.Of(type), ct);
            await terminal.Words.WriteLineAsync($"{EventNames.All.Count} schemas.");
            return 0;
        });
        return schemas;
    }

    private static Option<long?> After() => new("--after") { HelpName = "n", Description = "Behind the event of that number: the cursor of an earlier answer", CustomParser = result => Given.Value<long>(result, x => long.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null, "is not the number of an event") };

    /// <summary>Tells that values are shown, where they are, before any is.</summary>
    private async Task<int> Reveal(AuditStore store, ParseResult parsed, Material what, Guid? of, Sought? sought, Func<bool, Task<int>> read, CancellationToken ct)
    {
        if (!parsed.GetValue(_reveal)) return await read(false);
        return await WithRootKey(async () =>
        {
            var auditor = await store.Desk.Trails.AtTerminal(ct);
            var told = await store.Desk.Trails.Tell(auditor, new ValuesRevealed(auditor.Id, what, of, sought, parsed.GetValue(_reason)!), null, ct);
            await terminal.Words.WriteLineAsync($"Recorded as event {told} of {auditor.Id}.");
            return await read(true);
        });
    }

    private async Task<int> WithRootKey(Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (Keys.WrongRootKeyException.Means(e))
        {
            await terminal.Words.WriteLineAsync(NoRootKey);
            return Database.NoDatabaseException.ExitCode;
        }
    }
}
