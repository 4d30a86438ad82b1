using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Auth.Host.Keys;

/// <summary>A secret of a developer's machine: a file made once, readable by its owner only, the same for every host that starts.</summary>
internal static class MadeOnce
{
    /// <summary>The file's content; of several hosts that start at once, one makes it and all read that one.</summary>
    internal static string Read(string folder, string name, Func<string> make)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path)) Make(folder, path, make());
        return File.ReadAllText(path).Trim();
    }

    private static void Make(string folder, string path, string content)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // Written whole under another name first: a file that is there is complete, also after a crash.
        var draft = $"{path}.{Guid.NewGuid():N}";
        var owner = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, owner))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(content + "\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            Publish(draft, path);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // File.Move without overwriting looks first and renames then, so on Unix two hosts could both win; link(2) lets exactly one.
    private static void Publish(string draft, string path)
    {
        try
        {
            if (OperatingSystem.IsWindows()) File.Move(draft, path);
            else if (Link(draft, path) != 0) throw new IOException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another host was first: what it made counts.
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string added);
}
