using System.Security.Cryptography;
using System.Text;

namespace Auth.Host.Passwords;

/// <summary>
/// Passwords that are on everybody's list, asked without the network: the sorted first five bytes of SHA-256 over each, in lower case. Two
/// texts share five bytes once in ten million times, and then a good password is refused.
/// </summary>
public static class CommonPasswords
{
    private const int Prefix = 5;
    private static readonly Lazy<byte[]> Sorted = new(() =>
    {
        using var list = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common.bin")!;
        var bytes = new byte[list.Length];
        list.ReadExactly(bytes);
        return bytes;
    });

    /// <summary>How many there are.</summary>
    public static int Count => Sorted.Value.Length / Prefix;

    /// <summary>Whether the whole text is one of them, whatever the case of its letters.</summary>
    public static bool Has(string text)
    {
        var sought = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToLowerInvariant())).AsSpan(0, Prefix);
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = sought.SequenceCompareTo(Sorted.Value.AsSpan(middle * Prefix, Prefix));
            if (order == 0) return true;
            (low, high) = order < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        return false;
    }
}
