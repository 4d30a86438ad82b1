using Auth.Projections.Proof;
using static Auth.Specs.Reading.Histories;

namespace Auth.Specs.Proof;

/// <summary>What the owner of the database does to the history, and what is said of it (R86).</summary>
public sealed class TamperingSpecs : IAsyncLifetime
{
    private SealedHistory _history = null!;

    public async ValueTask InitializeAsync()
    {
        _history = await SealedHistory.New();
        await _history.Lively();
        await _history.SealAll();
    }

    public ValueTask DisposeAsync() => _history.DisposeAsync();

    [Theory]
    [InlineData("update auth.mt_events set data = jsonb_set(data, '{session}', '\"00000000-0000-0000-0000-00000000002a\"') where type = 'sign_in.converted' and seq_id = 12", 12, Flaw.Changed)]
    [InlineData("update auth.mt_events set type = 'sign_in.second_factor_rejected' where seq_id = 11", 11, Flaw.Changed)]
    [InlineData("update auth.mt_events set timestamp = timestamp + interval '1 microsecond' where seq_id = 9", 9, Flaw.Changed)]
    [InlineData("update auth.mt_events set timestamp = 'infinity' where seq_id = 9", 9, Flaw.Changed)]
    [InlineData("update auth.mt_events set headers = headers - 'trace' where seq_id = 8", 8, Flaw.Changed)]
    [InlineData("update auth.mt_events set data = (repeat('[', 5000) || repeat(']', 5000))::jsonb where seq_id = 8", 8, Flaw.Changed)]
    [InlineData("update auth.mt_events set user_name = 'key_1f2e3d4c' where seq_id = 3", 3, Flaw.Changed)]
    [InlineData("delete from auth.mt_events where seq_id = 10", 10, Flaw.Deleted)]
    [InlineData("update auth.mt_events set seq_id = 999 where seq_id = 10", 10, Flaw.Moved)]
    [InlineData("update auth.mt_events set tenant_id = 'other', stream_id = (select id from auth.mt_streams where tenant_id = 'other') , version = 99 where seq_id = 10", 10, Flaw.Deleted)]
    [InlineData("update auth.mt_events set is_archived = true where seq_id = 7", 7, Flaw.Hidden)]
    [InlineData("update auth.mt_streams set is_archived = true where id = '00000064-0000-0000-0000-000000000000'", 7, Flaw.Hidden)]
    [InlineData("update auth.mt_streams set version = 5 where id = '00000064-0000-0000-0000-000000000000'", 12, Flaw.Stream)]
    [InlineData("delete from auth.mt_events where seq_id > 30", 31, Flaw.Truncated)]
    public async Task is_found_at_its_place(string sql, long position, Flaw flaw)
    {
        (await _history.Owner(sql)).ShouldBeGreaterThan(0);

        var first = (await _history.Verify()).Findings.First(finding => finding.Flaw != Flaw.Stream || flaw == Flaw.Stream);

        (first.Position, first.Flaw).ShouldBe((position, flaw), first.Sentence);
    }

    [Fact]
    public async Task two_events_that_changed_places_are_told_as_moved()
    {
        await _history.Owner("update auth.mt_events set seq_id = -seq_id where seq_id in (9, 10); update auth.mt_events set seq_id = case seq_id when -9 then 10 else 9 end where seq_id < 0");

        (await _history.Verify()).Findings.Where(finding => finding.Flaw == Flaw.Moved).Select(finding => finding.Position).ShouldBe([9, 10]);
    }

    [Fact]
    public async Task an_event_that_was_slipped_into_a_hole_is_found()
    {
        await _history.Owner("select nextval('auth.mt_events_sequence')");
        await _history.Histories.Account(Id(8), AnnWithSecondFactor[..1]);
        await _history.SealAll();
        var hole = (await _history.AllSeals()).SelectMany(seal => seal.Holes).Single();
        await _history.Owner($"insert into auth.mt_events select {hole}, gen_random_uuid(), stream_id, 7, data, bdata, type, timestamp, tenant_id from auth.mt_events where seq_id = 6; update auth.mt_streams set version = 7 where id = '{Ann}'");

        var finding = (await _history.Verify()).Findings.ShouldHaveSingleItem();

        (finding.Position, finding.Flaw).ShouldBe((hole, Flaw.Inserted));
    }

    [Fact]
    public async Task changed_hashes_in_a_seal_are_not_taken_for_changed_events()
    {
        await _history.Owner("update auth.seals set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) where start = 5 and tenant_id = 'default'");

        (await _history.Verify()).Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(finding => finding.Flaw.ShouldBe(Flaw.Seal), finding => finding.Position.ShouldBe(6));
    }

    /// <summary>Who knows how seals are made changes them with the event; who signs them is not in the database.</summary>
    [Fact]
    public async Task an_event_and_its_hash_changed_together_do_not_lead_to_the_root_that_was_signed()
    {
        var before = (await _history.AllEvents())[6];
        await _history.Owner($"update auth.mt_events set type = 'sign_in.expired' where seq_id = {before.Sequence}");
        var after = (await _history.AllEvents())[6].Hash();
        var seal = (await _history.AllSeals()).Single(one => one.Sequences.Contains(before.Sequence));
        await _history.Owner($"update auth.seals set hashes = overlay(hashes placing '\\x{Convert.ToHexStringLower(after)}'::bytea from {Array.IndexOf(seal.Sequences, before.Sequence) * 32 + 1}) where start = {seal.Start} and tenant_id = 'default'");

        var finding = (await _history.Verify()).Findings[0];

        (finding.Flaw, finding.Position).ShouldBe((Flaw.Rewritten, seal.Sequences[0]));
    }

    /// <summary>Whatever somebody writes into the seals, the check comes to an end.</summary>
    [Theory]
    [InlineData("update auth.seals set start = 9000000000000000000 where start = 5")]
    [InlineData("update auth.seals set start = -5 where start = 5")]
    [InlineData("update auth.seals set sequences = '{}' where start = 5")]
    [InlineData("update auth.seals set sequences = '{9,8,7,6,5}' where start = 5")]
    [InlineData("update auth.seals set hashes = ''")]
    [InlineData("update auth.seals set note = ''")]
    [InlineData("update auth.seals set up_to = 0 where start = 5")]
    [InlineData("insert into auth.seals select 'third', start, after, up_to, sequences, hashes, holes, frontier, note, made from auth.seals where tenant_id = 'default'")]
    public async Task nonsense_in_the_seals_is_a_finding(string sql)
    {
        (await _history.Owner(sql)).ShouldBeGreaterThan(0);

        (await _history.Verify()).Findings.ShouldContain(finding => finding.Flaw == Flaw.Seal);
    }

    [Fact]
    public async Task a_seal_that_is_gone_is_missed()
    {
        await _history.Owner("delete from auth.seals where start = 5 and tenant_id = 'default'");

        (await _history.Verify()).Findings.ShouldHaveSingleItem().Flaw.ShouldBe(Flaw.Seal);
    }

    /// <summary>Events, streams and seals cut at one place: the database agrees with itself, a witness does not.</summary>
    [Fact]
    public async Task a_tail_cut_off_with_its_seals_is_known_to_a_witness()
    {
        var last = (await _history.AllSeals()).Last(seal => seal.Tenant == "default");
        var kept = SignedNote.Parse(last.Note)!;
        (await _history.Verify(kept)).ShouldSatisfyAllConditions(report => report.IsWhole.ShouldBeTrue(), report => report.Witnessed.ShouldBe(1));
        var (cut, left) = (last.Sequences[0], (await _history.AllSeals()).Last(seal => seal.Tenant == "default" && seal.Start < last.Start).Sequences[^1]);
        await _history.Owner($"""
            delete from auth.seals where up_to >= {cut}; delete from auth.mt_events where seq_id >= {cut};
            update auth.mt_streams s set version = coalesce((select max(version) from auth.mt_events e where e.stream_id = s.id and e.tenant_id = s.tenant_id), 0);
            delete from auth.mt_streams where version = 0
            """);

        (await _history.Verify()).Findings.ShouldBeEmpty();
        (await _history.Verify(kept)).Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(finding => finding.Flaw.ShouldBe(Flaw.Truncated), finding => finding.Position.ShouldBe(left + 1));
    }

    [Fact]
    public async Task a_history_made_up_anew_is_known_to_a_witness()
    {
        var kept = SignedNote.Parse((await _history.AllSeals())[1].Note)!;
        await _history.Owner("delete from auth.seals; update auth.mt_events set type = 'sign_in.expired' where seq_id = 7");
        await _history.SealAll();

        (await _history.Verify()).Findings.ShouldBeEmpty();
        (await _history.Verify(kept)).Findings.ShouldHaveSingleItem().Flaw.ShouldBe(Flaw.Rewritten);
    }

    [Fact]
    public async Task a_checkpoint_of_somebody_else_proves_nothing()
    {
        var other = new NoteSigner("auth.example.com/default/00000001", [.. Enumerable.Repeat((byte)8, 32)]);
        var forged = other.Sign(SignedNote.Parse((await _history.AllSeals())[0].Note)!.Text);

        (await _history.Verify(forged)).ShouldSatisfyAllConditions(report => report.Findings.ShouldBeEmpty(), report => report.NotChecked.Count.ShouldBe(1), report => report.IsWhole.ShouldBeFalse());
    }
}
