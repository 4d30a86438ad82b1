using Auth.Host.Audit.Search;
using Auth.Host.Clients;
using Auth.Host.Database;
using Auth.Host.Delivery;
using Auth.Host.Delivery.FakeMail;
using Auth.Host.Delivery.FakeSinch;
using Auth.Host.Factors;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Passkeys;
using Auth.Host.Sessions;
using Auth.Host.Sessions.Refreshing;
using Auth.Host.SignIns;
using Auth.Host.SignUps;
using Auth.Host.Tickets;
using Auth.Host.TrustedDevices;
using Auth.Host.Users;
using Auth.Projections;
using JasperFx;
using Marten;
using Npgsql;
using Wolverine.Marten;
using Wolverine.Persistence.Durability;

namespace Auth.Host.Wiring;

/// <summary>The event store, its documents, and the connection they share.</summary>
public static class EventStore
{
    /// <summary>The schema of the bus.</summary>
    public const string BusSchema = "auth_bus";

    /// <summary>Adds Marten over one tuned data source, integrated with the bus.</summary>
    public static void AddEventStore(this WebApplicationBuilder builder)
    {
        // Of a statement that failed the store would log all parameters, whole rows with a password's hash among them, and of each lost race a stack (R85). The exception tells the caller; a defect is logged there.
        builder.Logging.AddFilter("Marten.IDocumentStore", LogLevel.None);
        builder.Services.AddSingleton(services => DataSource(services.GetRequiredService<IConfiguration>(), services.GetRequiredService<ILoggerFactory>()));
        // Where the tables have another owner, the service makes none.
        var making = builder.Environment.IsDevelopment() && builder.Configuration[ChosenDatabase.OwnerKey] is not { Length: > 0 } ? AutoCreate.CreateOrUpdate : AutoCreate.None;
        var marten = builder.Services.AddMarten(services =>
            {
                var options = new StoreOptions();
                StoreSettings.Apply(options, services.GetRequiredService<TimeProvider>(), new PersonalMarks(services.GetRequiredService<IKeyring>));
                Documents(options);
                options.AutoCreateSchemaObjects = making;
                return options;
            })
            .UseNpgsqlDataSource()
            .UseLightweightSessions()
            .IntegrateWithWolverine(bus =>
            {
                bus.MessageStorageSchemaName = BusSchema;
                bus.UseWolverineManagedEventSubscriptionDistribution = true;
            });
        if (making != AutoCreate.None) marten.ApplyAllDatabaseChangesOnStartup();
        else if (builder.Environment.IsDevelopment()) builder.Services.AddHostedService<BusTables>();
    }

    /// <summary>The bus makes its own tables, where the others have been made by their owner.</summary>
    private sealed class BusTables(IMessageStore bus) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken) => bus.Admin.MigrateAsync(AutoCreate.CreateOrUpdate);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Prepared statements and no reset between uses: nothing here ever changes a connection's state.</summary>
    private static NpgsqlDataSource DataSource(IConfiguration configuration, ILoggerFactory loggers)
    {
        var connection = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("Auth"))
        {
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Timezone = "UTC",
        };
        return new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = "auth" }.UseLoggerFactory(loggers).Build();
    }

    /// <summary>What the host stores beside the readings.</summary>
    public static void Documents(StoreOptions options)
    {
        options.Schema.For<Client>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version)).Duplicate(x => x.UserId!).Duplicate(x => x.Typed!);
        options.Schema.For<Session>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version))
            .Duplicate(x => x.ClientId, notNull: true).Duplicate(x => x.UserId, notNull: true).Duplicate(x => x.Ended!);
        options.Schema.For<Identifier>().Duplicate(x => x.UserId, notNull: true).Duplicate(x => x.IdentifierId, notNull: true);
        options.Schema.For<PasswordCredential>().Duplicate(x => x.Imported!, configure: index => index.Predicate = "imported is not null");
        options.Schema.For<Guesses>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version)).Duplicate(x => x.UserId!).Duplicate(x => x.Typed!);
        options.Schema.For<AuthenticatorApp>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version)).Duplicate(x => x.UserId, notNull: true);
        options.Schema.For<BackupCodeSet>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version)).Duplicate(x => x.UserId, notNull: true);
        options.Schema.For<TrustedDevice>().Duplicate(x => x.ClientId, notNull: true).Duplicate(x => x.UserId, notNull: true);
        options.Schema.For<Sends>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(x => x.Version));
        options.Schema.For<HandedOver>();
        options.Schema.For<OpenSignUp>().Duplicate(x => x.EndsAt);
        options.Schema.For<TicketRow>().Duplicate(x => x.UserId, notNull: true);
        options.Schema.For<InstanceSettings>();
        Keyring.Register(options);
        RefreshValue.Register(options);
        PasskeyCredential.Register(options);
        FakeText.Register(options);
        FakeLetter.Register(options);
        LimitWiring.Register(options);
    }
}
