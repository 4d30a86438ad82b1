using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Clients;
using Auth.Host.Delivery;
using Auth.Host.Delivery.FakeSinch;
using Auth.Host.Keys;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Auth.Projections;
using JasperFx;
using JasperFx.Events.Projections;
using JasperFx.MultiTenancy;
using Marten;
using Npgsql;
using Weasel.Core;
using Wolverine.Marten;

namespace Auth.Host.Wiring;

/// <summary>The event store, its documents, and the connection they share.</summary>
public static class EventStore
{
    /// <summary>The schema of everything but the bus.</summary>
    public const string Schema = "auth";

    /// <summary>Adds Marten over one tuned data source, integrated with the bus.</summary>
    public static void AddEventStore(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => DataSource(services.GetRequiredService<IConfiguration>(), services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddMarten(services =>
            {
                var options = new StoreOptions();
                Configure(options, services.GetRequiredService<TimeProvider>());
                options.Projections.Add<UserFold>(ProjectionLifecycle.Inline);
                options.Projections.Add<SignInFold>(ProjectionLifecycle.Live);
                options.AutoCreateSchemaObjects = AutoCreate.CreateOrUpdate;
                return options;
            })
            .UseNpgsqlDataSource()
            .UseLightweightSessions()
            .ApplyAllDatabaseChangesOnStartup()
            .IntegrateWithWolverine(bus =>
            {
                bus.MessageStorageSchemaName = "auth_bus";
                bus.UseWolverineManagedEventSubscriptionDistribution = true;
            });
    }

    /// <summary>Prepared statements and no reset between uses: nothing here ever changes a connection's state.</summary>
    private static NpgsqlDataSource DataSource(IConfiguration configuration, ILoggerFactory loggers)
    {
        var connection = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("Auth"))
        {
            MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, NoResetOnClose = true, Timezone = "UTC",
        };
        return new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = "auth" }.UseLoggerFactory(loggers).Build();
    }

    private static void Configure(StoreOptions options, TimeProvider clock)
    {
        options.DatabaseSchemaName = Schema;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        options.CommandTimeout = 10;
        options.Policies.AllDocumentsAreMultiTenanted();
        options.DisableNpgsqlLogging = true;

        var events = options.Events;
        events.TenancyStyle = TenancyStyle.Conjoined;
        events.AppendMode = JasperFx.Events.EventAppendMode.QuickWithServerTimestamps;
        events.TimeProvider = clock;
        events.UseMandatoryStreamTypeDeclaration = true;
        events.UseExclusiveLockOnConcurrentAppends = true;
        events.MetadataConfig.CorrelationIdEnabled = true;
        events.MetadataConfig.CausationIdEnabled = true;
        events.MetadataConfig.UserNameEnabled = true;
        events.MetadataConfig.HeadersEnabled = true;
        EventNames.Register(events);

        options.Projections.Errors.SkipApplyErrors = false;
        options.Projections.SlowPollingTime = TimeSpan.FromMilliseconds(200);

        options.Schema.For<User>();
        options.Schema.For<Client>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version)).Duplicate(x => x.UserId!).Duplicate(x => x.Guessing!);
        options.Schema.For<Session>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version)).Duplicate(x => x.ClientId, notNull: true).Duplicate(x => x.UserId, notNull: true).Duplicate(x => x.Ended!);
        options.Schema.For<Identifier>().Duplicate(x => x.UserId, notNull: true).Duplicate(x => x.IdentifierId, notNull: true);
        options.Schema.For<PasswordCredential>();
        options.Schema.For<Guesses>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version)).Duplicate(x => x.UserId!);
        options.Schema.For<Sends>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version));
        options.Schema.For<HandedOver>();
        Keyring.Register(options);
        FakeText.Register(options);
    }
}
