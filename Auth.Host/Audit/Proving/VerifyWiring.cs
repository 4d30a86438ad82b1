namespace Auth.Host.Audit.Proving;

/// <summary>Wires what a host verifies.</summary>
internal static class VerifyWiring
{
    /// <summary>Adds the ways over HTTP and by night. Needs the store, the keys and the witnesses.</summary>
    internal static void AddVerifying(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<HostVerifying>();
        services.AddSingleton<Nights>();
        services.AddSingleton(NightOptions.From(builder.Configuration));
        services.AddSingleton<Night>();
        services.AddHostedService(provider => provider.GetRequiredService<Night>());
        services.AddHealthChecks().AddCheck<NightHealth>("verified", tags: ["ready"]);
    }
}
