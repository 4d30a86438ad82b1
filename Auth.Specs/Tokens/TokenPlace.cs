using System.Text.Json;
using Auth.Host.Keys;
using Auth.Host.Sessions.Tokens;
using Auth.Specs.Given;
using Auth.Specs.Keys;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using static Auth.Specs.Keys.KeyDatabase;

namespace Auth.Specs.Tokens;

/// <summary>Hosts that sign tokens over one database, at a time that a spec moves.</summary>
public sealed class TokenPlace(KeyDatabase database) : IAsyncDisposable
{
    public static readonly TokenSubject Ann = new(
        "user_0000000000000000000000000a", "sess_0000000000000000000000000a", "https://app.example.com",
        NineOClock.AddMinutes(-3), FirstFactorAt: NineOClock.AddMinutes(-4), SecondFactorAt: NineOClock.AddMinutes(-3), ["pwd", "sms", "mfa"], "active");

    public KeyDatabase Database => database;

    public static async Task<TokenPlace> New() => new(await KeyDatabase.New());

    /// <summary>Another host: its memory of the keys, and its tokens. That of another instance under the same address differs in nothing but its keys.</summary>
    public (Vault Vault, SigningKeys Keys, SessionTokens Tokens) Host(string? audience = null, string issuer = "https://auth.example.com", TimeProvider? clock = null, string tenant = Ours)
    {
        var vault = database.Vault();
        var keys = new SigningKeys(vault, clock ?? database.Clock);
        return (vault, keys, new SessionTokens(keys, new(Instances.At(issuer, tenant)), clock ?? database.Clock, Options.Create(new TokenOptions { Audience = audience })));
    }

    /// <summary>One of the three parts of a token.</summary>
    public static JsonElement Part(string jwt, int part) => JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(jwt.Split('.')[part])).RootElement;

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
