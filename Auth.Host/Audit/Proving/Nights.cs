using Auth.Host.Audit.Access;
using Auth.Host.Instances;
using Auth.Projections;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Auth.Host.Audit.Proving;

/// <summary>What the nights told on their trail, whichever host it was.</summary>
internal sealed class Nights(NpgsqlDataSource database, Tenants tenants)
{
    private const string Newest = $"""
        select distinct on (tenant_id) tenant_id, timestamp, (data ->> 'findings')::int from {StoreSettings.Schema}.mt_events
        where tenant_id = any($1) and stream_id = $2 order by tenant_id, version desc
        """;

    /// <summary>The last one of each instance that has had one.</summary>
    internal async Task<IReadOnlyDictionary<string, NightTold>> Last(CancellationToken ct)
    {
        await using var ask = database.CreateCommand(Newest);
        ask.Parameters.Add(new() { Value = tenants.Ids.ToArray() });
        ask.Parameters.Add(new() { Value = Auditor.Night.Trail });
        await using var row = await ask.ExecuteReaderAsync(ct);
        var last = new Dictionary<string, NightTold>();
        while (await row.ReadAsync(ct)) last[row.GetString(0)] = new(row.GetFieldValue<DateTimeOffset>(1), row.GetInt32(2));
        return last;
    }
}

/// <summary>When it was, and how much was wrong.</summary>
internal sealed record NightTold(DateTimeOffset At, int Findings);

/// <summary>The last night found nothing, and was not long ago. No decision waits for it, so trouble only degrades.</summary>
internal sealed class NightHealth(Nights nights, NightOptions options, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(49);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var last = (await nights.Last(cancellationToken)).Values;
            // Strangers read this, too: that something is wrong, and neither where nor whose.
            if (last.Any(night => night.Findings > 0)) return HealthCheckResult.Degraded("The last verification of the history found something: ask audit verify.");
            return options.At is not null && last.Any() && clock.GetUtcNow() - last.Min(night => night.At) is var ago && ago > Longest
                ? HealthCheckResult.Degraded($"The history was last verified {ago.TotalHours:0} h ago.") : HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
        {
            return HealthCheckResult.Degraded("What the last verification found cannot be looked at.");
        }
    }
}
