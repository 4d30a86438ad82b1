using Auth.Host.Wiring;

namespace Auth.Host.Keys;

/// <summary>At start: a wrong root key stops the host. Then once a minute: other hosts' new keys are learnt, and what is due is made or dropped.</summary>
public sealed partial class KeyTending(Vault vault, TimeProvider clock, ILogger<KeyTending> log) : BackgroundService
{
    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await vault.Check(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await minute.Next(stoppingToken))
        {
            foreach (var tenant in vault.Tenants) await Tend(tenant, stoppingToken);
        }
    }

    private async Task Tend(string tenant, CancellationToken ct)
    {
        try
        {
            var keys = await vault.Reload(tenant, ct);
            if (!KeySchedule.Due(keys.All, clock.GetUtcNow()).IsNothing) await vault.Change(tenant, KeySchedule.Due, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotTended(tenant, e.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The keys of {Tenant} were not looked after ({Problem}); next try in a minute.")]
    private partial void NotTended(string tenant, string problem);
}
