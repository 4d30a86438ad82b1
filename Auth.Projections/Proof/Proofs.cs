namespace Auth.Projections.Proof;

/// <summary>What a reader checks without the tree (RFC 9162, sections 2.1.3.2 and 2.1.4.2).</summary>
public static class Proofs
{
    /// <summary>Whether that leaf stands at that place in the tree of that size and root.</summary>
    public static bool Includes(byte[] leaf, long index, long size, byte[] root, IReadOnlyList<byte[]> proof)
    {
        if (index < 0 || index >= size) return false;
        var (place, last, hash) = (index, size - 1, leaf);
        foreach (var other in proof)
        {
            if (last == 0) return false;
            if ((place & 1) == 1 || place == last)
            {
                hash = Merkle.Node(other, hash);
                while ((place & 1) == 0 && place != 0) (place, last) = (place >> 1, last >> 1);
            }
            else
            {
                hash = Merkle.Node(hash, other);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    /// <summary>Whether the larger tree begins with the smaller one, leaf for leaf.</summary>
    public static bool Extends(long older, byte[] olderRoot, long size, byte[] root, IReadOnlyList<byte[]> proof)
    {
        if (older < 0 || older > size) return false;
        if (older == 0) return proof.Count == 0;
        if (older == size) return proof.Count == 0 && olderRoot.AsSpan().SequenceEqual(root);

        // A full subtree is its own first part.
        IReadOnlyList<byte[]> parts = (older & (older - 1)) == 0 ? [olderRoot, .. proof] : proof;
        if (parts.Count == 0) return false;
        var (place, last) = (older - 1, size - 1);
        while ((place & 1) == 1) (place, last) = (place >> 1, last >> 1);

        var (before, after) = (parts[0], parts[0]);
        foreach (var other in parts.Skip(1))
        {
            if (last == 0) return false;
            if ((place & 1) == 1 || place == last)
            {
                (before, after) = (Merkle.Node(other, before), Merkle.Node(other, after));
                while ((place & 1) == 0 && place != 0) (place, last) = (place >> 1, last >> 1);
            }
            else
            {
                after = Merkle.Node(after, other);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && before.AsSpan().SequenceEqual(olderRoot) && after.AsSpan().SequenceEqual(root);
    }
}
