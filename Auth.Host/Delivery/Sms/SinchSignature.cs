using System.Security.Cryptography;
using System.Text;

namespace Auth.Host.Delivery.Sms;

/// <summary>Both signatures of the provider: of delivery reports, and of the Verification product's "application" scheme.</summary>
public static class SinchSignature
{
    /// <summary>base64(HMAC-SHA256(secret, body.nonce.timestamp)) over the raw bytes of the body.</summary>
    public static string OfCallback(string secret, ReadOnlySpan<byte> body, string nonce, string timestamp) =>
        Convert.ToBase64String(CallbackMac(secret, body, nonce, timestamp));

    /// <summary>Is this the signature? Takes the same time whatever is wrong with it.</summary>
    public static bool SignsCallback(string signature, string secret, ReadOnlySpan<byte> body, string nonce, string timestamp)
    {
        Span<byte> offered = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var whole = Convert.TryFromBase64String(signature, offered, out var length) && length == offered.Length;
        return CryptographicOperations.FixedTimeEquals(offered, CallbackMac(secret, body, nonce, timestamp)) & whole;
    }

    /// <summary>base64(HMAC-SHA256(base64-decoded secret, method ⏎ MD5 ⏎ content type ⏎ x-timestamp ⏎ path)).</summary>
    public static string OfApplication(string secret, string method, ReadOnlySpan<byte> body, string contentType, string timestamp, string pathAndQuery)
    {
#pragma warning disable CA5351 // The provider's scheme names MD5; the HMAC around it is what protects.
        var digest = body.IsEmpty ? "" : Convert.ToBase64String(MD5.HashData(body));
#pragma warning restore CA5351
        var signed = string.Join('\n', method, digest, contentType, $"x-timestamp:{timestamp}", pathAndQuery);
        return Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret), Encoding.UTF8.GetBytes(signed)));
    }

    private static byte[] CallbackMac(string secret, ReadOnlySpan<byte> body, string nonce, string timestamp)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(body);
        mac.AppendData(Encoding.UTF8.GetBytes($".{nonce}.{timestamp}"));
        return mac.GetHashAndReset();
    }
}
