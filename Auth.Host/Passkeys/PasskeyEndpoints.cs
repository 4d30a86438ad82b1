using Auth.Host.Instances;

namespace Auth.Host.Passkeys;

/// <summary>Wires what passkeys need, and tells browsers which pages share them.</summary>
public static class PasskeyEndpoints
{
    /// <summary>Adds the desk that asks in the name of each instance.</summary>
    public static void AddPasskeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PasskeyDesk>();
    }

    /// <summary>Apps on other domains may use the service's passkeys where a browser finds them named here (Level 3 §5.11).</summary>
    public static void MapPasskeys(this WebApplication app) =>
        app.MapGet("/.well-known/webauthn", (Tenant tenant) => TypedResults.Json(new RelatedOrigins(tenant.Passkeys.Origins.Order(StringComparer.Ordinal)))).ExcludeFromDescription();
}

/// <summary>The document of §5.11.1.</summary>
public sealed record RelatedOrigins(IEnumerable<string> Origins);
