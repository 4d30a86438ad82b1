using Auth.Projections.Proof;
using Npgsql;

namespace Auth.Specs.Proof;

/// <summary>Whatever the owner of the database does to the events is found, at its place; and what nobody touched is never accused (R86).</summary>
public sealed class MutationSpecs : IAsyncLifetime
{
    private const int InMemory = 1200, InTheDatabase = 48, Seed = 20261124;
    private SealedHistory _history = null!;
    private IReadOnlyList<Seal> _seals = [];
    private IReadOnlyList<StoredEvent> _events = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _history = await SealedHistory.New();
        await _history.Owner("select nextval('auth.mt_events_sequence')");
        await _history.Lively(4);
        await _history.Owner("select nextval('auth.mt_events_sequence'), nextval('auth.mt_events_sequence')");
        for (var n = 4; n < 8; n++) await _history.Attempt(n);
        await _history.SealAll();
        (_seals, _events) = (await _history.AllSeals(), await _history.AllEvents());
    }

    public ValueTask DisposeAsync() => _history.DisposeAsync();

    [Fact]
    public void every_one_of_them_is_found_at_its_place()
    {
        var random = new Random(Seed);
        long[] holes = [.. _seals.SelectMany(seal => seal.Holes).Distinct()];
        holes.Length.ShouldBe(3);
        _history.Check(_seals, _events).Findings.ShouldBeEmpty();

        for (var n = 0; n < InMemory; n++)
        {
            var mutation = Mutation.Draw(n % Mutation.Kinds, random, _events, holes);
            var report = _history.Check(_seals, mutation.Of(_events));
            (report.Findings.Count == 0 ? -1 : report.Findings[0].Position).ShouldBe(mutation.First, $"{n}: {mutation}");
        }
    }

    [Fact]
    public async Task so_are_they_in_the_database()
    {
        var random = new Random(Seed + 1);
        long[] holes = [.. _seals.SelectMany(seal => seal.Holes).Distinct()];
        await using var connection = await _history.Database.OpenConnectionAsync(Ct);
        for (var n = 0; n < InTheDatabase; n++)
        {
            var mutation = Mutation.Draw(n % Mutation.Kinds, random, _events, holes);
            await using var taken = await connection.BeginTransactionAsync(Ct);
            await Do(mutation, connection);
            var findings = (await _history.Verify(connection)).Findings.Where(finding => finding.Flaw != Flaw.Stream).ToList();
            (findings.Count == 0 ? -1 : findings[0].Position).ShouldBe(mutation.First, $"{n}: {mutation}");
            await taken.RollbackAsync(Ct);
        }

        (await _history.Verify()).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task what_nobody_touched_is_never_accused_however_it_was_sealed()
    {
        var random = new Random(Seed + 2);
        for (var round = 0; round < 12; round++)
        {
            await _history.Owner("delete from auth.seals");
            await _history.SealAll(_history.Another(new(TimeSpan.Zero, random.Next(1, 9))));

            (await _history.Verify()).ShouldSatisfyAllConditions(report => report.Findings.ShouldBeEmpty(), report => report.IsWhole.ShouldBeTrue(), report => report.Unsealed.ShouldBe(0));
        }
    }

    /// <summary>No key of the database stops its owner.</summary>
    private static async Task Do(Mutation mutation, NpgsqlConnection connection)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("set local session_replication_role = replica"));
        foreach (var e in mutation.Gone) batch.BatchCommands.Add(new("delete from auth.mt_events where seq_id = $1") { Parameters = { new() { Value = e.Sequence } } });
        foreach (var e in mutation.New)
            batch.BatchCommands.Add(new("""
                insert into auth.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name)
                values ($1, $2, $3, $4, $5::jsonb, $6, timestamptz 'epoch' + $7 * interval '1 microsecond', $8, $9, $10, $11, $12::jsonb, $13)
                """)
            {
                Parameters =
                {
                    new() { Value = e.Sequence }, new() { Value = e.Id }, Text(e.Stream), new() { Value = e.Version }, new() { Value = e.Data }, new() { Value = e.Type }, new() { Value = e.Time },
                    Text(e.Tenant), Text(e.Class), Text(e.Correlation), Text(e.Causation), Text(e.Headers), Text(e.User),
                },
            });
        await batch.ExecuteNonQueryAsync(Ct);
    }

    private static NpgsqlParameter Text(object? value) => new() { Value = value ?? DBNull.Value };
}
