using System.Diagnostics;
using Auth.Host.Database;

namespace Auth.Specs.Given;

/// <summary>The host as operators get it, published by the README's command once a run; what did not change is not built again.</summary>
public static class ProductionBuild
{
    private static readonly Lazy<Task<string>> Published = new(Publish);

    /// <summary>The folder with the published programs.</summary>
    public static Task<string> Folder => Published.Value;

    private static async Task<string> Publish()
    {
        var built = Directory.CreateDirectory(Path.Combine(Root, "Auth.Specs", "obj", "production")).FullName;
        var (folder, objects) = (Path.Combine(built, "host"), Path.Combine(built, "artifacts"));
        await using var alone = await FileLock.Exclusive(Path.Combine(built, "publish.lock"), TestContext.Current.CancellationToken);
        // Publishing adds and never takes away; what is no longer part of it must not be looked at.
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var start = new ProcessStartInfo(HostProcess.Dotnet, ["publish", "Auth.Host", "-c", "Release", "-o", folder, "--artifacts-path", objects, "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the build that runs us says to its children is not for this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        using var publish = Process.Start(start)!;
        var words = await Task.WhenAll(publish.StandardOutput.ReadToEndAsync(), publish.StandardError.ReadToEndAsync());
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? folder : throw new InvalidOperationException($"dotnet publish ended with {publish.ExitCode}:\n{string.Concat(words)}");
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Auth.sln"))) folder = folder.Parent!;
            return folder.FullName;
        }
    }
}
