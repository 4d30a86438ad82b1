namespace Auth.Host.Database;

/// <summary>Where an installed PostgreSQL usually is, in the order in which it is asked.</summary>
internal static class PostgresPlaces
{
    internal static async Task<IReadOnlyList<string>> All(string cache, CancellationToken ct) =>
        [.. OnPath(), .. await Configured(ct), .. Usual().Where(Directory.Exists).OrderByDescending(Major), .. Cached(cache)];

    /// <summary>Folders of the path that hold a <c>pg_ctl</c>, or where it is a link to.</summary>
    private static IEnumerable<string> OnPath() =>
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        let program = new FileInfo(Path.Combine(folder, OperatingSystem.IsWindows() ? "pg_ctl.exe" : "pg_ctl"))
        where program.Exists
        from place in new[] { Target(program), folder }.Distinct()
        select place;

    private static string Target(FileInfo program)
    {
        try
        {
            return ((program.ResolveLinkTarget(returnFinalTarget: true) as FileInfo) ?? program).DirectoryName!;
        }
        catch (IOException)
        {
            return program.DirectoryName!;
        }
    }

    private static async Task<IEnumerable<string>> Configured(CancellationToken ct) =>
        await Command.Run("pg_config", null, ct, "--bindir") is { Succeeded: true, Out: { Length: > 0 } folder } ? [folder] : [];

    private static IEnumerable<string> Usual() =>
        OperatingSystem.IsWindows() ? Under(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles) + @"\PostgreSQL", "*", "bin")
        : [
            .. Under("/usr/lib/postgresql", "*", "bin"),                                   // Debian, Ubuntu
            .. Under("/usr", "pgsql-*", "bin"),                                            // the PostgreSQL project's RPMs
            .. Under("/usr/libexec", "postgresql*", ""),                                   // Alpine
            .. Under("/opt/homebrew/opt", "postgresql*", "bin"), .. Under("/usr/local/opt", "postgresql*", "bin"),
            .. Under("/home/linuxbrew/.linuxbrew/opt", "postgresql*", "bin"),
            .. Under("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
            .. Under("/Library/PostgreSQL", "*", "bin"),
            "/usr/bin", "/usr/local/pgsql/bin",                                            // Fedora, Arch; built by hand
        ];

    /// <summary>What was fetched before.</summary>
    internal static IEnumerable<string> Cached(string cache) => Under(cache, "*", "bin").Where(folder => !folder.Contains(".unfinished", StringComparison.Ordinal));

    private static IEnumerable<string> Under(string folder, string pattern, string inside) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder, pattern).Select(found => Path.Combine(found, inside)) : [];

    /// <summary>The first number in the path: good enough to ask the newest first.</summary>
    private static int Major(string folder) =>
        int.TryParse(new string([.. folder.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)]), out var number) ? number : 0;
}
