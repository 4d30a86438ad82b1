using System.Diagnostics;
using System.Text;

namespace Auth.Host.Keys;

/// <summary>The one key that is not in the database. It wraps the others, and each only for the place it was wrapped for.</summary>
[DebuggerDisplay("RootKey(hidden)")]
public sealed class RootKey(byte[] bits, string source)
{
    /// <summary>256 bits.</summary>
    public const int Length = 32;

    private readonly Key _key = new(Guid.Empty, bits);

    /// <summary>Where it was found, to be named in an error.</summary>
    public string Source { get; } = source;

    /// <summary>Wraps a key; <paramref name="place"/> is what the row says of itself, so that a swapped row does not open.</summary>
    public string Wrap(ReadOnlySpan<byte> key, string place) => Convert.ToBase64String(_key.Encrypt(key, Encoding.UTF8.GetBytes(place)));

    /// <summary>The wrapped key; throws when it was wrapped with another root key or for another place.</summary>
    public byte[] Unwrap(string wrapped, string place) =>
        _key.Decrypt(Convert.FromBase64String(wrapped), Encoding.UTF8.GetBytes(place)) ?? throw new WrongRootKeyException(Source);

    /// <summary>A key that can be printed will be.</summary>
    public override string ToString() => "RootKey(hidden)";
}
