using Npgsql;

namespace Auth.Projections.Proof;

/// <summary>Some events of one instance, taken into its tree, and the tree signed as it stood then.</summary>
/// <param name="Start">How many leaves the tree had before.</param>
/// <param name="After">The last event, of whatever instance, that was sealed before.</param>
/// <param name="UpTo">The last one, of whatever instance, that was looked at now.</param>
/// <param name="Sequences">The numbers of its events.</param>
/// <param name="Hashes">Their leaves, one after the other.</param>
/// <param name="Holes">Numbers that no event has, of whatever instance: their transactions were taken back.</param>
/// <param name="Frontier">The tree's subtrees afterwards.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record Seal(string Tenant, long Start, long After, long UpTo, long[] Sequences, byte[] Hashes, long[] Holes, byte[] Frontier, string Note, DateTimeOffset Made)
{
    /// <summary>How many leaves the tree has afterwards.</summary>
    public long Size => Start + Sequences.Length;

    /// <summary>The columns, in the order in which they are read.</summary>
    internal const string Columns = "tenant_id, start, after, up_to, sequences, hashes, holes, frontier, note, made";

    /// <summary>Leaf by leaf.</summary>
    public byte[] Hash(int index) => Hashes[(index * Merkle.Length)..((index + 1) * Merkle.Length)];

    /// <summary>Whether there is a leaf for each number: what somebody wrote into the table may not have.</summary>
    public bool IsWhole => Hashes.Length == Sequences.Length * Merkle.Length && Sequences.Length > 0;

    internal static Seal Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<long[]>(4), row.GetFieldValue<byte[]>(5), row.GetFieldValue<long[]>(6),
        row.GetFieldValue<byte[]>(7), row.GetString(8), row.GetFieldValue<DateTimeOffset>(9));

    internal NpgsqlBatchCommand Insert() => new($"insert into {SealTable.Name} ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    {
        Parameters =
        {
            new() { Value = Tenant }, new() { Value = Start }, new() { Value = After }, new() { Value = UpTo }, new() { Value = Sequences }, new() { Value = Hashes },
            new() { Value = Holes }, new() { Value = Frontier }, new() { Value = Note }, new() { Value = Made.ToUniversalTime() },
        },
    };
}
