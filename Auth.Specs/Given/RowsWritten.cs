using Npgsql;

namespace Auth.Specs.Given;

/// <summary>Counts the rows that transactions write, table by table, by triggers of the database itself: a row that was taken back does not count.</summary>
public sealed class RowsWritten(string connectionString)
{
    private const string Count = """
        create schema counted;
        create table counted.rows (transaction bigint, place text, kind text, event text);
        create function counted.one() returns trigger language plpgsql as $$
        begin
            insert into counted.rows values (txid_current(), tg_table_schema || '.' || tg_table_name, lower(tg_op), case when tg_table_name = 'mt_events' then to_jsonb(new) ->> 'type' end);
            return null;
        end $$;
        do $$
        declare place regclass;
        begin
            for place in select oid::regclass from pg_class where relkind in ('r', 'p') and relnamespace::regnamespace::text in ('auth', 'auth_bus') loop
                execute format('create trigger counted after insert or update or delete on %s for each row execute function counted.one()', place);
            end loop;
        end $$;
        """;

    /// <summary>From here on, in the whole database.</summary>
    public static async Task<RowsWritten> Begin(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(Count);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new(connectionString);
    }

    /// <summary>What the one transaction wrote that stored this type of event, as <c>table kind times</c>.</summary>
    public Task<IReadOnlyList<string>> With(string eventType) => Told($"where transaction = (select transaction from counted.rows where event = '{eventType}')");

    /// <summary>What was written in all.</summary>
    public Task<IReadOnlyList<string>> InAll() => Told("");

    private async Task<IReadOnlyList<string>> Told(string which)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var ask = database.CreateCommand($"select place || ' ' || kind || ' ' || count(*) from counted.rows {which} group by place, kind order by 1");
        await using var rows = await ask.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var told = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) told.Add(rows.GetString(0));
        return told;
    }
}
