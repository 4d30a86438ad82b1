using System.Runtime.CompilerServices;

namespace Auth.Specs.Given;

/// <summary>The published client packages, as npm unpacked them.</summary>
public static class ClientPackages
{
    /// <summary>The folder that holds them, a folder each.</summary>
    public static string Folder { get; } = Of();

    private static string Of([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "Clients", "node_modules"));
}
