using System.Text.RegularExpressions;

namespace Auth.Host.Database;

/// <summary>A folder where <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> were seen to work together.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>Older ones are not supported by their makers any more, or not tried here.</summary>
    internal const int OldestMajor = 14;

    internal string Initdb => Program(Folder, "initdb");

    internal string PgCtl => Program(Folder, "pg_ctl");

    /// <summary>The first place that works; a major that already has data here goes before one that has none, so that an upgrade hides nobody's data.</summary>
    internal static async Task<PostgresBinaries?> Find(IConfiguration configuration, IReadOnlyCollection<int> majorsWithData, string cache, CancellationToken ct)
    {
        if (configuration["Auth:Postgres:BinDir"] is { Length: > 0 } chosen)
            return await In(chosen, ct)
                ?? throw new NoDatabaseException($"Auth:Postgres:BinDir names {chosen}, but initdb, pg_ctl and postgres (major {OldestMajor} or newer) do not work there together.");

        PostgresBinaries? first = null;
        foreach (var place in configuration["Auth:Postgres:UseInstalled"] is "false" or "False" ? PostgresPlaces.Cached(cache) : await PostgresPlaces.All(cache, ct))
        {
            if (await In(place, ct) is not { } found) continue;
            if (majorsWithData.Count == 0 || majorsWithData.Contains(found.Major)) return found;
            first ??= found;
        }

        return first;
    }

    /// <summary>Null unless all three are there and find the files they need: a lone or copied <c>pg_ctl</c> is not an installation.</summary>
    internal static async Task<PostgresBinaries?> In(string folder, CancellationToken ct)
    {
        if (!File.Exists(Program(folder, "initdb")) || !File.Exists(Program(folder, "pg_ctl")) || !File.Exists(Program(folder, "postgres"))) return null;

        // Asks initdb for what it would do; it looks for a postgres of its own version beside itself while it answers.
        var settings = await Command.Run(Program(folder, "initdb"), ServerUser.Name, ct, "--show", "-D", Path.Combine(Path.GetTempPath(), "nowhere"));
        var starter = await Command.Run(Program(folder, "pg_ctl"), ServerUser.Name, ct, "--version");
        var told = $"{settings.Out}\n{settings.Error}";
        var (bki, major) = (BkiFile().Match(told), MajorVersion().Match(told));
        return settings.Succeeded && starter.Succeeded && bki.Success && File.Exists(bki.Groups[1].Value.Trim())
            && major.Success && int.Parse(major.Groups[1].Value) is >= OldestMajor and var number
            && starter.Out.Contains($" {number}", StringComparison.Ordinal)
            ? new(Path.GetFullPath(folder), number)
            : null;
    }

    private static string Program(string folder, string name) => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    [GeneratedRegex(@"^POSTGRES_BKI=(.+)$", RegexOptions.Multiline)]
    private static partial Regex BkiFile();

    [GeneratedRegex(@"^VERSION=(\d+)", RegexOptions.Multiline)]
    private static partial Regex MajorVersion();
}
