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
        var bits = KeyOptionsCheck.Bits(MadeOnce.Read(folder, Name, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(RootKey.Length)))) ??
            throw new InvalidDataException($"The file '{path}' does not hold a root key. Restore it; deleting it makes the database beside it unreadable.");
        return new RootKey(bits, $"the file '{path}'");
    }
}
