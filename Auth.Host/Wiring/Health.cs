using Auth.Host.Delivery.Sms;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Projections;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Auth.Host.Wiring;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it may be sent people. What is only slow or missing is <i>degraded</i> and stays in service.</summary>
public static class Health
{
    private const string Ready = "ready";

    /// <summary>Adds the checks.</summary>
    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddHealthChecks()
        .AddCheck<DatabaseHealth>("database", tags: [Ready])
        .AddCheck<KeysHealth>("keys", tags: [Ready])
        .AddCheck<ReadingsHealth>("readings", tags: [Ready])
        .AddCheck<SmsHealth>("sms", tags: [Ready]);

    /// <summary>Maps the two.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = Write }).OfNoInstance();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = Write }).OfNoInstance();
    }

    private static Task Write(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = Word(report.Status),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = Word(entry.Value.Status), entry.Value.Description }),
    });

    private static string Word(HealthStatus status) => status switch { HealthStatus.Healthy => "ok", HealthStatus.Degraded => "degraded", _ => "down" };
}

/// <summary>The database answers, its clock is within a second of ours (R10), and what it says is committed is on disk (R88).</summary>
internal sealed class DatabaseHealth(NpgsqlDataSource database, TimeProvider clock, IHostEnvironment environment) : IHealthCheck
{
    private const string Ask = "select clock_timestamp(), current_setting('fsync') = 'off' or current_setting('full_page_writes') = 'off' or current_setting('synchronous_commit') = 'off'";

    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await using var command = database.CreateCommand(Ask);
            await using var row = await command.ExecuteReaderAsync(patience.Token);
            await row.ReadAsync(patience.Token);
            var skew = clock.GetUtcNow() - new DateTimeOffset(row.GetDateTime(0), TimeSpan.Zero);
            if (row.GetBoolean(1)) return new(environment.IsDevelopment() ? HealthStatus.Degraded : HealthStatus.Unhealthy, "What is answered may not be on disk: PostgreSQL needs fsync, full_page_writes and synchronous_commit on.");
            return skew.Duration() < MostSkew ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"The clocks of host and database differ by {skew.TotalSeconds:0.0} s.");
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or System.Net.Sockets.SocketException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}

/// <summary>The keys of every instance are at hand.</summary>
internal sealed class KeysHealth(IKeyring keyring, Tenants tenants) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var tenant in tenants.Ids) await keyring.Of(tenant, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The keys cannot be read.");
        }
    }
}

/// <summary>The readings follow the events. No decision waits for them, so falling behind only degrades (R90).</summary>
internal sealed class ReadingsHealth(NpgsqlDataSource database, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan MostLag = TimeSpan.FromSeconds(20);

    // A reading that never got anywhere has no row; it stands at nothing.
    private const string OldestUnread = $"""
        select min(timestamp) from {StoreSettings.Schema}.mt_events
        where seq_id > (select min(coalesce(last_seq_id, 0)) from unnest($1) as reading
                        left join {StoreSettings.Schema}.mt_event_progression on name = reading)
        """;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand(OldestUnread);
            command.Parameters.Add(new() { Value = Readings.Shards });
            var lag = await command.ExecuteScalarAsync(cancellationToken) is DateTime oldest ? clock.GetUtcNow() - new DateTimeOffset(oldest, TimeSpan.Zero) : TimeSpan.Zero;
            return lag < MostLag ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"The readings are {lag.TotalSeconds:0} s behind.");
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
        {
            return HealthCheckResult.Degraded("The readings cannot be looked at.");
        }
    }
}

/// <summary>Texts can be sent; in each instance some country is open (R57), and those of the day are not used up (R56).</summary>
internal sealed class SmsHealth(SmsAvailability availability, SettingsReading settings, Tenants tenants, NpgsqlDataSource database, TimeProvider clock) : IHealthCheck
{
    private const string Today = $"select count from {TextTable.Name} where tenant_id = $1 and day = $2 and place = ''";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!availability.Available) return HealthCheckResult.Degraded($"No texts: {availability.Because}");
        try
        {
            foreach (var tenant in tenants.All)
            {
                var where = tenants.All.Count == 1 ? "" : " In one of the instances.";   // strangers read this, too: no names
                await using var command = database.CreateCommand(Today);
                command.Parameters.Add(new() { Value = tenant.Id });
                command.Parameters.Add(new() { Value = TextTable.DayOf(clock.GetUtcNow()) });
                var inForce = (await settings.InForce(tenant.Id, cancellationToken)).InForce;
                if (inForce.TextsNobody(tenant.Name.HomeCountry)) return HealthCheckResult.Degraded(TextedCountries.Nobody + where);
                var (sent, most) = (await command.ExecuteScalarAsync(cancellationToken) as int? ?? 0, inForce.Dials.TextsPerDay);
                if (sent >= most) return HealthCheckResult.Degraded($"No texts until midnight UTC: all {most} of the day are used up (dials.sends_per_day).{where}");
            }

            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
        {
            return HealthCheckResult.Degraded("The texts of the day cannot be counted.");
        }
    }
}
