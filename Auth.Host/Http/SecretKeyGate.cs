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
        // The key says whose people it opens (R76). Under the name of another instance it opens nothing: somebody has mixed them up.
        if (http.RequestServices.GetRequiredService<Tenants>().OpenedBy(Bearer(http)) is { } opened && (http.Features.Get<Tenant>() is not { } named || named == opened))
        {
            http.Features.Set(opened);
            return next(http);
        }

        return Refuse(http);
    }

    /// <summary>What came as <c>Authorization: Bearer …</c>; null where nothing did.</summary>
    internal static string? Bearer(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    /// <summary>The one answer to whoever has not the key that it takes.</summary>
    internal static Task Refuse(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemJson.Write(http, Problems.NotAuthenticated.Answer());
    }
}
