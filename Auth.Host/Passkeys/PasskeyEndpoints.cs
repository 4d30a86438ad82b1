using Auth.Host.Http;
using Auth.Host.Instances;

namespace Auth.Host.Passkeys;

/// <summary>Wires what passkeys need, and tells browsers which pages share them.</summary>
public static class PasskeyEndpoints
{
    /// <summary>Adds the relying party, and the desk that asks in its name.</summary>
    public static void AddPasskeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => RelyingParty.From(
            services.GetRequiredService<IConfiguration>(), services.GetRequiredService<FrontDoor>(), services.GetRequiredService<InstanceName>().Name));
        builder.Services.AddSingleton<PasskeyDesk>();
    }

    /// <summary>Apps on other domains may use the service's passkeys where a browser finds them named here (Level 3 §5.11). Read at start: a domain that cannot be stops it.</summary>
    public static void MapPasskeys(this WebApplication app)
    {
        var party = app.Services.GetRequiredService<RelyingParty>();
        app.MapGet("/.well-known/webauthn", () => TypedResults.Json(new RelatedOrigins(party.Origins.Order(StringComparer.Ordinal)))).ExcludeFromDescription();
    }
}

/// <summary>The document of §5.11.1.</summary>
public sealed record RelatedOrigins(IEnumerable<string> Origins);
