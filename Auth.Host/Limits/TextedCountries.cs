using Auth.Host.Instances;

namespace Auth.Host.Limits;

/// <summary>Says once, at the start, that texts are asked for and none will leave: no country is open (R57). Health says it for as long as it is so.</summary>
public sealed partial class TextedCountries(SettingsReading settings, InstanceName instance, ILogger<TextedCountries> logger) : IHostedService
{
    /// <summary>What is so, and what to set.</summary>
    public const string Nobody = "Nobody is texted: no country is open. Set Auth:HomeCountry to two capital letters, such as SE, or sms.countries in the settings.";

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await settings.InForce(cancellationToken)).InForce.TextsNobody(instance.HomeCountry)) Say(Nobody);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning, "{Nobody}")]
    private partial void Say(string nobody);
}
