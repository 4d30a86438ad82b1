namespace Auth.Projections.Proof;

/// <summary>Hashes some subtrees of a tree while its leaves pass by in order; nothing else of the tree is kept.</summary>
public sealed class SubtreeHashes
{
    private readonly Dictionary<Leaves, Frontier> _wanted;
    private readonly Queue<Leaves> _coming;
    private readonly List<Leaves> _open = [];
    private long _next;

    /// <summary>These are wanted.</summary>
    public SubtreeHashes(IEnumerable<Leaves> wanted)
    {
        _wanted = wanted.Distinct().ToDictionary(leaves => leaves, _ => new Frontier());
        _coming = new(_wanted.Keys.OrderBy(leaves => leaves.From));
    }

    /// <summary>The next leaf.</summary>
    public void Add(byte[] leaf)
    {
        while (_coming.TryPeek(out var coming) && coming.From == _next) _open.Add(_coming.Dequeue());
        foreach (var leaves in _open) _wanted[leaves].Add(leaf);
        _next++;
        _open.RemoveAll(leaves => leaves.Until == _next);
    }

    /// <summary>The hashes of these, in their order.</summary>
    public IReadOnlyList<byte[]> Of(IEnumerable<Leaves> leaves) => [.. leaves.Select(some => _wanted[some] is var tree && tree.Size == some.Count
        ? tree.Root() : throw new InvalidOperationException($"Leaves {some.From} to {some.Until} have not all passed."))];
}
