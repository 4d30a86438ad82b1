using Auth.Host.Keys;
using Auth.Host.Sessions.Tokens;
using static Auth.Specs.Keys.KeyDatabase;
using static Auth.Specs.Tokens.TokenPlace;

namespace Auth.Specs.Tokens;

/// <summary>Signing keys follow each other without a token lost: announced, in use, still published, gone.</summary>
public sealed class SigningKeySpecs : IAsyncLifetime
{
    private TokenPlace _place = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _place = await TokenPlace.New();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task a_rotated_key_is_published_a_day_before_it_signs()
    {
        var (vault, keys, _) = _place.Host();
        var before = (await keys.Current(Ours, Ct)).KeyId;
        await Rotate(vault);

        (await Kids(keys)).Count.ShouldBe(2);
        (await keys.Current(Ours, Ct)).KeyId.ShouldBe(before);

        _place.Database.Clock.Advance(KeySchedule.Announced);
        (await keys.Current(Ours, Ct)).KeyId.ShouldBe((await Kids(keys))[1]);
    }

    [Fact]
    public async Task a_token_signed_just_before_the_change_is_read_after_it()
    {
        var (vault, _, tokens) = _place.Host();
        await Rotate(vault);
        _place.Database.Clock.Advance(KeySchedule.Announced - TimeSpan.FromSeconds(1));
        var jwt = await tokens.Mint(Ours, Ann, Ct);

        _place.Database.Clock.Advance(TimeSpan.FromSeconds(30));
        await vault.Change(Ours, KeySchedule.Due, Ct);

        (await tokens.Read(Ours, jwt, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task when_its_tokens_are_dead_the_old_key_is_gone()
    {
        var (vault, keys, _) = _place.Host();
        var before = (await keys.Current(Ours, Ct)).KeyId;
        await Rotate(vault);
        _place.Database.Clock.Advance(KeySchedule.Announced + KeySchedule.SigningKept);

        await vault.Change(Ours, KeySchedule.Due, Ct);

        (await Kids(keys)).ShouldNotContain(before);
        (await _place.Database.Rows()).Count(row => row.Purpose == KeyPurpose.Signing).ShouldBe(1);
    }

    [Fact]
    public async Task a_month_of_minutes_leaves_one_key_more_than_the_day_before()
    {
        var vault = _place.Host().Vault;
        await vault.Of(Ours, Ct);
        _place.Database.Clock.Advance(KeySchedule.SigningLife - KeySchedule.Announced);

        await vault.Change(Ours, KeySchedule.Due, Ct);
        await vault.Change(Ours, KeySchedule.Due, Ct);

        (await _place.Database.Rows()).Count(row => row.Purpose == KeyPurpose.Signing).ShouldBe(2);
    }

    [Fact]
    public async Task after_an_emergency_every_living_token_is_dead_and_new_ones_are_good()
    {
        var (vault, _, tokens) = _place.Host();
        var jwt = await tokens.Mint(Ours, Ann, Ct);

        await vault.Change(Ours, (keys, now) => KeySchedule.Revoke(KeyPurpose.Signing, keys, now), Ct);

        (await tokens.Read(Ours, jwt, Ct)).ShouldBeNull();
        (await tokens.Read(Ours, await tokens.Mint(Ours, Ann, Ct), Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task another_hosts_new_key_is_looked_for_once_in_a_while()
    {
        var (here, there) = (_place.Host(), _place.Host());
        await here.Keys.Current(Ours, Ct);
        (await here.Tokens.Read(Ours, await Unknown(), Ct)).ShouldBeNull();
        await there.Vault.Change(Ours, (keys, now) => KeySchedule.Revoke(KeyPurpose.Signing, keys, now), Ct);
        var jwt = await there.Tokens.Mint(Ours, Ann, Ct);

        (await here.Tokens.Read(Ours, jwt, Ct)).ShouldBeNull();

        _place.Database.Clock.Advance(TimeSpan.FromSeconds(10));
        (await here.Tokens.Read(Ours, jwt, Ct)).ShouldNotBeNull();
    }

    // A good token of a key that nobody here knows.
    private async Task<string> Unknown() => await _place.Host(tenant: Theirs).Tokens.Mint(Theirs, Ann, Ct);

    private static Task<OpenKeys> Rotate(Vault vault) => vault.Change(Ours, (keys, now) => KeySchedule.Rotate(KeyPurpose.Signing, keys, now), Ct);

    private static async Task<IReadOnlyList<string>> Kids(SigningKeys keys) => [.. (await keys.Published(Ours, Ct)).Select(key => key.KeyId)];
}
