using Auth.Domain.Audits;
using Auth.Domain.Instances;
using Auth.Host.Http;
using Auth.Projections.Proof;

namespace Auth.Host.Audit.Proving;

/// <summary>Verifies in one snapshot: the history as it was signed, and the readings as the events give them. The command, the audit API and the night all ask here.</summary>
/// <param name="given">Checkpoints that somebody brought along: one that is of no history here is told.</param>
/// <param name="own">Those of this machine's own witness, of whichever history.</param>
internal sealed class Verifying(ProofReader reader, IReadOnlyList<SignedNote> given, IReadOnlyList<SignedNote> own)
{
    private static readonly string[] Prefixes = [SignInId.Prefix, UserId.Prefix, SessionId.Prefix];

    /// <summary>The stream of such an id; empty for what is none.</summary>
    internal static Guid Stream(string id) => Prefixes.Select(prefix => PrefixedId.Read(prefix, id)).FirstOrDefault(stream => stream != Guid.Empty);

    /// <summary>Everything, or everything of one instance; tells how many events it has read so far.</summary>
    internal async Task<Report> All(string? only, Action<long> read, CancellationToken ct)
    {
        var tenants = only is null ? reader.Tenants : [only];
        SignedNote[] witnesses = [.. given.Concat(own.Where(note => tenants.Any(tenant => IsOf(tenant, note)))).DistinctBy(note => note.Text)];
        return await WithReadings(await Verification.Run(reader.Connection, reader.Keys, witnesses, tenants, read, ct, only), tenants, ct);
    }

    /// <summary>One stream of an instance, with the checkpoint that holds it where there is one; null where there is nothing of that id.</summary>
    internal async Task<(Report Report, Checkpoint? Signed)?> One(string tenant, string id, CancellationToken ct)
    {
        try
        {
            if (await new EvidenceGathering(reader.Connection, tenant).Of(Stream(id), Instance.TheOne, id, "", origin => reader.Keys(tenant, origin), given, ct) is not { } evidence) return null;
            string[] signatures = evidence.Keys.Count > 0 ? [] : ["The root key is not here: signatures were not checked."];
            return (new([], signatures, evidence.Events.Count, 0, 1, evidence.Checkpoints.Count), Checkpoint.Parse(evidence.Head.Text));
        }
        catch (NoEvidenceException none)
        {
            return (none.Finding(tenant) is { } finding ? new([finding], [], 0, 0, 0, 0) : new([], [none.Message], 0, 0, 0, 0), null);
        }
    }

    /// <summary>What is told of it on a trail.</summary>
    internal static HistoryVerified Told(string by, Guid? of, Report report, long upTo) =>
        new(by, of, report.Events, upTo, report.Findings.Count, report.Findings is [var first, ..] ? first.Position : null, report.NotChecked.Count);

    /// <summary>What is folded from a history that was changed differs anyway.</summary>
    private async Task<Report> WithReadings(Report report, IReadOnlyList<string> tenants, CancellationToken ct)
    {
        if (report.Events > 0 && report.Seals == 0 && report.Findings.Count == 0) return report with { NotChecked = [.. report.NotChecked, "Nothing is sealed yet; that takes a minute."] };
        if (report.Findings.Count > 0) return report with { NotChecked = [.. report.NotChecked, "The read models were not looked at: the history itself is wrong."] };
        var findings = new List<Finding>();
        foreach (var tenant in tenants)
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

    private bool IsOf(string tenant, SignedNote note) => reader.Keys(tenant, note.Text.Split('\n')[0])?.Any(note.IsBy) == true;
}
