using Auth.Host.Wiring;

namespace Auth.Host.Instances;

/// <summary>Once a second: tells each front door which origins the settings in force allow, whichever host they were applied on.</summary>
public sealed partial class SettingsFollowing(SettingsReading settings, Tenants tenants, TimeProvider clock, ILogger<SettingsFollowing> logger) : BackgroundService
{
    /// <summary>Before the first request.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Follow(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.Next(stoppingToken))
        {
            try
            {
                await Follow(stoppingToken);
            }
            catch (Exception away) when (away is not OperationCanceledException)
            {
                Away(away.GetType().Name);   // what was allowed stays so until the database is back
            }
        }
    }

    private async Task Follow(CancellationToken ct)
    {
        foreach (var tenant in tenants.All) tenant.Door.InForce.Follow((await settings.InForce(tenant.Id, ct)).InForce);
    }

    [LoggerMessage(1, LogLevel.Warning, "The settings could not be followed: {Kind}")]
    private partial void Away(string kind);
}
