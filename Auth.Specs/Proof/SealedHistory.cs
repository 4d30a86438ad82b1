using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Keys;
using Auth.Host.Witnesses;
using Auth.Projections;
using Auth.Projections.Proof;
using Auth.Specs.Given;
using Auth.Specs.Reading;
using Npgsql;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Proof;

/// <summary>A store of a spec's own that is sealed, and the owner of the database, who may do everything to it.</summary>
public sealed class SealedHistory : IAsyncDisposable
{
    private readonly Dictionary<string, NoteKeys> _keys;

    private SealedHistory(Histories histories, Dictionary<string, NoteKeys> keys)
    {
        (Histories, _keys) = (histories, keys);
        Database = NpgsqlDataSource.Create(histories.Connection);
        Sealing = Another();
    }

    public Histories Histories { get; }

    public NpgsqlDataSource Database { get; }

    public NoteKeys Keys => _keys["default"];

    public NoteKeys KeysOf(string tenant) => _keys[tenant];

    public Sealing Sealing { get; }

    public static async Task<SealedHistory> New() => await Over(await Histories.New());

    /// <summary>Of a store that a spec has, with the instance's own keys.</summary>
    public static async Task<SealedHistory> Over(Histories histories)
    {
        var (vault, keys) = (new Vault(histories.Store, histories.Root, histories.Clock), new Dictionary<string, NoteKeys>());
        foreach (var tenant in new[] { "default", "other" }) keys[tenant] = CheckpointKeys.Named((await vault.Of(tenant, Stop)).All, $"auth.example.com/{tenant}/00000001");
        return new(histories, keys);
    }

    /// <summary>Another host's.</summary>
    public Sealing Another(SealDials? dials = null) =>
        new(Database, (tenant, _, _) => ValueTask.FromResult(_keys[tenant]), Histories.Clock, dials ?? new(TimeSpan.FromMinutes(1), 5));

    /// <summary>Ann's account, and sign-ins of hers and of a stranger, in two instances.</summary>
    public async Task Lively(int signIns = 6)
    {
        await Histories.Account(Ann, AnnWithSecondFactor);
        for (var n = 0; n < signIns; n++) await Attempt(n);
    }

    /// <summary>One sign-in.</summary>
    public Task Attempt(int n)
    {
        SignInEvent[] events = n % 3 == 2 ? [Identified(null), new Superseded(Id(100 + n - 1))] : [Identified(Ann), Password, Texted(), WrongCode, RightCode, ASession];
        return Histories.Happened(Id(100 + n), events, TimeSpan.FromSeconds(1), tenant: n == 4 ? "other" : "default", headers: new Dictionary<string, string> { [EventHeaders.Settings] = "0", [EventHeaders.Trace] = $"trace {n}" });
    }

    /// <summary>Everything, in as many seals as that takes; past a hole once those who write in the whole cluster are done.</summary>
    public async Task<int> SealAll(Sealing? host = null)
    {
        var all = 0;
        await Eventually.Of(async () =>
        {
            Histories.Clock.Advance(TimeSpan.FromMinutes(1));
            all += await (host ?? Sealing).Once(Stop);
            await using var ask = Database.CreateCommand("select (select coalesce(max(seq_id), 0) from auth.mt_events) = (select coalesce(max(up_to), 0) from auth.seals)");
            return await ask.ExecuteScalarAsync(Stop) is true ? "all" : null;
        });
        return all;
    }

    public async Task<Report> Verify(params SignedNote[] witnesses)
    {
        await using var connection = await Database.OpenConnectionAsync(Stop);
        return await Verify(connection, witnesses);
    }

    public Task<Report> Verify(NpgsqlConnection connection, params SignedNote[] witnesses) =>
        Verification.Run(connection, Known, witnesses, [.. _keys.Keys], _ => { }, Stop);

    /// <summary>The same in memory, over what was read before.</summary>
    public Report Check(IReadOnlyList<Seal> seals, IEnumerable<StoredEvent> events)
    {
        var check = new Check(Known, []);
        var inOrder = events.OrderBy(e => e.Sequence).ToList();
        check.Take(seals, [.. inOrder.Where(e => e.Sequence <= seals[^1].UpTo)]);
        check.TakeUnsealed([.. inOrder.Where(e => e.Sequence > seals[^1].UpTo)]);
        return check.End(_keys.Keys);
    }

    private IReadOnlyList<NoteVerifier>? Known(string tenant, string origin) => _keys.TryGetValue(tenant, out var keys) && keys.Origin == origin ? keys.All : [];

    public async Task<IReadOnlyList<Seal>> AllSeals()
    {
        await using var connection = await Database.OpenConnectionAsync(Stop);
        return await Seals.After(connection, 0, "", long.MaxValue, Stop).ToListAsync(Stop);
    }

    public async Task<IReadOnlyList<StoredEvent>> AllEvents()
    {
        await using var connection = await Database.OpenConnectionAsync(Stop);
        return await StoredEvents.After(connection, 0, long.MaxValue, Stop).ToListAsync(Stop);
    }

    public async Task<int> Owner(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Histories.DisposeAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
