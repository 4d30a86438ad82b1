using System.Security.Cryptography;

namespace Auth.Projections.Proof;

/// <summary>The hashes of RFC 6962, section 2.1, and which subtrees a proof is made of.</summary>
public static class Merkle
{
    /// <summary>How long a hash is.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private const byte IsLeaf = 0, IsNode = 1;

    /// <summary>The root of a tree without leaves.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>SHA-256(0x00 ‖ what).</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> what)
    {
        var input = new byte[what.Length + 1];
        input[0] = IsLeaf;
        what.CopyTo(input.AsSpan(1));
        return SHA256.HashData(input);
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> input = stackalloc byte[1 + 2 * Length];
        input[0] = IsNode;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Length)..]);
        return SHA256.HashData(input);
    }

    /// <summary>The subtrees whose hashes prove that leaf <paramref name="index"/> is in a tree of that size; nearest first.</summary>
    public static IReadOnlyList<Leaves> Inclusion(long index, long size) => Path(index, new(0, size));

    /// <summary>The subtrees whose hashes prove that the first <paramref name="older"/> leaves of a tree of that size are the older tree.</summary>
    public static IReadOnlyList<Leaves> Consistency(long older, long size) => older == 0 ? [] : Parts(older, new(0, size), whole: true);

    private static IReadOnlyList<Leaves> Path(long index, Leaves tree)
    {
        if (tree.Count == 1) return [];
        var (left, right) = tree.Halves();
        return index < left.Until ? [.. Path(index, left), right] : [.. Path(index, right), left];
    }

    private static IReadOnlyList<Leaves> Parts(long older, Leaves tree, bool whole)
    {
        if (older == tree.Until) return whole ? [] : [tree];
        var (left, right) = tree.Halves();
        return older <= left.Until ? [.. Parts(older, left, whole), right] : [.. Parts(older, right, whole: false), left];
    }
}

/// <summary>Some leaves next to each other.</summary>
public readonly record struct Leaves(long From, long Until)
{
    /// <summary>How many.</summary>
    public long Count => Until - From;

    /// <summary>As RFC 6962 divides them: the left half is the largest power of two that is less than all.</summary>
    internal (Leaves Left, Leaves Right) Halves()
    {
        var half = 1L << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(Count - 1)));
        return (new(From, From + half), new(From + half, Until));
    }
}
