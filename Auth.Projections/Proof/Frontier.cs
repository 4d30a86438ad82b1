namespace Auth.Projections.Proof;

/// <summary>All that is needed of a tree to go on adding leaves and to know its root: the hashes of its largest full subtrees, left to right.</summary>
public sealed class Frontier
{
    private readonly List<byte[]> _full = [];

    /// <summary>As <see cref="Bytes"/> wrote it; null for what cannot be a tree of that size.</summary>
    public static Frontier? Read(long size, ReadOnlySpan<byte> bytes)
    {
        if (size < 0 || bytes.Length != Merkle.Length * System.Numerics.BitOperations.PopCount((ulong)size)) return null;
        var tree = new Frontier { Size = size };
        for (; !bytes.IsEmpty; bytes = bytes[Merkle.Length..]) tree._full.Add(bytes[..Merkle.Length].ToArray());
        return tree;
    }

    /// <summary>How many leaves.</summary>
    public long Size { get; private set; }

    /// <summary>One leaf more.</summary>
    public void Add(byte[] leaf)
    {
        var hash = leaf;
        for (var full = Size; (full & 1) == 1; full >>= 1)
        {
            hash = Merkle.Node(_full[^1], hash);
            _full.RemoveAt(_full.Count - 1);
        }

        _full.Add(hash);
        Size++;
    }

    /// <summary>The root of the tree.</summary>
    public byte[] Root()
    {
        if (Size == 0) return Merkle.Empty;
        var root = _full[^1];
        for (var i = _full.Count - 2; i >= 0; i--) root = Merkle.Node(_full[i], root);
        return root;
    }

    /// <summary>The subtrees, to be stored.</summary>
    public byte[] Bytes() => [.. _full.SelectMany(hash => hash)];
}
