using Auth.Host.Instances;

namespace Auth.Host.Http;

/// <summary>Marks the Backend API: nothing is bound or read for who has not the secret key.</summary>
public static class SecretKeyGate
{
    private sealed record Needed;

    /// <summary>Only with <c>Authorization: Bearer sk_…</c>.</summary>
    public static TBuilder RequireSecretKey<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new Needed());

    internal static Task Guard(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Needed>() is null) return next(http);
        var header = http.Request.Headers.Authorization.ToString();
        var offered = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
        // The key says whose people it opens (R76). Under the name of another instance it opens nothing: somebody has mixed them up.
        if (http.RequestServices.GetRequiredService<Tenants>().OpenedBy(offered) is { } opened && (http.Features.Get<Tenant>() is not { } named || named == opened))
        {
            http.Features.Set(opened);
            return next(http);
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemJson.Write(http, Problems.NotAuthenticated.Answer());
    }
}
