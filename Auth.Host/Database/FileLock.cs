namespace Auth.Host.Database;

/// <summary>Locks that the operating system lets go when their process dies, however it dies.</summary>
internal static class FileLock
{
    /// <summary>Waits until nobody else has it.</summary>
    internal static async Task<FileStream> Exclusive(string file, CancellationToken ct)
    {
        while (true)
        {
            if (TryExclusive(file) is { } held) return held;
            await Task.Delay(50, ct);
        }
    }

    /// <summary>Null while anybody holds it, shared or alone.</summary>
    internal static FileStream? TryExclusive(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }

    /// <summary>A mark that many can hold at once.</summary>
    internal static FileStream Shared(string file) => new(file, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
}
