using System.Diagnostics;

namespace Auth.Host.Database;

/// <summary>One program, run to its end; as root it can be run as somebody else.</summary>
internal static class Command
{
    internal sealed record Outcome(int Code, string Out, string Error)
    {
        internal bool Succeeded => Code == 0;

        /// <summary>What to tell a person when it went wrong.</summary>
        internal string Story => Error.Length > 0 ? Error : Out.Length > 0 ? Out : $"exit code {Code}";
    }

    internal static async Task<Outcome> Run(string program, string? user, CancellationToken ct, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Somebody else may not even enter the folder we are in.
            WorkingDirectory = Path.GetPathRoot(Path.GetTempPath()),
        };
        if (user is not null) start.UserName = user;
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";

        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            await EndOf(process, ct);
            // A server that was started may keep our pipe open (Windows); what it says later is not for us.
            await Task.WhenAny(Task.WhenAll(output, error), Task.Delay(TimeSpan.FromSeconds(2), ct));
            return new(process.ExitCode, Text(output), Text(error));
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or FileNotFoundException or UnauthorizedAccessException)
        {
            return new(127, "", e.Message);
        }
    }

    private static async Task EndOf(Process process, CancellationToken ct)
    {
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string Text(Task<string> reading) => reading.IsCompletedSuccessfully ? reading.Result.Trim() : "";
}
