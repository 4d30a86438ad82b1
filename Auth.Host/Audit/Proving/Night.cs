using System.Diagnostics.Metrics;
using Auth.Host.Audit.Access;
using Auth.Host.Instances;
using Auth.Host.Wiring;
using Auth.Projections;
using Auth.Projections.Proof;
using Npgsql;

namespace Auth.Host.Audit.Proving;

/// <summary>Once a night, on one host at a time, verifies every instance: history, checkpoints and readings. What came of it is an event, shows on the health page, and where something is wrong, in the log.</summary>
internal sealed partial class Night(
    HostVerifying host, Nights nights, Func<string, AuditDesk> desks, NpgsqlDataSource database, Tenants tenants, NightOptions options, IMeterFactory meters, TimeProvider clock, ILogger<Night> log) : BackgroundService
{
    private const long Name = 0x4e_69_67_68_74;
    private readonly Counter<long> _runs = meters.Create("Auth").CreateCounter<long>("auth.verify.runs", description: "Nightly verifications, by what came of them.");
    private readonly DateTimeOffset _started = clock.GetUtcNow();

    /// <summary>What is due; nothing where another host is at it. A night that no host was up for is made up for.</summary>
    internal async Task Once(CancellationToken ct)
    {
        if ((await Due(ct)).Count == 0) return;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var alone = await connection.BeginTransactionAsync(ct);
        if (!await OneHost.IsThis(alone, Name, ct)) return;
        foreach (var tenant in await Due(ct)) await Verify(tenant, ct);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.At is null) return;
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await minute.Next(stoppingToken))
        {
            try
            {
                await Once(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // Another host does it, or this one once it is back.
            }
            catch (Exception e)
            {
                NotVerified(e.GetType().Name);
            }
        }
    }

    private async Task<IReadOnlyList<string>> Due(CancellationToken ct)
    {
        var (now, last) = (clock.GetUtcNow(), await nights.Last(ct));
        return [.. tenants.Ids.Where(tenant => options.IsDue(now, last.GetValueOrDefault(tenant)?.At ?? _started))];
    }

    private async Task Verify(string tenant, CancellationToken ct)
    {
        var (report, upTo) = await host.Look(verifying => verifying.All(tenant, _ => { }, ct), ct);
        _runs.Add(1, new("instance", tenant), new("outcome", report.Findings.Count > 0 ? "amiss" : report.IsWhole ? "whole" : "not_checked"));
        if (report.Findings is [var first, ..]) Wrong(tenant, report.Findings.Count, first.Position, first.Sentence);
        else Fine(tenant, report.Events, string.Join(' ', report.NotChecked));
        await desks(tenant).Trails.Tell(Auditor.Night, Verifying.Told(Auditor.Night.Id, null, report, upTo), null, ct);
    }

    [LoggerMessage(LogLevel.Error, "The history of instance {Instance} is not what it was: {Count} found, the first at event {Position}: {Sentence} Ask audit verify.")]
    private partial void Wrong(string instance, int count, long position, string sentence);

    [LoggerMessage(LogLevel.Information, "The history of instance {Instance} was verified, {Events} events; nothing is wrong. {NotChecked}")]
    private partial void Fine(string instance, long events, string notChecked);

    [LoggerMessage(LogLevel.Warning, "The history was not verified ({Problem}); next try in a minute.")]
    private partial void NotVerified(string problem);
}
