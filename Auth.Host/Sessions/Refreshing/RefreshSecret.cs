using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Auth.Host.Sessions.Refreshing;

/// <summary>256 random bits that an app's backend holds for a browser, each kind under a prefix of its own so that none stands for another (R67, R69). The database keeps only their SHA-256.</summary>
public sealed class RefreshSecret
{
    /// <summary>What a refresh value begins with.</summary>
    public const string Refresh = "rfr_";

    /// <summary>What a handshake's word begins with.</summary>
    public const string Handshake = "hsk_";

    private const int Length = 32, Letters = 43;
    private readonly byte[] _bits;
    private readonly string _kind;

    private RefreshSecret(string kind, byte[] bits) => (_kind, _bits) = (kind, bits);

    /// <summary>What is stored: SHA-256 over kind and bits, in base64.</summary>
    public string Hash => Convert.ToBase64String(SHA256.HashData([.. System.Text.Encoding.ASCII.GetBytes(_kind), .. _bits]));

    /// <summary>A new one.</summary>
    public static RefreshSecret Make(string kind) => new(kind, RandomNumberGenerator.GetBytes(Length));

    /// <summary>Reads what travelled; null for what is none of that kind.</summary>
    public static RefreshSecret? Read(string kind, string? text)
    {
        if (text is null || text.Length != kind.Length + Letters || !text.StartsWith(kind, StringComparison.Ordinal)) return null;
        var bits = new byte[Length];
        return Base64Url.DecodeFromChars(text.AsSpan(kind.Length), bits, out _, out var length) is OperationStatus.Done && length == Length ? new(kind, bits) : null;
    }

    /// <summary>As it travels.</summary>
    internal string Write() => $"{_kind}{Base64Url.EncodeToString(_bits)}";

    /// <summary>Never the bits.</summary>
    public override string ToString() => "RefreshSecret(hidden)";
}
