namespace Auth.Host.Database;

/// <summary>Where things that outlive a run are kept on this machine; the server's user may pass through it, and read nothing.</summary>
internal static class AuthFolder
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = Mine | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    internal static string Of(IConfiguration configuration) =>
        configuration["Auth:Postgres:DataFolder"] is { Length: > 0 } chosen ? Path.GetFullPath(chosen)
        : ServerUser.Name is not null ? "/var/lib/auth"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "auth");

    /// <summary>Makes a folder that the server's user can pass through.</summary>
    internal static string Make(params string[] parts) => Make(ServerUser.Name is null ? Mine : Passable, Path.Combine(parts));

    /// <summary>Makes a folder that is nobody else's business.</summary>
    internal static string MakePrivate(params string[] parts) => Make(Mine, Path.Combine(parts));

    /// <summary>Writes a file that only we can read; it is whole or not there.</summary>
    internal static void WritePrivate(string file, string content)
    {
        var unfinished = $"{file}.{Guid.NewGuid():n}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(unfinished, options))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(content);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file, overwrite: true);
    }

    private static string Make(UnixFileMode mode, string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(folder).FullName;
            if (Directory.Exists(folder)) return folder;
            if (Path.GetDirectoryName(folder) is { } parent && !Directory.Exists(parent)) Make(mode, parent);
            var made = Directory.CreateDirectory(folder, mode).FullName;
            File.SetUnixFileMode(made, mode);
            return made;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new NoDatabaseException($"The folder {folder} cannot be made: {e.Message}\nChoose another: export Auth__Postgres__DataFolder=/path/to/folder");
        }
    }
}
