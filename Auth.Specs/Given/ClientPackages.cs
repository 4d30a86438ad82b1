using System.Runtime.CompilerServices;

namespace Auth.Specs.Given;

/// <summary>The published client packages, as npm unpacked them.</summary>
public static class ClientPackages
{
    /// <summary>A file of a package, for example <c>Of("@clerk/clerk-js", "dist/clerk.browser.js")</c>.</summary>
    public static string Of(string package, string file) => Path.Combine(Folder(), "node_modules", package, file);

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "Clients");
}
