using Auth.Host.Wiring;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Auth.Host.Database;

/// <summary>Gives the host its database before anything else is composed, and lets go of it after everything else has stopped.</summary>
public static class DatabaseWiring
{
    /// <summary>Puts the connection string where it is configured; ends the process with code 78 and help when there is no database. Call it first.</summary>
    public static async Task<ChosenDatabase> AddDatabase(this WebApplicationBuilder builder, string[] args)
    {
        ChosenDatabase database;
        try
        {
            database = await ChosenDatabase.Resolve(builder.Configuration, builder.Environment, Console.Error);
            // The root key of Development lives and dies with the data it opens.
            if (builder.Environment.IsDevelopment()) builder.Configuration["Auth:Keys:Folder"] ??= database.Folder;
        }
        catch (NoDatabaseException none)
        {
            await Console.Error.WriteLineAsync(none.Message);
            Environment.Exit(NoDatabaseException.ExitCode);
            throw;
        }

        await Console.Error.WriteLineAsync(database.ToString());
        // The tools that change tables, and nothing else, work as their owner.
        builder.Configuration[ChosenDatabase.Key] = Starting.IsVerb(args) ? database.Owner ?? database.ConnectionString : database.ConnectionString;
        builder.Configuration[ChosenDatabase.OwnerKey] = database.Owner;
        builder.Configuration[OwnersWork.ServiceRole] = OwnersWork.RoleOf(database.ConnectionString);
        if (database.Owner is { } owner && builder.Environment.IsDevelopment() && !Starting.IsVerb(args)) await OwnersWork.Prepare(owner, database.ConnectionString);
        builder.Services.TryAddSingleton(database);
        builder.Services.AddSingleton<IHostedService, LastToStop>();
        // A host that never came up, or an exit from elsewhere.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Release(database);
        AppDomain.CurrentDomain.UnhandledException += (_, _) => Release(database);
        return database;
    }

    private static void Release(ChosenDatabase database) => database.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Registered first, so told last that all have stopped.</summary>
    private sealed class LastToStop(ChosenDatabase database, IServiceProvider services) : IHostedLifecycleService
    {
        private NpgsqlDataSource? _connections;

        public async Task StoppedAsync(CancellationToken ct)
        {
            // A connection that outlives its server would complain of that, with a stack for each.
            _connections?.Clear();
            await database.DisposeAsync();
        }

        // Asked for now: a host that is stopped twice has no services left the second time.
        public Task StartingAsync(CancellationToken ct)
        {
            _connections = services.GetService<NpgsqlDataSource>();
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken ct) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken ct) => Task.CompletedTask;

        public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
