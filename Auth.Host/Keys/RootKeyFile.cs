using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Auth.Host.Keys;

/// <summary>The root key of a developer's machine: a file made once, readable by its owner only, the same for every host that starts.</summary>
public static class RootKeyFile
{
    /// <summary>The name of the file in its folder.</summary>
    public const string Name = "root.key";

    /// <summary>The key in <paramref name="folder"/>; of several hosts that start at once, one makes it and all read that one.</summary>
    public static RootKey ReadOrMake(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) Make(folder, path);
        var bits = KeyOptionsCheck.Bits(File.ReadAllText(path)) ??
            throw new InvalidDataException($"The file '{path}' does not hold a root key. Restore it; deleting it makes the database beside it unreadable.");
        return new RootKey(bits, $"the file '{path}'");
    }

    private static void Make(string folder, string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // Written whole under another name first: a file that is there is complete, also after a crash.
        var draft = $"{path}.{Guid.NewGuid():N}";
        var owner = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, owner))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(RootKey.Length)) + "\n"));
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
            // Another host was first: its key counts.
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string added);
}
