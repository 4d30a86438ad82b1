using Auth.Projections;
using Auth.Projections.Proof;
using Npgsql;

namespace Auth.Host.Witnesses;

/// <summary>Hands checkpoints on. A witness that is away gets the newest one when it is back; what it was told last is in the database, so a host that dies owes nothing.</summary>
internal sealed class Witnessing(NpgsqlDataSource database, Journal? journal, IReadOnlyList<IWitness> witnesses, TimeProvider clock)
{
    private const long Name = 0x57_69_74_6e;
    private long _told = -1;

    /// <summary>One round; nothing when nothing is new.</summary>
    internal async Task Once(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var newest = new NpgsqlCommand($"select coalesce(max(up_to), 0) from {SealTable.Name}", connection);
        var upTo = (long)(await newest.ExecuteScalarAsync(ct))!;
        if (upTo == _told) return;

        List<Exception> troubles = [];
        var owed = false;
        foreach (var seal in await Seals.Newest(connection, ct))
        {
            if (SignedNote.Parse(seal.Note) is not { } note || Checkpoint.Parse(note.Text) is null) throw new BrokenSealException(seal.Tenant, seal.Size);
            if (journal is not null) await Trying(troubles, () => journal.Tell(seal.Tenant, note, ct), ct);
            foreach (var witness in witnesses) await Trying(troubles, async () => owed |= !await Tell(witness, seal, note, ct), ct);
        }

        if (troubles.Count > 0) throw new AggregateException(troubles);
        if (!owed) _told = upTo;
    }

    /// <summary>False when it is too early.</summary>
    private async Task<bool> Tell(IWitness witness, Seal seal, SignedNote note, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var alone = await connection.BeginTransactionAsync(ct);
        if (!await OneHost.IsThis(alone, Name, ct)) return false;

        await using (var ask = Command($"select size, told from {SealTable.Witnessed} where tenant_id = $1 and witness = $2", connection, seal.Tenant, witness.Name))
        await using (var row = await ask.ExecuteReaderAsync(ct))
            if (await row.ReadAsync(ct))
            {
                if (row.GetInt64(0) >= seal.Size) return row.GetInt64(0) == seal.Size ? true : throw new BrokenSealException(seal.Tenant, row.GetInt64(0));
                if (clock.GetUtcNow() - row.GetFieldValue<DateTimeOffset>(1) is { Ticks: >= 0 } since && since < witness.Every) return false;
            }

        await witness.Tell(note, ct);
        await using var mark = Command($"""
            insert into {SealTable.Witnessed} as w (tenant_id, witness, size, told) values ($1, $2, $3, $4)
            on conflict (tenant_id, witness) do update set size = excluded.size, told = excluded.told
            """, connection, seal.Tenant, witness.Name, seal.Size, clock.GetUtcNow().ToUniversalTime());
        await mark.ExecuteNonQueryAsync(ct);
        await alone.CommitAsync(ct);
        return true;
    }

    private static NpgsqlCommand Command(string sql, NpgsqlConnection connection, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    // A witness that does not answer in time is in trouble as well; only our own end is none.
    private static async Task Trying(List<Exception> troubles, Func<Task> tell, CancellationToken ct)
    {
        try
        {
            await tell();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            troubles.Add(e);
        }
    }
}
