namespace Auth.Projections.Proof;

/// <summary>An event or a leaf that has nothing at its side.</summary>
internal sealed record Amiss(string Tenant, long Sequence, byte[]? Sealed, StoredEvent? Event);

/// <summary>The check of one instance's history.</summary>
internal sealed class Book(string tenant, Func<string, SignedNote, string, bool> vouch, Queue<Checkpoint> witnessed)
{
    // A history that was changed all over is told by its first places.
    private const int MostFindings = 1000;

    private readonly Frontier _kept = new(), _real = new();
    private readonly Queue<(StoredEvent Event, byte[] Hash)> _loose = new();
    private long _size, _sealed, _last;
    private string? _origin;
    private bool _adrift;

    internal List<Finding> Findings { get; } = [];

    internal List<Amiss> Amiss { get; } = [];

    internal void Read(StoredEvent e)
    {
        _loose.Enqueue((e, e.Hash()));
        _last = Math.Max(_last, e.Sequence);
    }

    /// <summary>The next seal; its events have been read.</summary>
    internal void Close(Seal seal)
    {
        if (!seal.IsWhole || seal.Start < _size || !Ascending(seal.Sequences))
        {
            Tell(Flaw.Seal, seal.After + 1, $"The seal at {seal.Start} is not one that was made.");
            _adrift = true;
            return;
        }

        if (seal.Start > _size) Bridge(seal);
        var found = Until(seal.UpTo);
        var before = (Findings.Count, Amiss.Count);
        Compare(seal, found);
        for (var i = 0; i < seal.Sequences.Length; i++) _kept.Add(seal.Hash(i));
        foreach (var (_, hash) in found) Grow(hash);
        Signed(seal, found, before);
        (_size, _sealed) = (seal.Size, seal.Sequences[^1]);
    }

    /// <summary>What was never sealed, and what witnesses say of the end; tells how many events are not sealed yet.</summary>
    internal long End()
    {
        var unsealed = _loose.Count;
        // What is missing may have been put behind everything.
        if (Amiss.Count > 0) Amiss.AddRange(_loose.Take(MostFindings).Select(one => new Amiss(tenant, one.Event.Sequence, null, one.Event)));
        while (_loose.TryDequeue(out var one)) Grow(one.Hash);
        if (witnessed.LastOrDefault() is { } most && most.Size > _size)
            Tell(Flaw.Truncated, Math.Min(_last, most.UpTo) + 1, $"A witness saw {most.Size} events, up to event {most.UpTo}; there are {_real.Size}.");
        Tail();
        return unsealed;
    }

    private void Compare(Seal seal, (StoredEvent Event, byte[] Hash)[] found)
    {
        if (found.Length == seal.Sequences.Length && Enumerable.Range(0, found.Length).All(i => found[i].Hash.AsSpan().SequenceEqual(Of(seal, i))))
        {
            if (!found.Select(one => one.Event.Sequence).SequenceEqual(seal.Sequences)) Tell(Flaw.Seal, found[0].Event.Sequence, $"The numbers in the seal at {seal.Start} were changed.");
            return;
        }

        for (int i = 0, j = 0; i < seal.Sequences.Length || j < found.Length;)
        {
            var (was, now) = (i < seal.Sequences.Length ? seal.Sequences[i] : long.MaxValue, j < found.Length ? found[j].Event.Sequence : long.MaxValue);
            if (was == now && found[j].Hash.AsSpan().SequenceEqual(Of(seal, i))) { }
            else if (was == now) Miss(Flaw.Changed, was, seal.Hash(i), found[j].Event, $"Event {was} is not the one that was sealed.");
            else if (was < now) Miss(Flaw.Deleted, was, seal.Hash(i), null, $"Event {was} is gone.");
            else Miss(Flaw.Inserted, now, null, found[j].Event, $"Event {now} came after its number was sealed.");
            if (was <= now) i++;
            if (now <= was) j++;
        }
    }

    /// <summary>The tree as it is kept, and as it is by the events, against what was signed.</summary>
    private void Signed(Seal seal, (StoredEvent Event, byte[] Hash)[] found, (int Findings, int Amiss) before)
    {
        var note = SignedNote.Parse(seal.Note);
        var signed = note is null ? null : Checkpoint.Parse(note.Text);
        _origin ??= signed?.Origin;
        if (signed is null || signed.Origin != _origin || signed.Size != seal.Size || signed.UpTo != seal.Sequences[^1] || !vouch(tenant, note!, signed.Origin))
            Tell(Flaw.Seal, seal.Sequences[0], $"The checkpoint at {seal.Size} events is not one that was signed.");
        else if (_adrift) return;
        else if (_kept.Root().AsSpan().SequenceEqual(signed.Root))
        {
            if (!_kept.Bytes().AsSpan().SequenceEqual(seal.Frontier)) Tell(Flaw.Seal, seal.Sequences[0], $"The tree kept with the seal at {seal.Start} was changed.");
        }
        else if (_real.Size == signed.Size && _real.Root().AsSpan().SequenceEqual(signed.Root))
        {
            // The events are those that were signed, so it is the seal that lies.
            Findings.RemoveRange(before.Findings, Findings.Count - before.Findings);
            Amiss.RemoveRange(before.Amiss, Amiss.Count - before.Amiss);
            Tell(Flaw.Seal, seal.Sequences[0], $"The hashes in the seal at {seal.Start} were changed; the events were not.");
            _adrift = true;
        }
        else
        {
            Tell(Flaw.Rewritten, found.Length > 0 ? Math.Min(found[0].Event.Sequence, seal.Sequences[0]) : seal.Sequences[0], $"Events and seals together are not what was signed, somewhere from event {seal.Sequences[0]} to {signed.UpTo}.");
            _adrift = true;
        }
    }

    /// <summary>Seals are missing: what they held is taken from the events, and the next checkpoint says whether that is right.</summary>
    private void Bridge(Seal seal)
    {
        var between = Until(seal.After);
        Tell(Flaw.Seal, between.Length > 0 ? between[0].Event.Sequence : seal.Sequences[0], $"The seal at {_size} is gone.");
        _adrift |= between.Length != seal.Start - _size;
        foreach (var (_, hash) in between)
        {
            _kept.Add(hash);
            Grow(hash);
        }
    }

    /// <summary>Events gone to the very end are one finding.</summary>
    private void Tail()
    {
        var tail = Findings.Where(finding => finding.Flaw == Flaw.Deleted && finding.Position > _last).ToHashSet();
        if (tail.Count == 0) return;
        Findings.RemoveAll(tail.Contains);
        Tell(Flaw.Truncated, tail.Min(finding => finding.Position), $"The end is gone: {tail.Count} events, up to event {_sealed}.");
    }

    private (StoredEvent Event, byte[] Hash)[] Until(long upTo)
    {
        var found = new List<(StoredEvent, byte[])>();
        while (_loose.TryPeek(out var next) && next.Event.Sequence <= upTo) found.Add(_loose.Dequeue());
        return [.. found];
    }

    private void Grow(byte[] hash)
    {
        _real.Add(hash);
        while (witnessed.TryPeek(out var seen) && seen.Size <= _real.Size)
        {
            if (!_real.Root().AsSpan().SequenceEqual(seen.Root)) Tell(Flaw.Rewritten, Findings.Count > 0 ? Findings.Min(finding => finding.Position) : 1, $"The first {seen.Size} events are not those that a witness saw.");
            witnessed.Dequeue();
        }
    }

    private void Miss(Flaw flaw, long sequence, byte[]? was, StoredEvent? now, string sentence)
    {
        Tell(flaw, sequence, sentence);
        if (Amiss.Count < MostFindings) Amiss.Add(new(tenant, sequence, was, now));
    }

    private void Tell(Flaw flaw, long position, string sentence)
    {
        if (Findings.Count < MostFindings) Findings.Add(new(flaw, position, tenant, sentence));
    }

    private static ReadOnlySpan<byte> Of(Seal seal, int index) => seal.Hashes.AsSpan(index * Merkle.Length, Merkle.Length);

    private static bool Ascending(long[] sequences) => sequences.Zip(sequences.Skip(1)).All(pair => pair.First < pair.Second);
}
