using Auth.Host.Instances;
using Auth.Host.Wiring;
using Auth.Projections;
using Npgsql;

namespace Auth.Host.Passwords.Imports;

/// <summary>Looks once a minute which functions are still in use: other hosts import too, and a function that nobody's password hangs on any more costs nobody anything.</summary>
public sealed partial class ImportedWatch(NpgsqlDataSource database, ImportedWork work, Tenants tenants, TimeProvider clock, ILogger<ImportedWatch> log) : BackgroundService
{
    // From one to the next over the index of what is left: as many steps as there are functions, however many people there are.
    private const string Distinct = $"""
        with recursive setting(name) as (
            select min(imported) from {StoreSettings.Schema}.mt_doc_passwordcredential where tenant_id = $1 and imported is not null
            union all
            select (select min(imported) from {StoreSettings.Schema}.mt_doc_passwordcredential where tenant_id = $1 and imported > setting.name) from setting where name is not null)
        select name from setting where name is not null
        """;

    /// <summary>Looks now.</summary>
    public async Task Look(string tenant, CancellationToken ct)
    {
        List<ImportedFunction> found = [];
        await using var command = database.CreateCommand(Distinct);
        command.Parameters.Add(new() { Value = tenant });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) found.Add(ImportedFunction.Parse(reader.GetString(0)));
        work.Are(tenant, found);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        do
        {
            foreach (var tenant in tenants.Ids) await LookOrTell(tenant, stoppingToken);
        }
        while (await minute.Next(stoppingToken));
    }

    private async Task LookOrTell(string tenant, CancellationToken ct)
    {
        try
        {
            await Look(tenant, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            NotLooked(e.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Which imported hashes are left was not looked up ({Problem}); next try in a minute.")]
    private partial void NotLooked(string problem);
}
