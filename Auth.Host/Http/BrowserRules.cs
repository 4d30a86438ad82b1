namespace Auth.Host.Http;

/// <summary>What every answer tells a browser not to do with it (R83): nothing in it runs or loads, it is shown in no frame, it tells nobody where it stood, and it is what it says it is.</summary>
public static class BrowserRules
{
    /// <summary>For answers that are no page: the most a browser may do is read them.</summary>
    public const string Nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>For a page of ours whose script, style and data come from this host alone, as files: nothing inline runs.</summary>
    public const string OwnFiles = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    private sealed record Policy(string? Words);

    /// <summary>Marks a page of ours.</summary>
    public static TBuilder LoadsOwnFiles<TBuilder>(this TBuilder page) where TBuilder : IEndpointConventionBuilder => page.WithMetadata(new Policy(OwnFiles));

    /// <summary>Marks a page of somebody else's making, in Development only: its script is inline.</summary>
    public static TBuilder LoadsWhatItWants<TBuilder>(this TBuilder page) where TBuilder : IEndpointConventionBuilder => page.WithMetadata(new Policy(null));

    /// <summary>Those rules, and the styles that stand in the answer itself, each known by its SHA-256: no other one is applied.</summary>
    public static string Styled(string rules, IEnumerable<string> styles) => $"{rules}; style-src {string.Join(' ', styles.Select(style => $"'sha256-{style}'"))}";

    /// <summary>This answer brings these styles.</summary>
    internal static void Allow(HttpContext http, IEnumerable<string> styles) => http.Features.Set(new Policy(Styled(Nothing, styles)));

    internal static Task Say(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(Write, http);
        return next(http);
    }

    private static Task Write(object of)
    {
        var http = (HttpContext)of;
        var (headers, policy) = (http.Response.Headers, http.Features.Get<Policy>() ?? http.GetEndpoint()?.Metadata.GetMetadata<Policy>());
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if ((policy is null ? Nothing : policy.Words) is { } words) headers.ContentSecurityPolicy = words;
        return Task.CompletedTask;
    }
}
