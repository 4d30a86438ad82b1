using Auth.Host.Delivery.Mail;
using Auth.Projections;
using Auth.Projections.Proof;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Auth.Host.Witnesses;

/// <summary>Wires the seals of the history and their witnesses.</summary>
public static class SealWiring
{
    /// <summary>Adds them. Needs the store, the keys, mail and the front door.</summary>
    public static WebApplicationBuilder AddSeals(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(provider => WitnessOptions.From(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        services.AddHttpClient(UrlWitness.Client, client => client.Timeout = TimeSpan.FromSeconds(10));
        services.AddSingleton<CheckpointKeys>();
        services.AddSingleton<Users.ErasureCertificates>();
        services.AddSingleton<SealTroubles>();
        services.AddSingleton(provider => new Sealing(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<CheckpointKeys>().Of, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<WitnessOptions>().Seals));
        services.AddSingleton(Witnessing);
        services.AddHostedService<Sealer>();
        services.AddHealthChecks().AddCheck<SealsHealth>("seals", tags: ["ready"]);
        return builder;
    }

    private static Witnessing Witnessing(IServiceProvider services)
    {
        var (options, database, clock) = (services.GetRequiredService<WitnessOptions>(), services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<TimeProvider>());
        List<IWitness> told = [];
        if (options.Url is { } url) told.Add(new UrlWitness(url, options.Authorization, services.GetRequiredService<IHttpClientFactory>()));
        if (options.Mail is { } mail) told.Add(new MailWitness(mail, options.MailEvery, services.GetRequiredService<IMailSender>()));
        return new(database, options.Folder is { } folder ? new Journal(folder, database, services.GetRequiredService<CheckpointKeys>()) : null, told, clock);
    }
}

/// <summary>The history is sealed and witnessed. No decision waits for it, so trouble only degrades.</summary>
internal sealed class SealsHealth(NpgsqlDataSource database, SealTroubles troubles, WitnessOptions options, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan MostLag = TimeSpan.FromMinutes(2);

    private const string OldestUnsealed = $"select min(timestamp) from (select timestamp from {StoreSettings.Schema}.mt_events where seq_id > (select coalesce(max(up_to), 0) from {SealTable.Name}) order by seq_id limit 1) as oldest";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (troubles.Now.ToArray() is { Length: > 0 } now) return HealthCheckResult.Degraded(string.Join(' ', now));
        try
        {
            await using var command = database.CreateCommand(OldestUnsealed);
            var lag = await command.ExecuteScalarAsync(cancellationToken) is DateTime oldest ? clock.GetUtcNow() - new DateTimeOffset(oldest, TimeSpan.Zero) : TimeSpan.Zero;
            await using var rights = database.CreateCommand($"select has_table_privilege('{StoreSettings.Schema}.mt_events', 'update, delete, truncate')");
            var mayChange = await rights.ExecuteScalarAsync(cancellationToken) is true;
            return lag < options.Seals.Every + MostLag ? HealthCheckResult.Healthy(mayChange ? "The database role of this host may change events: see ConnectionStrings:AuthMigrations." : null) : HealthCheckResult.Degraded($"The history was sealed {lag.TotalMinutes:0} min ago.");
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException)
        {
            return HealthCheckResult.Degraded("The seals cannot be looked at.");
        }
    }
}
