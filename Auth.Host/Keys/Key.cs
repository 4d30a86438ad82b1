using System.Security.Cryptography;
using System.Text;
using Auth.Domain;

namespace Auth.Host.Keys;

/// <summary>256 random bits with an id. It seals with AES-256-GCM and marks with HMAC-SHA-256; it never shows itself.</summary>
public sealed class Key(Guid id, byte[] bits)
{
    private const int NonceLength = 12, TagLength = 16;

    /// <summary>Named beside everything that was made with it.</summary>
    public Guid Id { get; } = id;

    /// <summary>HMAC-SHA-256 over the parts, each preceded by its length, so that no two lists of parts collide.</summary>
    public byte[] Mac(params ReadOnlySpan<string> parts)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, bits);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hmac.AppendData(length);
            hmac.AppendData(bytes);
        }

        return hmac.GetHashAndReset();
    }

    /// <summary>HMAC-SHA-256 over bytes.</summary>
    public byte[] Mac(ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(bits, bytes);

    /// <summary>Seals a value; the same value never looks the same twice.</summary>
    public Sealed Seal(string value) => new(Id, Convert.ToBase64String(Encrypt(Encoding.UTF8.GetBytes(value), Id.ToByteArray())));

    /// <summary>Reads a sealed value, or null when it is under another key or was changed.</summary>
    public string? Open(Sealed value) =>
        value.Key == Id && Decrypt(Convert.FromBase64String(value.Box), Id.ToByteArray()) is { } plain ? Encoding.UTF8.GetString(plain) : null;

    /// <summary>nonce ‖ ciphertext ‖ tag; <paramref name="context"/> must be given again to read it.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var box = new byte[NonceLength + plain.Length + TagLength];
        var nonce = box.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(bits, TagLength);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceLength, plain.Length), box.AsSpan(NonceLength + plain.Length), context);
        return box;
    }

    /// <summary>The plain bytes, or null when key, context or box do not belong together.</summary>
    public byte[]? Decrypt(ReadOnlySpan<byte> box, ReadOnlySpan<byte> context)
    {
        if (box.Length < NonceLength + TagLength) return null;
        var plain = new byte[box.Length - NonceLength - TagLength];
        using var aes = new AesGcm(bits, TagLength);
        try
        {
            aes.Decrypt(box[..NonceLength], box.Slice(NonceLength, plain.Length), box[^TagLength..], plain, context);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Only the id: a key that can be printed will be.</summary>
    public override string ToString() => $"Key({Id})";
}
