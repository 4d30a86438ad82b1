using Auth.Projections.Proof;
using Npgsql;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Proof;

/// <summary>What happened is sealed in order, once, and nothing that could still come is passed over.</summary>
public sealed class SealingSpecs : IAsyncLifetime
{
    private SealedHistory _history = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _history = await SealedHistory.New();

    public ValueTask DisposeAsync() => _history.DisposeAsync();

    [Fact]
    public async Task every_event_has_one_leaf_in_its_instances_tree_in_the_order_of_numbers()
    {
        await _history.Lively();
        var events = await _history.AllEvents();

        (await _history.SealAll()).ShouldBe(events.Count);

        foreach (var one in (await _history.AllSeals()).GroupBy(seal => seal.Tenant))
            one.SelectMany(seal => seal.Sequences).ShouldBe(events.Where(e => e.Tenant == one.Key).Select(e => e.Sequence));
        (await _history.Verify()).ShouldSatisfyAllConditions(report => report.Findings.ShouldBeEmpty(), report => report.IsWhole.ShouldBeTrue(), report => report.Unsealed.ShouldBe(0));
    }

    [Fact]
    public async Task a_minute_lies_between_two_seals_unless_there_is_much()
    {
        await _history.Histories.Account(Ann, [AnnWithSecondFactor[0]]);
        (await _history.Sealing.Once(Ct)).ShouldBe(1);
        await _history.Histories.Account(Ann, [AnnWithSecondFactor[1]]);
        (await _history.Sealing.Once(Ct)).ShouldBe(0);
        _history.Histories.Clock.Advance(TimeSpan.FromMinutes(1));
        (await _history.Sealing.Once(Ct)).ShouldBe(1);
        await _history.Histories.Account(Id(8), AnnWithSecondFactor);
        (await _history.Sealing.Once(Ct)).ShouldBe(5);
    }

    [Fact]
    public async Task a_number_whose_transaction_was_taken_back_is_a_hole()
    {
        await _history.Owner("select nextval('auth.mt_events_sequence')");
        await _history.Histories.Account(Ann, AnnWithSecondFactor);

        (await _history.SealAll()).ShouldBe(6);

        (await _history.AllSeals())[0].Holes.ShouldBe([1]);
        (await _history.Verify()).IsWhole.ShouldBeTrue();
    }

    /// <summary>The number is taken, and the event comes after those with higher ones: nothing is sealed past it.</summary>
    [Fact]
    public async Task an_open_transaction_is_waited_for()
    {
        await _history.Histories.Account(Ann, AnnWithSecondFactor[..2]);
        await _history.SealAll();
        await using (var connection = await _history.Database.OpenConnectionAsync(Ct))
        {
            await using var open = await connection.BeginTransactionAsync(Ct);
            await using var takes = new NpgsqlCommand("update auth.mt_streams set timestamp = timestamp; select nextval('auth.mt_events_sequence')", connection, open);
            await takes.ExecuteNonQueryAsync(Ct);
            await _history.Histories.Account(Id(8), AnnWithSecondFactor[..1]);
            for (var look = 0; look < 6; look++)
            {
                _history.Histories.Clock.Advance(TimeSpan.FromMinutes(1));
                (await _history.Sealing.Once(Ct)).ShouldBe(0);
            }

            await using var late = new NpgsqlCommand($"insert into auth.mt_events select 3, gen_random_uuid(), stream_id, 3, data, bdata, type, timestamp, tenant_id from auth.mt_events where seq_id = 2; update auth.mt_streams set version = 3 where id = '{Ann}'", connection, open);
            await late.ExecuteNonQueryAsync(Ct);
            await open.CommitAsync(Ct);
        }

        (await _history.SealAll()).ShouldBe(2);
        (await _history.AllSeals()).SelectMany(seal => seal.Sequences).ShouldBe([1, 2, 3, 4]);
        (await _history.Verify()).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task many_hosts_at_once_make_one_tree()
    {
        await _history.Lively(12);
        var hosts = Enumerable.Range(0, 8).Select(_ => _history.Another(new(TimeSpan.Zero, 3))).ToArray();

        for (var round = 0; round < 8; round++) await Task.WhenAll(hosts.Select(host => Task.Run(() => host.Once(Ct), Ct)));

        while (await hosts[0].Once(Ct) > 0)
        {
        }

        var seals = (await _history.AllSeals()).Where(seal => seal.Tenant == "default").ToList();
        seals.Zip(seals.Skip(1)).ShouldAllBe(pair => pair.First.Size == pair.Second.Start);
        (await _history.Verify()).ShouldSatisfyAllConditions(report => report.IsWhole.ShouldBeTrue(), report => report.Unsealed.ShouldBe(0));
    }

    /// <summary>Even past the lock the second one is refused: a tree has one continuation.</summary>
    [Fact]
    public async Task a_second_continuation_is_refused_by_the_table()
    {
        await _history.Histories.Account(Ann, AnnWithSecondFactor);
        await _history.SealAll();

        (await Should.ThrowAsync<PostgresException>(() => _history.Owner("insert into auth.seals select * from auth.seals where start = 0"))).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
    }

    [Theory]
    [InlineData("update auth.seals set frontier = set_byte(frontier, 3, get_byte(frontier, 3) # 1)")]
    [InlineData("update auth.seals set note = replace(note, 'event 6', 'event 5')")]
    [InlineData("update auth.seals set note = 'fine'")]
    public async Task nothing_is_signed_on_top_of_what_was_not(string forged)
    {
        await _history.Histories.Account(Ann, AnnWithSecondFactor);
        await _history.SealAll();
        await _history.Owner(forged);
        await _history.Histories.Account(Id(8), AnnWithSecondFactor);
        _history.Histories.Clock.Advance(TimeSpan.FromMinutes(1));

        await Should.ThrowAsync<BrokenSealException>(() => _history.Sealing.Once(Ct));

        (await _history.Verify()).Findings.ShouldContain(finding => finding.Flaw == Flaw.Seal);
    }
}
