using System.Diagnostics;
using Auth.Specs.Clients;
using Auth.Specs.Given;

namespace Auth.Specs.Promises;

/// <summary>The README's story works when it is pasted: from nobody to a signed token and a replay.</summary>
public class ReadmeSpecs
{
    [Fact]
    public async Task the_story_works_when_it_is_pasted()
    {
        var story = (await File.ReadAllTextAsync(Checkout.File("README.md"), TestContext.Current.CancellationToken)).Split("```sh\n").Single(block => block.StartsWith("H=", StringComparison.Ordinal)).Split("```")[0];
        await using var host = await LiveHost.Start();
        var folder = Directory.CreateTempSubdirectory("auth-story-").FullName;

        // Another port than the README's, and the program that was just built.
        var told = await Paste(story.Replace("http://localhost:5080", host.Address.ToString().TrimEnd('/')).Replace("dotnet run -v q --project Auth.Host --", $"dotnet {Path.Combine(AppContext.BaseDirectory, "Auth.Host.dll")}"), folder, host.Settings);

        told.ShouldContain("\"object\":\"token\"");
        told.ShouldContain("Second factor verified");
        told.ShouldContain("Converted into sess_");
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> Paste(string story, string folder, IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo("bash", ["-c", story]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SK"] = RunningHost.SecretKey;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (key, value) in settings) start.Environment[key.Replace(":", "__")] = value;
        using var bash = Process.Start(start)!;
        var (data, words) = (bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        bash.ExitCode.ShouldBe(0, await words);
        return await data;
    }
}
