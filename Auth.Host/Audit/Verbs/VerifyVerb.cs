using System.CommandLine;
using System.Globalization;
using Auth.Host.Audit.Proving;
using Auth.Host.Audit.Telling;
using Auth.Projections.Proof;
using Command = System.CommandLine.Command;

namespace Auth.Host.Audit.Verbs;

/// <summary><c>audit verify</c>: whether the history is the one that was signed, and the read models what it says. Ends with 0; 1 when something is wrong; 2 when that cannot be told.</summary>
internal static class VerifyVerb
{
    private const int Whole = 0, Amiss = 1, CannotTell = 2;

    internal static Command Command(Terminal terminal, Func<CancellationToken, Task<AuditStore>> open, Option<bool> json)
    {
        Argument<string?> id = new("id") { Arity = ArgumentArity.ZeroOrOne, Description = "Only this one: sia_…, user_… or sess_…" };
        Option<bool> all = new("--all") { Description = "Everything, which is what is checked when no id is given" };
        var (checkpoint, key) = (Checkpoint(), Key());
        var verify = new Command("verify", "Whether the history is the one that was signed: recomputes every step and tells the first place that is wrong") { id, all, checkpoint, key };
        verify.Validators.Add(result =>
        {
            if (result.GetResult(id) is { Tokens.Count: > 0 } && result.GetResult(all) is not null) result.AddError("Give an id or --all, not both.");
        });
        verify.SetAction((parsed, ct) => Run(terminal, open, parsed.GetValue(id), Notes(parsed.GetValue(checkpoint)), Keys(parsed.GetValue(key)), parsed.GetValue(json), ct));
        return verify;
    }

    internal static Option<string?> Checkpoint() => new("--checkpoint") { HelpName = "file", Description = "Checkpoints that a witness kept", Validators = { result => Readable(result, Notes) } };

    internal static Option<string?> Key() => new("--key") { HelpName = "file", Description = "The keys to check them with (….vkey), where the root key is not here", Validators = { result => Readable(result, Keys) } };

    internal static IReadOnlyList<SignedNote>? Notes(string? file) => file is null ? [] : File.Exists(file) ? SignedNote.ParseAll(File.ReadAllText(file)) is { Count: > 0 } notes ? notes : null : null;

    internal static IReadOnlyList<NoteVerifier>? Keys(string? file) => file is null ? [] : File.Exists(file) && File.ReadLines(file).Where(line => line.Length > 0).Select(NoteVerifier.Parse).ToArray() is var keys && !keys.Contains(null) ? [.. keys.OfType<NoteVerifier>()] : null;

    private static async Task<int> Run(
        Terminal terminal, Func<CancellationToken, Task<AuditStore>> open, string? id, IReadOnlyList<SignedNote>? witnesses, IReadOnlyList<NoteVerifier>? keys, bool json, CancellationToken ct)
    {
        await using var store = await open(ct);
        var own = store.OwnWitness();
        Report report;
        string[] words;
        long upTo;
        await using (var reader = await store.Proof(keys!, ct))
        {
            var verifying = new Verifying(reader, witnesses!, own);
            (var count, upTo) = await reader.Extent(ct);
            if (id is null)
            {
                var bar = new Bar(terminal, count, "events");
                report = await verifying.All(null, bar.At, ct);
                bar.End();
                words = [.. Lines(report)];
            }
            else if (await verifying.One(store.Instance, id, ct) is { } one) (report, words) = (one.Report, [.. Lines(id, one.Report, one.Signed)]);
            else
            {
                await terminal.Words.WriteLineAsync($"There is nothing of {id}.");
                return Amiss;
            }
        }

        if (json) await terminal.Data.WriteLineAsync(AuditJson.Document(AuditJson.Verified(report)));
        else foreach (var line in words) await terminal.Data.WriteLineAsync(line);
        await Record(terminal, store.Desk, id, report, upTo, ct);
        return report.Findings.Count > 0 ? Amiss : report.NotChecked.Count > 0 ? CannotTell : Whole;
    }

    /// <summary>What came of it stands, whether or not it can be recorded: a copy of the database, or one without its root key, is verified as well.</summary>
    private static async Task Record(Terminal terminal, AuditDesk desk, string? id, Report report, long upTo, CancellationToken ct)
    {
        try
        {
            var auditor = await desk.Trails.AtTerminal(ct);
            var told = await desk.Trails.Tell(auditor, Verifying.Told(auditor.Id, id is null ? null : Verifying.Stream(id), report, upTo), null, ct);
            await terminal.Words.WriteLineAsync($"Recorded as event {told} of {auditor.Id}.");
        }
        catch (Exception e) when (Auth.Host.Keys.WrongRootKeyException.Means(e))
        {
            await terminal.Words.WriteLineAsync("Not recorded: the root key is not here.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await terminal.Words.WriteLineAsync($"Not recorded: nothing can be added to this history ({e.GetType().Name}).");
        }
    }

    private static IEnumerable<string> Lines(string id, Report report, Checkpoint? signed) => signed is null
        ? [.. report.Findings.Select(finding => finding.Sentence), .. report.NotChecked]
        : [$"{report.Events} events of {id}: as they were sealed, in the tree of {signed.Size} signed at {Look.Instant(signed.At)}.", .. report.NotChecked];

    private static IEnumerable<string> Lines(Report report) =>
    [
        .. report.Findings.Select(finding => string.Create(CultureInfo.InvariantCulture, $"event {finding.Position,-10} {finding.Flaw.ToString().ToLowerInvariant(),-10} {finding.Sentence}")),
        .. report.NotChecked,
        $"{report.Events} events, {report.Unsealed} of them not sealed yet; {report.Seals} checkpoints, {report.Witnessed} more from witnesses.",
        report.Findings.Count > 0 ? $"{report.Findings.Count} found, the first at event {report.Findings[0].Position}." : report.IsWhole ? "Whole: this is the history that was signed." : "Nothing found, but not all could be checked.",
    ];

    private static void Readable<T>(System.CommandLine.Parsing.OptionResult result, Func<string?, IReadOnlyList<T>?> read)
    {
        if (result.Tokens is [{ Value: var file }] && read(file) is null) result.AddError($"{result.IdentifierToken?.Value}: '{file}' is not such a file.");
    }
}
