namespace Auth.Projections.Proof;

/// <summary>
/// Recomputes every leaf, tree and checkpoint from the events, step by step, and tells what does not fit. Given pages of seals and all events up to the last of them; it keeps no more
/// than a frontier of each tree, and what it found.
/// </summary>
/// <param name="keys">The keys of an instance under a name; null where they are not at hand.</param>
/// <param name="witnesses">Checkpoints that were kept elsewhere.</param>
public sealed class Check(Func<string, string, IReadOnlyList<NoteVerifier>?> keys, IReadOnlyList<SignedNote> witnesses)
{
    private readonly Dictionary<string, Book> _books = new(StringComparer.Ordinal);
    private readonly HashSet<SignedNote> _known = [];
    private readonly HashSet<string> _notChecked = [];
    private long _events, _sealed, _seals;

    /// <summary>The next seals, and every event after those before, up to the last of these.</summary>
    public void Take(IReadOnlyList<Seal> seals, IReadOnlyList<StoredEvent> events)
    {
        Read(events);
        foreach (var seal in seals)
        {
            BookOf(seal.Tenant).Close(seal);
            _seals++;
            _sealed += seal.Sequences.Length;
        }
    }

    /// <summary>The events after the last seal, all at once or in pages.</summary>
    public void TakeUnsealed(IReadOnlyList<StoredEvent> events) => Read(events);

    /// <summary>What came of it.</summary>
    public Report End(IEnumerable<string> tenants)
    {
        foreach (var tenant in tenants) BookOf(tenant);
        var loose = _books.Values.Sum(book => book.End());
        foreach (var note in witnesses.Where(note => !_known.Contains(note)))
            _notChecked.Add($"A checkpoint of {note.Text.Split('\n')[0]} is not of this database, or not by its key.");
        var findings = Moves.Among([.. _books.Values.SelectMany(book => book.Amiss)], [.. _books.Values.SelectMany(book => book.Findings)]);
        return new([.. findings.OrderBy(finding => finding.Position).ThenBy(finding => finding.Flaw)], [.. _notChecked], _events, loose, _seals, _known.Count);
    }

    private void Read(IReadOnlyList<StoredEvent> events)
    {
        foreach (var e in events) BookOf(e.Tenant ?? "").Read(e);
        _events += events.Count;
    }

    private Book BookOf(string tenant) => _books.TryGetValue(tenant, out var book) ? book : _books[tenant] = new(tenant, Vouch, Witnessed(tenant));

    private bool Vouch(string tenant, SignedNote note, string origin)
    {
        if (keys(tenant, origin) is { } known) return known.Any(note.IsBy);
        _notChecked.Add("The root key is not here: signatures were not checked.");
        return true;
    }

    private Queue<Checkpoint> Witnessed(string tenant)
    {
        var theirs = new List<Checkpoint>();
        foreach (var note in witnesses)
            if (Checkpoint.Parse(note.Text) is { } checkpoint && keys(tenant, checkpoint.Origin)?.Any(note.IsBy) == true)
            {
                theirs.Add(checkpoint);
                _known.Add(note);
            }

        return new(theirs.OrderBy(checkpoint => checkpoint.Size));
    }
}
