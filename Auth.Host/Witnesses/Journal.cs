using Auth.Projections.Proof;
using Npgsql;

namespace Auth.Host.Witnesses;

/// <summary>The witness of each host itself: a file to which every checkpoint is appended, and beside it the key that checks them. What the file holds is never changed, and has to be in the database still.</summary>
internal sealed class Journal(string folder, NpgsqlDataSource database, CheckpointKeys keys)
{
    private const int AtOnce = 1000;
    private readonly Dictionary<string, long> _told = [];

    /// <summary>Appends what is new of one history.</summary>
    internal async Task Tell(string tenant, SignedNote newest, CancellationToken ct)
    {
        var (origin, size) = (Checkpoint.Parse(newest.Text)!.Origin, Checkpoint.Parse(newest.Text)!.Size);
        var file = FileOf(folder, origin);
        if (!_told.TryGetValue(origin, out var told))
        {
            Directory.CreateDirectory(folder);
            var known = await keys.Of(tenant, newest, ct);
            await File.WriteAllLinesAsync(Path.ChangeExtension(file, ".vkey"), known.All.Select(key => $"{key}"), ct);
            told = await InFile(file, ct);
        }

        if (told == 0) Append(file, $"{newest}");
        else if (size < told) throw new BrokenSealException(tenant, told);
        else
            while (told < size)
            {
                var more = await After(tenant, told, ct);
                if (more is not [{ } first, ..] || first.Start != told) throw new BrokenSealException(tenant, told);
                Append(file, string.Join('\n', more.Select(seal => seal.Note)));
                told = more[^1].Size;
            }

        _told[origin] = size;
    }

    internal static string FileOf(string folder, string origin) => Path.Combine(folder, $"{origin.Replace('/', '_').Replace(':', '_')}.checkpoints");

    // What was written down must be what the database says of that moment, or the database is not the one that was.
    private async Task<long> InFile(string file, CancellationToken ct)
    {
        if (!File.Exists(file) || SignedNote.ParseAll(await File.ReadAllTextAsync(file, ct)) is not [.., { } last] || Checkpoint.Parse(last.Text) is not { } checkpoint) return 0;
        await using var ask = database.CreateCommand($"select exists (select from {SealTable.Name} where note = $1 and start < $2 and start + cardinality(sequences) = $2)");
        ask.Parameters.Add(new() { Value = $"{last}" });
        ask.Parameters.Add(new() { Value = checkpoint.Size });
        return await ask.ExecuteScalarAsync(ct) is true ? checkpoint.Size : throw new BrokenSealException(checkpoint.Origin, checkpoint.Size);
    }

    private async Task<IReadOnlyList<Seal>> After(string tenant, long size, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await Seals.From(connection, tenant, size, AtOnce, ct).ToArrayAsync(ct);
    }

    private static void Append(string file, string notes)
    {
        using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(stream.Position == 0 ? notes : "\n" + notes));
        stream.Flush(flushToDisk: true);
    }
}
