using Auth.Host.Sessions.Tokens;
using static Auth.Specs.Keys.KeyDatabase;
using static Auth.Specs.Tokens.TokenPlace;

namespace Auth.Specs.Tokens;

/// <summary>R67, R73: what a token says.</summary>
public sealed class SessionTokenSpecs : IAsyncLifetime
{
    private TokenPlace _place = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _place = await TokenPlace.New();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task the_header_names_algorithm_type_and_key_and_nothing_else()
    {
        var (_, keys, tokens) = _place.Host();

        var header = Part(await tokens.Mint(Ours, Ann, Ct), 0);

        header.EnumerateObject().Select(p => p.Name).ShouldBe(["alg", "typ", "kid"], ignoreOrder: true);
        (header.GetProperty("alg").GetString(), header.GetProperty("typ").GetString(), header.GetProperty("kid").GetString())
            .ShouldBe(("ES256", "JWT", (await keys.Current(Ours, Ct)).KeyId));
    }

    [Fact]
    public async Task the_claims_tell_whose_session_it_is_and_how_it_was_proved()
    {
        var claims = Part(await _place.Host(audience: "https://api.example.com").Tokens.Mint(Ours, Ann, Ct), 1);
        var (nine, jti) = (NineOClock.ToUnixTimeSeconds(), claims.GetProperty("jti").GetString());

        claims.GetRawText().ShouldBe(
            $$"""{"azp":"https://app.example.com","aud":"https://api.example.com","exp":{{nine + 60}},"iat":{{nine}},"nbf":{{nine - 10}},"iss":"https://auth.example.com","jti":"{{jti}}","sub":"{{Ann.UserId}}","sid":"{{Ann.SessionId}}","sts":"active","auth_time":{{nine - 180}},"fva":[4,3],"amr":["pwd","sms","mfa"],"v":2}""");
    }

    [Fact]
    public async Task without_a_second_factor_its_age_is_minus_one() =>
        Part(await _place.Host().Tokens.Mint(Ours, Ann with { SecondFactorAt = null }, Ct), 1).GetProperty("fva").GetRawText().ShouldBe("[4,-1]");

    [Theory]
    [InlineData("aud")]
    [InlineData("azp")]
    public async Task what_is_not_known_is_not_claimed(string claim) =>
        Part(await _place.Host().Tokens.Mint(Ours, Ann with { AuthorizedParty = null }, Ct), 1).TryGetProperty(claim, out _).ShouldBeFalse();

    [Fact]
    public async Task two_tokens_are_never_the_same()
    {
        var tokens = _place.Host().Tokens;

        (await tokens.Mint(Ours, Ann, Ct)).ShouldNotBe(await tokens.Mint(Ours, Ann, Ct));
    }

    [Fact]
    public async Task every_host_reads_what_one_has_signed()
    {
        var jwt = await _place.Host().Tokens.Mint(Ours, Ann, Ct);

        (await _place.Host().Tokens.Read(Ours, jwt, Ct))
            .ShouldBe(new SessionClaims(Ann.UserId, Ann.SessionId, "https://app.example.com", NineOClock, NineOClock.AddMinutes(1)));
    }

    [Fact]
    public async Task after_a_minute_it_is_dead()
    {
        var tokens = _place.Host().Tokens;
        var jwt = await tokens.Mint(Ours, Ann, Ct);

        _place.Database.Clock.Advance(TimeSpan.FromSeconds(59));
        (await tokens.Read(Ours, jwt, Ct)).ShouldNotBeNull();

        _place.Database.Clock.Advance(TimeSpan.FromSeconds(1));
        (await tokens.Read(Ours, jwt, Ct)).ShouldBeNull();
    }
}
