using Npgsql;

namespace Auth.Projections.Proof;

/// <summary>Checks a whole database, or one instance in it, as it is in one snapshot.</summary>
public static class Verification
{
    private const int SealsAtOnce = 32, EventsAtOnce = 10_000;

    /// <summary>Every event, seal and checkpoint; tells how many events it has read so far.</summary>
    /// <param name="only">Nothing is read but what is this instance's.</param>
    public static async Task<Report> Run(
        NpgsqlConnection connection, Func<string, string, IReadOnlyList<NoteVerifier>?> keys, IReadOnlyList<SignedNote> witnesses, IReadOnlyList<string> tenants, Action<long> read, CancellationToken ct, string? only = null)
    {
        var check = new Check(keys, witnesses);
        var (upTo, tenant, done) = (0L, "", 0L);
        while (await Seals.After(connection, upTo, tenant, SealsAtOnce, ct, only).ToListAsync(ct) is { Count: > 0 } page)
        {
            var events = await StoredEvents.Between(connection, upTo, page[^1].UpTo, ct, only).ToListAsync(ct);
            check.Take(page, events);
            (upTo, tenant) = (page[^1].UpTo, page[^1].Tenant);
            read(done += events.Count);
        }

        for (var after = upTo; await StoredEvents.After(connection, after, EventsAtOnce, ct, only).ToListAsync(ct) is { Count: > 0 } rest; after = rest[^1].Sequence)
        {
            check.TakeUnsealed(rest);
            read(done += rest.Count);
        }

        var report = check.End(tenants);
        var streams = await StreamCheck.Run(connection, only, ct);
        return report with { Findings = [.. report.Findings.Concat(streams).OrderBy(finding => finding.Position).ThenBy(finding => finding.Flaw)] };
    }
}
