using Auth.Host.Http;
using Wolverine;

namespace Auth.Host.Instances;

/// <summary>Which instance a request is for: settled before anything of it is read, and never by what a caller may choose but the host name or a key (R76).</summary>
public static class InstanceOfRequest
{
    private sealed record Nobodys;

    /// <summary>Belongs to the whole host: health, documentation, what a provider calls. Everything else needs an instance.</summary>
    public static TBuilder OfNoInstance<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new Nobodys());

    /// <summary>By the host name; the secret key says it again, and more surely.</summary>
    internal static Task ByHost(HttpContext http, RequestDelegate next)
    {
        if (http.RequestServices.GetRequiredService<Tenants>().At(http.Request.Host) is { } tenant) http.Features.Set(tenant);
        return next(http);
    }

    /// <summary>Who has none goes no further, and commands are asked for whoever has one.</summary>
    internal static Task Demand(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<Nobodys>() is not null) return next(http);
        var tenant = Tenant.Of(http);
        if (http.RequestServices.GetService<IMessageBus>() is { } bus) bus.TenantId = tenant.Id;
        return next(http);
    }
}
