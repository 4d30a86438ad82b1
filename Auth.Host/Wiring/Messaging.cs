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
    /// <summary>A Release build brings its generated code and no compiler, a Debug build the reverse; neither can do otherwise, whatever the environment.</summary>
#if DEBUG
    private const TypeLoadMode Code = TypeLoadMode.Dynamic;
#else
    private const TypeLoadMode Code = TypeLoadMode.Static;
#endif

    /// <summary>Adds Wolverine.</summary>
    public static void AddMessaging(this WebApplicationBuilder builder)
    {
        // The bus would log each refusal and each lost race with its stack, and an attacker would fill the disk. What is a defect is logged once, at the front door.
        // That a mail was not taken is logged by its sender.
        foreach (var step in typeof(Program).Assembly.GetTypes().Where(type => type.Name.EndsWith("Step", StringComparison.Ordinal)).Append(typeof(SendNoticeTo)))
            builder.Logging.AddFilter(step.FullName, LogLevel.None);

        builder.Services.CritterStackDefaults(x =>
        {
            x.Development.GeneratedCodeMode = x.Production.GeneratedCodeMode = Code;
            x.Development.ResourceAutoCreate = AutoCreate.CreateOrUpdate;
            x.Production.ResourceAutoCreate = AutoCreate.None;
            x.Development.AssertAllPreGeneratedTypesExist = x.Production.AssertAllPreGeneratedTypesExist = Code == TypeLoadMode.Static;
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
            bus.Durability.OrphanedMessageSweepPollingTime = TimeSpan.FromSeconds(2);
            bus.Durability.NodeReassignmentPollingTime = TimeSpan.FromSeconds(2);
            // A stopping host waits as long as one request to the provider may take; then the others have its texts.
            bus.Durability.DrainTimeout = TimeSpan.FromSeconds(10);
            bus.Durability.NodeAssignmentHealthCheckTracingEnabled = false;

            bus.LocalQueueFor<SendText>().MaximumParallelMessages(16);
            bus.LocalQueueFor<SendVerification>().MaximumParallelMessages(4);
            bus.LocalQueueFor<SendSignUpCode>().MaximumParallelMessages(4);
            bus.LocalQueueFor<SendNotice>().MaximumParallelMessages(4);
            bus.LocalQueueFor<SendNoticeTo>().MaximumParallelMessages(4);
            bus.LocalQueueFor<NoticeByTextDue>().MaximumParallelMessages(4);
            bus.LocalQueueFor<SendNoticeByText>().MaximumParallelMessages(4);
            bus.BatchMessagesOf<TextTold>(batching =>
            {
                batching.BatchSize = 100;
                batching.TriggerTime = TimeSpan.FromMilliseconds(200);
            });

            bus.OnException<ReportTooEarlyException>().ScheduleRetry(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
            bus.OnException<CodeNotTakenException>().ScheduleRetry(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
            // A day of patience with a mail server: grey lists want minutes, operators hours.
            bus.OnException<MailNotTakenException>().ScheduleRetry(
                TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(18));
            bus.OnException(LostRace.Is).RetryWithCooldown(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
        });
    }
}
