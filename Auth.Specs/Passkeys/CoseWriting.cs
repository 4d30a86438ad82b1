using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Auth.Specs.Passkeys;

/// <summary>Writes a public key as an authenticator does (RFC 9053).</summary>
public static class CoseWriting
{
    /// <summary>The key, or what the lie makes of it.</summary>
    public static byte[] Of(AsymmetricAlgorithm key, int algorithm, Lie lie)
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        if (key is ECDsa elliptic)
        {
            var point = elliptic.ExportParameters(false).Q;
            writer.WriteStartMap(lie.PrivateKey ? 6 : 5);
            Pair(writer, 1, 2);
            Pair(writer, 3, lie.Algorithm ?? algorithm);
            Pair(writer, -1, lie.Curve ?? 1);
            Part(writer, -2, point.X!);
            Part(writer, -3, lie.OffTheCurve ? [.. point.Y![..31], (byte)(point.Y[31] ^ 1)] : point.Y!);
            if (lie.PrivateKey) Part(writer, -4, new byte[32]);
        }
        else
        {
            var rsa = ((RSA)key).ExportParameters(false);
            writer.WriteStartMap(lie.PrivateKey ? 5 : 4);
            Pair(writer, 1, 3);
            Pair(writer, 3, lie.Algorithm ?? algorithm);
            Part(writer, -1, lie.Modulus ?? rsa.Modulus!);
            Part(writer, -2, lie.Exponent ?? rsa.Exponent!);
            if (lie.PrivateKey) Part(writer, -3, new byte[256]);
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    private static void Pair(CborWriter writer, int label, int value)
    {
        writer.WriteInt32(label);
        writer.WriteInt32(value);
    }

    private static void Part(CborWriter writer, int label, byte[] value)
    {
        writer.WriteInt32(label);
        writer.WriteByteString(value);
    }
}
