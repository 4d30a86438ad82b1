using System.Security.Cryptography;
using Auth.Projections.Proof;

namespace Auth.Host.Keys;

/// <summary>A key of an instance, unwrapped, in memory.</summary>
public sealed class OpenKey(InstanceKey row, byte[] bits)
{
    /// <summary>Named beside everything that was made with it.</summary>
    public Guid Id { get; } = row.Id;

    /// <summary>What it is for.</summary>
    public KeyPurpose Purpose { get; } = row.Purpose;

    /// <summary>Counts up with each rotation.</summary>
    public int Generation { get; } = row.Generation;

    /// <summary>From then on it is the one in use.</summary>
    public DateTimeOffset UsedFrom { get; } = row.UsedFrom;

    /// <summary>As a symmetric key.</summary>
    internal Key Key { get; } = new(row.Id, bits);

    /// <summary>As a private key that signs.</summary>
    internal ECDsa Signer()
    {
        var signer = ECDsa.Create();
        signer.ImportPkcs8PrivateKey(bits, out _);
        return signer;
    }

    /// <summary>As a private key that signs notes under a name.</summary>
    internal NoteSigner Notes(string name) => new(name, bits);

    /// <summary>Fresh key material for a purpose.</summary>
    internal static byte[] NewBits(KeyPurpose purpose)
    {
        if (purpose != KeyPurpose.Signing) return RandomNumberGenerator.GetBytes(32);
        using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return signer.ExportPkcs8PrivateKey();
    }

    /// <summary>Only what it is, never the key.</summary>
    public override string ToString() => $"OpenKey({Purpose} {Generation})";
}
