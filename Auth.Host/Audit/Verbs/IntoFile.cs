namespace Auth.Host.Audit.Verbs;

/// <summary>Where a drawing goes: a file, which is written anew, or stdout for <c>-</c>.</summary>
internal static class IntoFile
{
    private const string Stdout = "-";

    /// <summary>The file is there already and stays, or cannot be written.</summary>
    internal const int CannotCreate = 73;

    internal static async Task<int> Write(Terminal terminal, string path, string text, CancellationToken ct)
    {
        if (path == Stdout)
        {
            await terminal.Data.WriteAsync(text.AsMemory(), ct);
            return 0;
        }

        try
        {
            await File.WriteAllTextAsync(path, text, ct);
            await terminal.Words.WriteLineAsync($"Written: {path}");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            await terminal.Words.WriteLineAsync($"{path} cannot be written: {e.Message}");
            return CannotCreate;
        }
    }
}
