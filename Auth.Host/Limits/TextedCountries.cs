using Auth.Host.Instances;

namespace Auth.Host.Limits;

/// <summary>Says once, at the start, that texts are asked for and none will leave: no country is open (R57). Health says it for as long as it is so.</summary>
public sealed partial class TextedCountries(SettingsReading settings, Tenants tenants, ILogger<TextedCountries> logger) : IHostedService
{
    /// <summary>What is so, and what to set.</summary>
    public const string Nobody = "Nobody is texted: no country is open. Set Auth:HomeCountry to two capital letters, such as SE, or sms.countries in the settings.";

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in tenants.All)
            if ((await settings.InForce(tenant.Id, cancellationToken)).InForce.TextsNobody(tenant.Name.HomeCountry)) Say(tenants.All.Count == 1 ? Nobody : $"{Nobody} In the instance {tenant.Id}.");
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning, "{Nobody}")]
    private partial void Say(string nobody);
}
