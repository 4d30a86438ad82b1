using Auth.Host.Wiring;
using Auth.Specs.Given;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Npgsql;

namespace Auth.Specs.Hosts;

/// <summary>A database that says yes before it wrote takes nobody in (R88).</summary>
public class DurabilityHealthSpecs(RunningHost host)
{
    [Theory]
    [InlineData("on", "Production", HealthStatus.Healthy)]
    [InlineData("off", "Production", HealthStatus.Unhealthy)]
    [InlineData("off", "Development", HealthStatus.Degraded)]
    public async Task commits_that_are_not_on_disk_show(string synchronous, string environment, HealthStatus status)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(host.ConnectionString) { Options = $"-c synchronous_commit={synchronous}" }.ConnectionString);
        var check = new DatabaseHealth(database, TimeProvider.System, new HostingEnvironment { EnvironmentName = environment });

        (await check.CheckHealthAsync(new(), TestContext.Current.CancellationToken)).Status.ShouldBe(status);
    }
}
