using Auth.Host.Database;
using Auth.Host.Keys;
using Auth.Projections;
using JasperFx;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Auth.Host.Wiring;

/// <summary>How the process starts, and what it says when it cannot: one sentence and a code of sysexits, no stack.</summary>
public static class Starting
{
    /// <summary>EX_UNAVAILABLE: something we need is not there; another try may succeed.</summary>
    private const int Unavailable = 69;

    /// <summary>Runs the host; what an operator can put right ends it with a sentence, everything else is a bug and keeps its stack.</summary>
    public static async Task<int> Telling(Func<Task<int>> start)
    {
        try
        {
            return await start();
        }
        catch (Exception failure) when (Sentence(failure) is { } told)
        {
            await Console.Error.WriteLineAsync(told.Sentence);
            return told.Code;
        }
    }

    /// <summary>Serves, or does what a verb of the tools asks: <c>db-apply</c>, <c>codegen</c>, <c>describe</c>, <c>projections</c>, <c>help</c> …</summary>
    public static async Task<int> Serve(this WebApplication app, string[] args)
    {
        if (IsVerb(args)) return await app.Services.GetRequiredService<IConfiguration>().AsOwner(args[0], () => app.RunJasperFxCommands(args));

        app.Services.GetService<IStartupValidator>()?.Validate();
        if (!app.Environment.IsDevelopment()) await app.Services.GetRequiredService<NpgsqlDataSource>().DemandSchema();
        await app.RunAsync();
        return 0;
    }

    /// <summary>Whether the tools are asked, not the service.</summary>
    internal static bool IsVerb(string[] args) => args is [var verb, ..] && verb.All(letter => char.IsAsciiLetter(letter) || letter == '-') && verb[0] != '-';

    /// <summary>Outside Development nobody but <c>db-apply</c> makes tables: two new hosts, or a host with too many rights, are no way to change a schema.</summary>
    private static async Task DemandSchema(this NpgsqlDataSource database)
    {
        await using var ask = database.CreateCommand($"select to_regclass('{StoreSettings.Schema}.mt_events') is not null and to_regclass('{EventStore.BusSchema}.wolverine_nodes') is not null");
        if (await ask.ExecuteScalarAsync() is not true) throw new SettingException("The database has no schema of Auth yet. Apply it once, with the same settings: dotnet Auth.Host.dll db-apply");
    }

    private static (string Sentence, int Code)? Sentence(Exception failure) => failure switch
    {
        OptionsValidationException options => (string.Join(Environment.NewLine, options.Failures), NoDatabaseException.ExitCode),
        SettingException or WrongRootKeyException => (failure.Message, NoDatabaseException.ExitCode),
        PostgresException refused => ($"The database refuses: {refused.MessageText} ({refused.SqlState})", Unavailable),
        NpgsqlException or TimeoutException => ($"The database does not answer: {failure.Message}", Unavailable),
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => (failure.Message, Unavailable),
        AggregateException { InnerExceptions: [var one] } => Sentence(one),
        _ => null,
    };
}
