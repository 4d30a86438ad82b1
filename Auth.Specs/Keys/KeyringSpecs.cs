using Auth.Host.Keys;
using Marten;
using static Auth.Specs.Keys.KeyDatabase;

namespace Auth.Specs.Keys;

/// <summary>R85: one key for each purpose over all hosts, and none of them readable where it is stored.</summary>
public sealed class KeyringSpecs : IAsyncLifetime
{
    private KeyDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await KeyDatabase.New();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task hosts_that_ask_at_once_get_the_same_keys()
    {
        var hosts = Enumerable.Range(0, 4).Select(_ => _database.Host()).ToArray();

        var keys = await Task.WhenAll(hosts.Select(host => Task.Run(async () => await host.Of(Ours, Ct))));

        keys.Select(k => k.Index.Id).Distinct().Count().ShouldBe(1);
        keys.Select(k => Convert.ToHexString(k.Pepper.Mac("same"))).Distinct().Count().ShouldBe(1);
        (await _database.Rows()).Select(row => row.Purpose).ShouldBe(Enum.GetValues<KeyPurpose>(), ignoreOrder: true);
    }

    [Fact]
    public async Task a_host_that_comes_second_decides_over_what_the_first_one_stored()
    {
        using var gate = new ManualResetEventSlim();
        var (first, second) = (_database.Vault(), _database.Vault());
        await first.Of(Ours, Ct);
        var entered = new TaskCompletionSource();
        var deciding = Task.Run(() => first.Change(Ours, (keys, now) =>
        {
            entered.SetResult();
            gate.Wait(Ct);
            return KeySchedule.Rotate(KeyPurpose.Pepper, keys, now);
        }, Ct), Ct);
        await entered.Task;
        var waiting = second.Change(Ours, (keys, now) => KeySchedule.Rotate(KeyPurpose.Pepper, keys, now), Ct);
        while (!waiting.IsCompleted && !await SomebodyWaits()) await Task.Yield();

        gate.Set();
        await deciding;

        (await waiting).All.Where(k => k.Purpose == KeyPurpose.Pepper).Select(k => k.Generation).ShouldBe([1, 2, 3], ignoreOrder: true);
    }

    [Fact]
    public async Task hosts_that_meet_a_stranger_at_once_get_the_same_key()
    {
        var today = new DateOnly(2026, 3, 2);

        var keys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await _database.Host().OfStrangers(Ours, today, Ct))));

        keys.Select(k => k.Id).Distinct().Count().ShouldBe(1);
        keys[1].Open(keys[0].Seal("ann@example.com")).ShouldBe("ann@example.com");
    }

    [Fact]
    public async Task a_restarted_host_finds_what_was_made_before()
    {
        var before = await _database.Host().Of(Ours, Ct);

        (await _database.Host().Of(Ours, Ct)).Inbox.Open(before.Inbox.Seal("text")).ShouldBe("text");
    }

    [Fact]
    public async Task every_instance_and_every_purpose_has_a_key_of_its_own()
    {
        var host = _database.Host();
        var (ours, theirs) = (await host.Of(Ours, Ct), await host.Of(Theirs, Ct));

        Key[] all = [ours.Index, ours.Code, ours.Pepper, ours.Inbox, ours.Addresses, theirs.Index, theirs.Code, theirs.Pepper, theirs.Inbox, theirs.Addresses];

        all.Select(key => Convert.ToHexString(key.Mac("same"))).ShouldBeUnique();
    }

    [Theory]
    [InlineData(KeyPurpose.Code)]
    [InlineData(KeyPurpose.Pepper)]
    public async Task after_a_rotation_the_new_key_is_in_use_and_the_older_is_found_by_its_id(KeyPurpose purpose)
    {
        var host = _database.Host();
        var before = InUse(await host.Of(Ours, Ct), purpose);

        await host.Rotate(Ours, purpose, Ct);

        var after = await host.Of(Ours, Ct);
        InUse(after, purpose).Id.ShouldNotBe(before.Id);
        ById(after, purpose)[before.Id].Mac("same").ShouldBe(before.Mac("same"));
    }

    [Fact]
    public async Task a_key_that_another_host_made_is_found_by_its_id()
    {
        var (here, there) = (_database.Host(), _database.Host());
        await here.Of(Ours, Ct);
        await there.Rotate(Ours, KeyPurpose.Pepper, Ct);
        var made = (await there.Of(Ours, Ct)).Pepper;

        (await here.Of(Ours, made.Id, Ct)).Peppers[made.Id].Mac("same").ShouldBe(made.Mac("same"));
    }

    [Fact]
    public async Task revoked_code_keys_are_gone_from_the_database()
    {
        var host = _database.Host();
        var before = (await host.Of(Ours, Ct)).Code;

        await host.Revoke(Ours, KeyPurpose.Code, Ct);

        (await host.Of(Ours, before.Id, Ct)).Codes.ShouldNotContainKey(before.Id);
        (await _database.Rows()).ShouldNotContain(row => row.Id == before.Id);
    }

    [Fact]
    public async Task the_index_key_is_never_rotated() =>
        await Should.ThrowAsync<ArgumentException>(() => _database.Host().Rotate(Ours, KeyPurpose.Index, Ct));

    [Fact]
    public async Task a_key_of_strangers_goes_with_its_day_and_people_keep_theirs()
    {
        var host = _database.Host();
        var (old, recent) = (new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 2));
        var before = (Old: await host.OfStrangers(Ours, old, Ct), Recent: await host.OfStrangers(Ours, recent, Ct), Theirs: await host.OfStrangers(Theirs, old, Ct));
        var (ann, document) = host.NewPersonKey(Guid.CreateVersion7());
        await using var session = _database.Store.LightweightSession(Ours);
        session.Insert(document);
        await session.SaveChangesAsync(Ct);

        await host.DestroyStrangerKeysBefore(recent, Ct);

        (await Stored(Ours, before.Old.Id)).ShouldBeNull();
        (await Stored(Theirs, before.Theirs.Id)).ShouldBeNull();
        (await Stored(Ours, before.Recent.Id)).ShouldNotBeNull();
        host.Unwrap((await Stored(Ours, ann.Id))!).Open(ann.Seal("Ann")).ShouldBe("Ann");
    }

    [Fact]
    public async Task a_host_does_not_remember_a_day_whose_key_is_gone()
    {
        var (here, there) = (_database.Host(), _database.Host());
        var old = new DateOnly(2026, 3, 2);
        var before = await here.OfStrangers(Ours, old, Ct);
        _database.Clock.Advance(TimeSpan.FromDays(31));
        await there.DestroyStrangerKeysBefore(old.AddDays(1), Ct);

        await here.OfStrangers(Ours, old.AddDays(31), Ct);

        (await here.OfStrangers(Ours, old, Ct)).Open(before.Seal("ann@example.com")).ShouldBeNull();
    }

    private static Key InUse(InstanceKeys keys, KeyPurpose purpose) => purpose == KeyPurpose.Code ? keys.Code : keys.Pepper;

    private static IReadOnlyDictionary<Guid, Key> ById(InstanceKeys keys, KeyPurpose purpose) => purpose == KeyPurpose.Code ? keys.Codes : keys.Peppers;

    private async Task<PersonalKey?> Stored(string tenant, Guid id)
    {
        await using var session = _database.Store.QuerySession(tenant);
        return await session.LoadAsync<PersonalKey>(id, Ct);
    }
}
