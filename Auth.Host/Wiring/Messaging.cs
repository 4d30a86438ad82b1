using Auth.Host.Delivery;
using Auth.Host.Http;
using JasperFx;
using JasperFx.CodeGeneration;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Postgresql;

namespace Auth.Host.Wiring;

/// <summary>The bus: commands run in line, texts leave through a durable queue, and a dead host's texts leave from another one within 20 s.</summary>
public static class Messaging
{
    /// <summary>Adds Wolverine.</summary>
    public static void AddMessaging(this WebApplicationBuilder builder)
    {
        var production = !builder.Environment.IsDevelopment();
        builder.Services.CritterStackDefaults(x =>
        {
            x.Development.GeneratedCodeMode = TypeLoadMode.Dynamic;
            x.Development.ResourceAutoCreate = AutoCreate.CreateOrUpdate;
            x.Production.GeneratedCodeMode = TypeLoadMode.Static;
            x.Production.ResourceAutoCreate = AutoCreate.CreateOrUpdate;
            x.Production.AssertAllPreGeneratedTypesExist = production;
        });
        builder.Host.UseWolverine(bus =>
        {
            bus.ApplicationAssembly = typeof(Program).Assembly;
            bus.Policies.AutoApplyTransactions();
            bus.Policies.UseDurableLocalQueues();

            bus.Durability.Mode = DurabilityMode.Balanced;
            bus.Durability.HealthCheckPollingTime = TimeSpan.FromSeconds(2);
            bus.Durability.StaleNodeTimeout = TimeSpan.FromSeconds(6);
            bus.Durability.ScheduledJobPollingTime = TimeSpan.FromSeconds(2);
            bus.Durability.NodeReassignmentPollingTime = TimeSpan.FromSeconds(2);
            bus.Durability.NodeAssignmentHealthCheckTracingEnabled = false;

            bus.LocalQueueFor<SendText>().MaximumParallelMessages(16);
            bus.BatchMessagesOf<TextTold>(batching =>
            {
                batching.BatchSize = 100;
                batching.TriggerTime = TimeSpan.FromMilliseconds(200);
            });

            bus.OnException<ReportTooEarlyException>().ScheduleRetry(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
            bus.OnException(LostRace.Is).RetryWithCooldown(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
        });
    }
}
