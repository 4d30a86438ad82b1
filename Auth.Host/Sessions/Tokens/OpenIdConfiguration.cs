namespace Auth.Host.Sessions.Tokens;

/// <summary>
/// The discovery document in Clerk's shape. Apps read <c>issuer</c> and <c>jwks_uri</c>; the addresses of an OAuth server are named because the shape
/// demands them, and the empty lists beside them say that none of it is offered.
/// </summary>
public sealed record OpenIdConfiguration(
    string Issuer, string AuthorizationEndpoint, string TokenEndpoint, string RevocationEndpoint, string IntrospectionEndpoint, string UserinfoEndpoint, string JwksUri,
    IReadOnlyList<string> ScopesSupported, IReadOnlyList<string> ResponseTypesSupported, IReadOnlyList<string> ResponseModesSupported,
    IReadOnlyList<string> GrantTypesSupported, IReadOnlyList<string> SubjectTypesSupported, IReadOnlyList<string> IdTokenSigningAlgValuesSupported,
    IReadOnlyList<string> TokenEndpointAuthMethodsSupported, IReadOnlyList<string> ClaimsSupported, IReadOnlyList<string> CodeChallengeMethodsSupported,
    bool BackchannelLogoutSupported, bool FrontchannelLogoutSupported)
{
    internal static OpenIdConfiguration Of(string issuer) => new(
        issuer, $"{issuer}/oauth/authorize", $"{issuer}/oauth/token", $"{issuer}/oauth/token/revoke", $"{issuer}/oauth/token_info", $"{issuer}/oauth/userinfo",
        $"{issuer}/.well-known/jwks.json",
        ScopesSupported: [], ResponseTypesSupported: [], ResponseModesSupported: [], GrantTypesSupported: [],
        SubjectTypesSupported: ["public"], IdTokenSigningAlgValuesSupported: ["ES256"], TokenEndpointAuthMethodsSupported: [],
        ClaimsSupported: ["amr", "aud", "auth_time", "azp", "exp", "fva", "iat", "iss", "jti", "nbf", "sid", "sts", "sub", "v"],
        CodeChallengeMethodsSupported: [], BackchannelLogoutSupported: false, FrontchannelLogoutSupported: false);
}
