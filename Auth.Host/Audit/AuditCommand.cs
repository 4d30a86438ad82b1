using System.CommandLine;
using Auth.Host.Audit.Telling;
using Auth.Host.Audit.Verbs;
using Auth.Host.Database;
using Auth.Host.Wiring;
using Npgsql;

namespace Auth.Host.Audit;

/// <summary>
/// <c>audit …</c>, before anything of the host is composed. Data goes to stdout, words to stderr.
/// Ends with 0; 1 for a sign-in that is not there; 64 for bad usage; 69 when the database does not answer; 78 when there is none.
/// </summary>
public static class AuditCommand
{
    private const int Usage = 64, Unavailable = 69;

    /// <summary>Whether these arguments are for an auditor.</summary>
    public static bool Handles(string[] args) => args is ["audit", ..];

    /// <summary>Runs on this process's terminal.</summary>
    public static Task<int> Run(string[] args) => Run(args, Terminal.OfProcess(args), new Dictionary<string, string?>(), TimeProvider.System);

    /// <summary>Runs on any terminal, with settings that win over the configured ones, as of now on that clock.</summary>
    public static async Task<int> Run(string[] args, Terminal terminal, IReadOnlyDictionary<string, string?> settings, TimeProvider clock, CancellationToken ct = default)
    {
        ParseResult parsed = null!;
        var root = new AuditVerbs(terminal, clock, stop => AuditStore.Open(settings, parsed.GetValue<string>(AuditVerbs.Instance)!, terminal.Words, stop)).Root;
        parsed = root.Parse(args);
        Look.Zone.Value = parsed.Errors.Count > 0 ? null : parsed.GetValue<TimeZoneInfo?>("--tz");
        return await Invoke(root, parsed, args, terminal, ct);
    }

    /// <summary>Runs what was understood, or says what was not; what an operator can put right ends with a sentence.</summary>
    internal static async Task<int> Invoke(RootCommand root, ParseResult parsed, string[] args, Terminal terminal, CancellationToken ct)
    {
        if (parsed.Errors.Count > 0 || parsed.CommandResult.Command.Subcommands.Count > 0 && !Asks(args))
        {
            foreach (var error in parsed.Errors) await terminal.Words.WriteLineAsync(error.Message);
            await root.Parse([.. Path(parsed), "--help"]).InvokeAsync(new() { Output = terminal.Words, Error = terminal.Words }, ct);
            return Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new() { Output = terminal.Data, Error = terminal.Words, EnableDefaultExceptionHandler = false }, ct);
        }
        catch (NoDatabaseException none)
        {
            await terminal.Words.WriteLineAsync(none.Message);
            return NoDatabaseException.ExitCode;
        }
        catch (NoSuchInstanceException none)
        {
            await terminal.Words.WriteLineAsync(none.Message);
            return Usage;
        }
        catch (SettingException wrong)
        {
            await terminal.Words.WriteLineAsync(wrong.Message);
            return NoDatabaseException.ExitCode;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidSchemaName)
        {
            await terminal.Words.WriteLineAsync("There is no history in this database yet: the host has never run on it.");
            return Unavailable;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            await terminal.Words.WriteLineAsync($"The database does not answer: {e.Message}");
            return Unavailable;
        }
    }

    private static bool Asks(string[] args) => args.Any(arg => arg is "--help" or "-h" or "-?" or "/?" or "/h");

    private static Stack<string> Path(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult parent; result = parent) names.Push(result.Command.Name);
        return names;
    }
}
