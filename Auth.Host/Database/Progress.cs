using Auth.Host.Wiring;

namespace Auth.Host.Database;

/// <summary>A bar on a terminal that grows with a folder.</summary>
internal static class Progress
{
    internal static async Task Show(Task work, string folder, long whole, TextWriter words, CancellationToken ct)
    {
        while (await Task.WhenAny(work, Task.Delay(200, ct)) != work) await words.WriteAsync(Bar(Size(folder), whole));
        await words.WriteLineAsync(Bar(whole, whole));
    }

    internal static string Bar(long now, long whole) => $"{ProgressBar.Of(now, whole)} {now / 1_000_000,3} of about {whole / 1_000_000} MB";

    private static long Size(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
