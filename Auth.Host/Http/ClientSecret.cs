using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Auth.Host.Http;

/// <summary>What a browser or an app proves itself with: 256 random bits (R08). The database keeps only their SHA-256.</summary>
public sealed class ClientSecret
{
    private const int Length = 32;
    private readonly byte[] _bits;

    private ClientSecret(byte[] bits) => _bits = bits;

    /// <summary>What is stored: SHA-256 in base64.</summary>
    public string Hash => Convert.ToBase64String(SHA256.HashData(_bits));

    public static ClientSecret Make() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Is it the one whose hash was stored? In constant time.</summary>
    public bool Matches(string hash)
    {
        Span<byte> stored = stackalloc byte[SHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(hash, stored, out var length) && CryptographicOperations.FixedTimeEquals(stored[..length], SHA256.HashData(_bits));
    }

    /// <summary>As it travels: <c>client_….secret</c>.</summary>
    internal string Write(ClientId client) => $"{client}.{Base64Url.EncodeToString(_bits)}";

    /// <summary>Reads what travelled; nothing when it is not a client and a secret.</summary>
    internal static (ClientId Client, ClientSecret Secret)? Read(string? text)
    {
        if (text?.Split('.') is not [var id, { Length: 43 } secret] || !ClientId.TryParse(id, out var client) || client.Value == Guid.Empty) return null;
        var bits = new byte[Length];
        return Base64Url.DecodeFromChars(secret, bits, out _, out var length) is OperationStatus.Done && length == Length ? (client, new(bits)) : null;
    }

    public override string ToString() => "ClientSecret(hidden)";
}

/// <summary>A secret on its way to its client.</summary>
public sealed record IssuedSecret(ClientId Client, ClientSecret Secret, DateTimeOffset Expires);
