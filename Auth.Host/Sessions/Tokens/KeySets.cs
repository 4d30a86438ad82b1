using System.Text.Json;
using Auth.Host.Http;
using Auth.Host.Instances;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Host.Sessions.Tokens;

/// <summary>A public key, as RFC 7517 writes it.</summary>
public sealed record PublicKey(string Kid, string Alg, string Use, string Kty, string Crv, string X, string Y);

/// <summary>The public keys of an instance.</summary>
public sealed record KeySet(IReadOnlyList<PublicKey> Keys)
{
    internal static KeySet Of(IEnumerable<ECDsaSecurityKey> keys) => new([.. keys.Select(key =>
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new PublicKey(key.KeyId, SecurityAlgorithms.EcdsaSha256, "sig", "EC", "P-256", Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
    })]);
}

/// <summary>Where apps learn which keys sign.</summary>
public static class KeySets
{
    private static readonly JsonSerializerOptions Snake = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The two public documents, and the key set once more in the Backend API.</summary>
    public static void MapKeySets(this IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/jwks.json", Published);
        app.MapGet("/.well-known/openid-configuration", Configuration);
        app.MapGet("/v1/jwks", Published).RequireSecretKey();
    }

    /// <summary>The keys that sign session tokens, the next one included. Do not keep it for more than an hour.</summary>
    public static async Task<JsonHttpResult<KeySet>> Published(Tenant tenant, HttpResponse response, SigningKeys keys, CancellationToken ct)
    {
        // Short enough for an emergency; the ordinary next key is here a day before it signs.
        response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Json(KeySet.Of(await keys.Published(tenant.Id, ct)), Snake);
    }

    /// <summary>Who issues session tokens and where its keys are: what <c>Authority</c> of an ASP.NET app reads.</summary>
    public static JsonHttpResult<OpenIdConfiguration> Configuration(Tenant tenant, SessionTokens tokens) =>
        TypedResults.Json(OpenIdConfiguration.Of(tokens.Issuer(tenant.Id)), Snake);
}
