namespace Auth.Host.Database;

/// <summary>PostgreSQL refuses to run as root: then it runs as somebody without rights.</summary>
internal static class ServerUser
{
    /// <summary>The user to switch to, or null to stay who we are.</summary>
    internal static readonly string? Name =
        OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess ? null : Exists("postgres") ? "postgres" : "nobody";

    internal static string Told => Name is null ? "" : $" as {Name}";

    private static bool Exists(string user) =>
        File.Exists("/etc/passwd") && File.ReadLines("/etc/passwd").Any(line => line.StartsWith(user + ':', StringComparison.Ordinal));
}
