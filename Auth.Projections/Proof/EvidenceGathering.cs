using Npgsql;

namespace Auth.Projections.Proof;

/// <summary>There is no evidence to give; the sentence says why.</summary>
/// <param name="flaw">What is wrong with the history; null where it is only too early to ask.</param>
/// <param name="position">The number of the event, where it is one.</param>
public sealed class NoEvidenceException(string sentence, Flaw? flaw = null, long position = 0) : Exception(sentence)
{
    /// <summary>Whether something is wrong with the history.</summary>
    public bool Amiss => flaw is not null;

    /// <summary>The same as a finding; null where nothing is wrong.</summary>
    public Finding? Finding(string tenant) => flaw is { } wrong ? new(wrong, position, tenant, Message) : null;
}

/// <summary>Gathers evidence out of one snapshot of a database. The tree is hashed from its leaves once more: no proof is given that does not lead to the signed root.</summary>
public sealed class EvidenceGathering(NpgsqlConnection connection, string tenant)
{
    private const int AtOnce = 32;

    /// <summary>Of a stream, and of the settings up to its last event.</summary>
    /// <param name="keys">Of that name.</param>
    /// <param name="also">Checkpoints that were kept elsewhere: the evidence goes on from them too.</param>
    public async Task<Evidence?> Of(Guid stream, Guid settings, string subject, string rules, Func<string, IReadOnlyList<NoteVerifier>?> keys, IReadOnlyList<SignedNote> also, CancellationToken ct)
    {
        var events = await StoredEvents.Of(connection, tenant, stream, ct).ToListAsync(ct);
        if (events.Count == 0) return null;
        if (!events.Select(e => e.Version).SequenceEqual(Enumerable.Range(1, events.Count).Select(version => (long)version))) throw new NoEvidenceException("Its versions have a hole: ask audit verify.", Flaw.Stream, events[0].Sequence);
        var applied = (await StoredEvents.Of(connection, tenant, settings, ct).ToListAsync(ct)).Where(e => e.Sequence < events[^1].Sequence).ToList();
        var newest = (await Seals.Newest(connection, ct)).FirstOrDefault(seal => seal.Tenant == tenant) ?? throw TooEarly(events[^1]);
        var (head, checkpoint) = Read(newest, keys);

        var places = new Dictionary<long, (long Index, Seal Seal)>();
        foreach (var e in events.Concat(applied)) places[e.Sequence] = await Place(e, ct);
        var sealedBy = places[events[^1].Sequence].Seal;
        SignedNote[] older = [.. also.Append(Read(sealedBy, keys).Note).Where(note => SizeOf(note) < checkpoint.Size && SizeOf(note) > 0).DistinctBy(note => note.Text)];

        var hashes = new SubtreeHashes(places.Values.SelectMany(place => Merkle.Inclusion(place.Index, checkpoint.Size)).Concat(older.SelectMany(note => Merkle.Consistency(SizeOf(note), checkpoint.Size))));
        await Pass(hashes, checkpoint, ct);
        return new(subject, rules, keys(checkpoint.Origin) ?? [], head,
            [.. older.Select(note => new ProvedCheckpoint(note, hashes.Of(Merkle.Consistency(SizeOf(note), checkpoint.Size))))], [.. events.Select(Proved)], [.. applied.Select(Proved)]);

        ProvedEvent Proved(StoredEvent e) => new(e, places[e.Sequence].Index, hashes.Of(Merkle.Inclusion(places[e.Sequence].Index, checkpoint.Size)));
    }

    private async Task<(long Index, Seal Seal)> Place(StoredEvent e, CancellationToken ct)
    {
        var seal = await Seals.Holding(connection, tenant, e.Sequence, ct) ?? throw TooEarly(e);
        var at = Array.IndexOf(seal.Sequences, e.Sequence);
        if (at < 0 || !seal.IsWhole || !seal.Hash(at).AsSpan().SequenceEqual(e.Hash()))
            throw new NoEvidenceException($"Event {e.Sequence} is not the one that was sealed: ask audit verify.", Flaw.Changed, e.Sequence);
        return (seal.Start + at, seal);
    }

    private async Task Pass(SubtreeHashes hashes, Checkpoint checkpoint, CancellationToken ct)
    {
        var tree = new Frontier();
        while (tree.Size < checkpoint.Size && await Seals.From(connection, tenant, tree.Size, AtOnce, ct).ToListAsync(ct) is [{ } first, ..] page && first.Start == tree.Size && first.IsWhole)
            foreach (var seal in page.TakeWhile(seal => seal.Start == tree.Size && seal.IsWhole))
                for (var i = 0; i < seal.Sequences.Length; i++)
                {
                    tree.Add(seal.Hash(i));
                    hashes.Add(seal.Hash(i));
                }

        if (tree.Size != checkpoint.Size || !tree.Root().AsSpan().SequenceEqual(checkpoint.Root)) throw Broken();
    }

    private static (SignedNote Note, Checkpoint Checkpoint) Read(Seal seal, Func<string, IReadOnlyList<NoteVerifier>?> keys) =>
        SignedNote.Parse(seal.Note) is { } note && Checkpoint.Parse(note.Text) is { } checkpoint && checkpoint.Size == seal.Size && keys(checkpoint.Origin)?.Any(note.IsBy) != false ? (note, checkpoint) : throw Broken();

    private static long SizeOf(SignedNote note) => Checkpoint.Parse(note.Text)?.Size ?? 0;

    private static NoEvidenceException Broken() => new("The seals are not those that were signed: ask audit verify.", Flaw.Seal);

    private static NoEvidenceException TooEarly(StoredEvent e) => new($"Event {e.Sequence} is not sealed yet; that takes a minute.");
}
