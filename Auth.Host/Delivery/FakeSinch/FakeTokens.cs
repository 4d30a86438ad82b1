using System.Text;
using System.Text.Json.Nodes;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>The OAuth2 token host.</summary>
internal static class FakeTokens
{
    public static async Task<IResult> IssueAsync(HttpRequest request, FakeSecrets secrets, FakeFaults faults, CancellationToken ct)
    {
        if (faults.Strikes(FaultKind.TokenTooManyRequests)) return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        if (!request.HasFormContentType || (await request.ReadFormAsync(ct))["grant_type"] != "client_credentials")
            return Refuse(400, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server");
        var (key, secret) = Basic(request.Headers.Authorization.ToString());
        return await secrets.IssueAsync(key, secret, ct) is { } token
            ? Results.Json(new JsonObject { ["access_token"] = token, ["expires_in"] = 3599, ["scope"] = "", ["token_type"] = "bearer" })
            : Refuse(401, "invalid_client", "Client authentication failed");
    }

    private static (string Key, string Secret) Basic(string header)
    {
        Span<byte> pair = stackalloc byte[512];
        return header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(header[6..].Trim(), pair, out var length)
            && Encoding.UTF8.GetString(pair[..length]).Split(':', 2) is [var key, var secret] ? (key, secret) : ("", "");
    }

    private static IResult Refuse(int status, string error, string description) =>
        Results.Json(new JsonObject { ["error"] = error, ["error_verbose"] = description, ["error_description"] = description, ["error_hint"] = "" }, statusCode: status);
}
