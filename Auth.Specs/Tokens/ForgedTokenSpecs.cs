using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Auth.Host.Keys;
using Auth.Host.Sessions.Tokens;
using Microsoft.IdentityModel.Tokens;
using static Auth.Specs.Keys.KeyDatabase;
using static Auth.Specs.Tokens.TokenPlace;

namespace Auth.Specs.Tokens;

/// <summary>R68, the forged token table: everything in it is refused, also when the signature is good.</summary>
public sealed class ForgedTokenSpecs : IAsyncLifetime
{
    private const string Audience = "https://api.example.com";

    private readonly ECDsa _thief = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private TokenPlace _place = null!;
    private SessionTokens _tokens = null!;
    private ECDsa _ours = null!;
    private JsonNode _header = null!, _claims = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _place = await TokenPlace.New();
        (var vault, _, _tokens) = _place.Host(Audience);
        _ours = (await vault.Of(Ours, Ct)).All.Single(k => k.Purpose == KeyPurpose.Signing).Signer();
        var real = await _tokens.Mint(Ours, Ann, Ct);
        (_header, _claims) = (JsonNode.Parse(Part(real, 0).GetRawText())!, JsonNode.Parse(Part(real, 1).GetRawText())!);
    }

    public async ValueTask DisposeAsync()
    {
        _thief.Dispose();
        _ours.Dispose();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task the_forger_at_work_here_can_make_a_good_one() => (await _tokens.Read(Ours, Signed(_ours), Ct)).ShouldNotBeNull();

    [Theory]
    [InlineData("alg", "none")]
    [InlineData("alg", "None")]
    [InlineData("alg", "HS256")]
    [InlineData("alg", "ES384")]
    [InlineData("alg", "RS256")]
    [InlineData("alg", null)]
    [InlineData("typ", "at+jwt")]
    [InlineData("typ", "logout+jwt")]
    [InlineData("typ", null)]
    [InlineData("kid", "00000000000000000000000000000000")]
    [InlineData("kid", "../../dev/null")]
    [InlineData("kid", "")]
    [InlineData("kid", null)]
    [InlineData("jku", "https://thief.example.com/jwks.json")]
    [InlineData("x5u", "https://thief.example.com/cert.pem")]
    [InlineData("x5c", "MIIB")]
    [InlineData("jwk", "{}")]
    [InlineData("crit", "exp")]
    [InlineData("zip", "DEF")]
    [InlineData("cty", "JWT")]
    public async Task a_header_of_another_kind_is_refused_even_over_a_good_signature(string name, string? value) =>
        await Refused(() => Set(_header, name, value), _ours);

    [Theory]
    [InlineData("iss", "https://thief.example.com")]
    [InlineData("iss", "https://auth.example.com/")]
    [InlineData("iss", null)]
    [InlineData("aud", "https://other.example.com")]
    [InlineData("aud", null)]
    [InlineData("exp", null)]
    [InlineData("sub", null)]
    [InlineData("sub", "")]
    [InlineData("sid", null)]
    public async Task claims_of_another_kind_are_refused_even_over_a_good_signature(string name, string? value) =>
        await Refused(() => Set(_claims, name, value), _ours);

    [Theory]
    [InlineData("exp", 0)]
    [InlineData("exp", -1)]
    [InlineData("exp", -3600)]
    [InlineData("nbf", 1)]
    [InlineData("nbf", 3600)]
    public async Task a_time_that_is_over_or_has_not_come_is_refused(string name, int secondsFromNow) =>
        await Refused(() => _claims[name] = NineOClock.ToUnixTimeSeconds() + secondsFromNow, _ours);

    [Fact]
    public async Task anothers_signature_is_refused() => await Refused(() => { }, _thief);

    [Fact]
    public async Task anothers_key_inside_the_header_is_refused()
    {
        var key = _thief.ExportParameters(includePrivateParameters: false).Q;
        await Refused(() => _header["jwk"] = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64UrlEncoder.Encode(key.X),
            ["y"] = Base64UrlEncoder.Encode(key.Y),
        }, _thief);
    }

    [Fact]
    public async Task the_public_key_is_no_password()
    {
        _header["alg"] = "HS256";
        byte[][] secrets = [_ours.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(_ours.ExportSubjectPublicKeyInfoPem()), _ours.ExportParameters(false).Q.X!];

        foreach (var secret in secrets) (await _tokens.Read(Ours, Join(HMACSHA256.HashData(secret, Signable())), Ct)).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    [InlineData("bnVsbA.bnVsbA.bnVsbA")]
    [InlineData("WzFd.WzFd.WzFd")]
    [InlineData("héllo.wörld.!")]
    public async Task what_is_no_token_is_refused(string text) => (await _tokens.Read(Ours, text, Ct)).ShouldBeNull();

    [Fact]
    public async Task no_signature_and_half_a_signature_are_refused()
    {
        var whole = _ours.SignData(Signable(), HashAlgorithmName.SHA256);

        foreach (var signature in (byte[][])[[], whole[..32], new byte[64], [.. whole, 0]]) (await _tokens.Read(Ours, Join(signature), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task a_token_of_another_instance_is_refused() =>
        (await _tokens.Read(Ours, await _place.Host(Audience, tenant: Theirs).Tokens.Mint(Theirs, Ann, Ct), Ct)).ShouldBeNull();

    [Fact]
    public async Task an_endless_one_is_refused() =>
        (await _tokens.Read(Ours, await _tokens.Mint(Ours, Ann with { AuthorizedParty = new string('a', 5000) }, Ct), Ct)).ShouldBeNull();

    private async Task Refused(Action change, ECDsa signer)
    {
        change();
        (await _tokens.Read(Ours, Signed(signer), Ct)).ShouldBeNull();
    }

    private static void Set(JsonNode node, string name, string? value)
    {
        if (value is null) node.AsObject().Remove(name);
        else node[name] = name is "x5c" or "crit" ? new JsonArray(value) : name == "jwk" ? JsonNode.Parse(value) : JsonValue.Create(value);
    }

    private string Signed(ECDsa signer) => Join(signer.SignData(Signable(), HashAlgorithmName.SHA256));

    private byte[] Signable() => Encoding.ASCII.GetBytes($"{Base64UrlEncoder.Encode(_header.ToJsonString())}.{Base64UrlEncoder.Encode(_claims.ToJsonString())}");

    private string Join(byte[] signature) => $"{Encoding.ASCII.GetString(Signable())}.{Base64UrlEncoder.Encode(signature)}";
}
