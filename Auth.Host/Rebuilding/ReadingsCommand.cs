using System.CommandLine;
using Auth.Host.Audit;
using Auth.Host.Audit.Verbs;

namespace Auth.Host.Rebuilding;

/// <summary>
/// <c>readings …</c>, before anything of the host is composed: for the operator, while hosts run. Ends with 0; 1 when a reading was not what the events say; 64 for bad usage;
/// 69 when the database does not answer or another rebuild is under way; 78 when there is none.
/// </summary>
public static class ReadingsCommand
{
    /// <summary>Whether these arguments are for it.</summary>
    public static bool Handles(string[] args) => args is ["readings", ..];

    /// <summary>Runs on this process's terminal.</summary>
    public static Task<int> Run(string[] args) => Run(args, Terminal.OfProcess(args), new Dictionary<string, string?>());

    /// <summary>Runs on any terminal, with settings that win over the configured ones.</summary>
    public static async Task<int> Run(string[] args, Terminal terminal, IReadOnlyDictionary<string, string?> settings, CancellationToken ct = default)
    {
        var root = new RootCommand("Auth, for operators") { RebuildVerb.All(terminal, stop => AuditStore.Open(settings, null, terminal.Words, stop)) };
        return await AuditCommand.Invoke(root, root.Parse(args), args, terminal, ct);
    }
}
