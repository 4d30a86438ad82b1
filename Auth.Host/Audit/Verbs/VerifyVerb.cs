using System.CommandLine;
using System.Globalization;
using Auth.Domain.Instances;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using Auth.Projections;
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
        await using var reader = await store.Proof(keys!, ct);
        if (id is not null) return await One(terminal, reader, store.Instance, id, witnesses!, ct);

        var bar = new Bar(terminal, await reader.Number($"select count(*) from {StoreSettings.Schema}.mt_events", ct), "events");
        SignedNote[] seen = [.. witnesses!, .. store.OwnWitness().Where(note => reader.Tenants.Any(tenant => reader.Keys(tenant, note.Text.Split('\n')[0])?.Any(note.IsBy) == true))];
        var report = await Verification.Run(reader.Connection, reader.Keys, [.. seen.DistinctBy(note => note.Text)], reader.Tenants, bar.At, ct);
        bar.End();
        report = await WithReadings(report, reader, ct);
        if (json) await terminal.Data.WriteLineAsync(AuditJson.Document(Shown(report)));
        else foreach (var line in Lines(report)) await terminal.Data.WriteLineAsync(line);
        return report.Findings.Count > 0 ? Amiss : report.NotChecked.Count > 0 ? CannotTell : Whole;
    }

    /// <summary>What is folded from a history that was changed differs anyway.</summary>
    private static async Task<Report> WithReadings(Report report, ProofReader reader, CancellationToken ct)
    {
        if (report.Events > 0 && report.Seals == 0 && report.Findings.Count == 0) return report with { NotChecked = [.. report.NotChecked, "Nothing is sealed yet; that takes a minute."] };
        if (report.Findings.Count > 0) return report with { NotChecked = [.. report.NotChecked, "The read models were not looked at: the history itself is wrong."] };
        var findings = new List<Finding>();
        foreach (var tenant in reader.Tenants)
        {
            await using var session = reader.Session(tenant);
            try
            {
                findings.AddRange(await new FreshFold(session, reader.Connection).Run(ct));
            }
            catch (Exception e) when (e is not OperationCanceledException and not Npgsql.NpgsqlException)
            {
                findings.Add(new(Flaw.Reading, 0, tenant, $"The read models cannot be folded from the events ({e.GetType().Name})."));
            }
        }

        return report with { Findings = findings };
    }

    private static async Task<int> One(Terminal terminal, ProofReader reader, string tenant, string id, IReadOnlyList<SignedNote> witnesses, CancellationToken ct)
    {
        var stream = new[] { SignInId.Prefix, UserId.Prefix, SessionId.Prefix }.Select(prefix => PrefixedId.Read(prefix, id)).FirstOrDefault(guid => guid != Guid.Empty);
        try
        {
            if (stream == Guid.Empty || await new EvidenceGathering(reader.Connection, tenant).Of(stream, Instance.TheOne, id, "", origin => reader.Keys(tenant, origin), witnesses, ct) is not { } evidence)
            {
                await terminal.Words.WriteLineAsync($"There is nothing of {id}.");
                return Amiss;
            }

            var signed = Projections.Proof.Checkpoint.Parse(evidence.Head.Text)!;
            await terminal.Data.WriteLineAsync($"{evidence.Events.Count} events of {id}: as they were sealed, in the tree of {signed.Size} signed at {Look.Instant(signed.At)}.");
            return evidence.Keys.Count > 0 ? Whole : CannotTell;
        }
        catch (NoEvidenceException none)
        {
            await terminal.Words.WriteLineAsync(none.Message);
            return none.Amiss ? Amiss : CannotTell;
        }
    }

    private static IEnumerable<string> Lines(Report report) =>
    [
        .. report.Findings.Select(finding => string.Create(CultureInfo.InvariantCulture, $"event {finding.Position,-10} {finding.Flaw.ToString().ToLowerInvariant(),-10} {finding.Sentence}")),
        .. report.NotChecked,
        $"{report.Events} events, {report.Unsealed} of them not sealed yet; {report.Seals} checkpoints, {report.Witnessed} more from witnesses.",
        report.Findings.Count > 0 ? $"{report.Findings.Count} found, the first at event {report.Findings[0].Position}." : report.IsWhole ? "Whole: this is the history that was signed." : "Nothing found, but not all could be checked.",
    ];

    private static object Shown(Report report) => new
    {
        Whole = report.IsWhole,
        report.Events,
        report.Unsealed,
        Checkpoints = report.Seals,
        report.Witnessed,
        Findings = report.Findings.Select(finding => new { Flaw = finding.Flaw.ToString().ToLowerInvariant(), finding.Position, finding.Tenant, finding.Sentence }),
        report.NotChecked,
    };

    private static void Readable<T>(System.CommandLine.Parsing.OptionResult result, Func<string?, IReadOnlyList<T>?> read)
    {
        if (result.Tokens is [{ Value: var file }] && read(file) is null) result.AddError($"{result.IdentifierToken?.Value}: '{file}' is not such a file.");
    }
}
