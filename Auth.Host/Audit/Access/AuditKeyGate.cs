using Auth.Host.Http;
using Auth.Host.Instances;

namespace Auth.Host.Audit.Access;

/// <summary>Marks the audit API: nothing is bound or read for who has no auditor's key.</summary>
public static class AuditKeyGate
{
    private sealed record Needed;

    /// <summary>Only with <c>Authorization: Bearer ak_…</c>.</summary>
    public static TBuilder RequireAuditKey<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new Needed());

    internal static Task Guard(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Needed>() is null) return next(http);
        // As with the secret key: it says whose histories it opens, and under the name of another instance it opens none (R76).
        if (http.RequestServices.GetRequiredService<Tenants>().AuditedBy(SecretKeyGate.Bearer(http)) is var (tenant, auditor) && (http.Features.Get<Tenant>() is not { } named || named == tenant))
        {
            http.Features.Set(tenant);
            http.Features.Set(auditor);
            http.Response.Headers.CacheControl = "no-store";
            return next(http);
        }

        return SecretKeyGate.Refuse(http);
    }
}
