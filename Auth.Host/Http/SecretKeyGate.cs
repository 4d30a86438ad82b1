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
        if (http.RequestServices.GetRequiredService<ApiKeys>().Opens(offered)) return next(http);
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemJson.Write(http, Problems.NotAuthenticated.Answer());
    }
}
