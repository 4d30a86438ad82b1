using Npgsql;

namespace Auth.Projections.Proof;

/// <summary>When seals are made.</summary>
/// <param name="Every">At least so long apart, unless there is much to seal.</param>
/// <param name="Most">So many events are sealed at once.</param>
public sealed record SealDials(TimeSpan Every, int Most)
{
    /// <summary>Each minute, and each 10,000 events.</summary>
    public static readonly SealDials Shipped = new(TimeSpan.FromMinutes(1), 10_000);
}

/// <summary>The trees as they are kept do not fit their own checkpoints: nothing is signed over them.</summary>
public sealed class BrokenSealException(string tenant, long size) : Exception($"The seals of {tenant} are not those that were signed at {size} events. Ask audit verify.");

/// <summary>
/// Takes what was stored into the trees, in the order of its numbers, and signs how they stand; one pass at a time over all hosts. Everything is in one transaction,
/// so that a pass that is cut off was none. No sign-in waits for it.
/// </summary>
public sealed class Sealing(NpgsqlDataSource database, Func<string, SignedNote?, CancellationToken, ValueTask<NoteKeys>> keys, TimeProvider clock, SealDials dials)
{
    private const long Name = 0x53_65_61_6c;
    private readonly Gap _gap = new();

    /// <summary>So many are sealed at once.</summary>
    public int Most => dials.Most;

    /// <summary>One pass; tells how many events were sealed. None where another host is at it, or it is not time yet.</summary>
    public async Task<int> Once(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var alone = await connection.BeginTransactionAsync(ct);
        if (!await OneHost.IsThis(alone, Name, ct)) return 0;

        var (after, waiting, made) = await Standing(connection, ct);
        var now = clock.GetUtcNow();
        if (waiting == 0 || waiting < dials.Most && made is { } last && now - last is { Ticks: >= 0 } since && since < dials.Every) return 0;

        var (events, holes) = await Settled(connection, after, ct);
        if (events.Count == 0) return 0;
        var batch = new NpgsqlBatch(connection);
        foreach (var one in events.GroupBy(e => e.Tenant ?? ""))
            batch.BatchCommands.Add((await Next(connection, one.Key, [.. one], after, events[^1].Sequence, holes, now, ct)).Insert());
        await batch.ExecuteNonQueryAsync(ct);
        await alone.CommitAsync(ct);
        return events.Count;
    }

    private async Task<(long After, long Waiting, DateTimeOffset? Made)> Standing(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand($"""
            with sealed as (select coalesce(max(up_to), 0) as up_to, max(made) as made from {SealTable.Name})
            select up_to, (select count(*) from (select from {StoreSettings.Schema}.mt_events where seq_id > up_to limit $1) as waiting), made from sealed
            """, connection) { Parameters = { new() { Value = dials.Most } } };
        await using var row = await ask.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2));
    }

    /// <summary>What nothing can come before any more.</summary>
    private async Task<(List<StoredEvent> Events, long[] Holes)> Settled(NpgsqlConnection connection, long after, CancellationToken ct)
    {
        var (events, holes) = (new List<StoredEvent>(), new List<long>());
        await foreach (var e in StoredEvents.After(connection, after, dials.Most, ct)) events.Add(e);
        var next = after + 1;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Sequence > next && !await _gap.IsHole(next, connection, ct)) return (events[..i], [.. holes]);
            for (; next < events[i].Sequence; next++) holes.Add(next);
            next++;
        }

        return (events, [.. holes]);
    }

    private async Task<Seal> Next(NpgsqlConnection connection, string tenant, StoredEvent[] events, long after, long upTo, long[] holes, DateTimeOffset now, CancellationToken ct)
    {
        var last = await Last(connection, tenant, ct);
        var note = last is null ? null : SignedNote.Parse(last.Note) ?? throw new BrokenSealException(tenant, last.Size);
        var key = await keys(tenant, note, ct);
        var tree = last is null ? new Frontier() : Kept(last, note!, key);
        var hashes = events.Select(e => e.Hash()).ToArray();
        foreach (var hash in hashes) tree.Add(hash);
        var checkpoint = new Checkpoint(key.Origin, tree.Size, tree.Root(), events[^1].Sequence, now);
        return new(tenant, last?.Size ?? 0, after, upTo, [.. events.Select(e => e.Sequence)], [.. hashes.SelectMany(hash => hash)], holes, tree.Bytes(), $"{key.Signer.Sign(checkpoint.Text)}", now);
    }

    /// <summary>Nothing is signed on top of what was not signed by us.</summary>
    private static Frontier Kept(Seal last, SignedNote note, NoteKeys keys) =>
        Checkpoint.Parse(note.Text) is { } signed && keys.Vouch(note) && signed.Origin == keys.Origin && signed.Size == last.Size && Frontier.Read(last.Size, last.Frontier) is { } tree
        && tree.Root().AsSpan().SequenceEqual(signed.Root) ? tree : throw new BrokenSealException(last.Tenant, last.Size);

    private static async Task<Seal?> Last(NpgsqlConnection connection, string tenant, CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand($"select {Seal.Columns} from {SealTable.Name} where tenant_id = $1 order by start desc limit 1", connection) { Parameters = { new() { Value = tenant } } };
        await using var row = await ask.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? Seal.Read(row) : null;
    }
}
