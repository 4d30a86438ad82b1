using System.Formats.Cbor;

namespace Auth.Host.Passkeys;

/// <summary>A credential's public key (RFC 9053), as far as it must be understood to say whether it is one that we asked for.</summary>
/// <param name="Type">2: elliptic curve, 3: RSA.</param>
/// <param name="Curve">1: P-256.</param>
/// <param name="Parts">The byte strings of labels -1, -2, -3: modulus and exponent, or the point.</param>
public sealed record CoseKey(long Type, long Algorithm, long Curve, IReadOnlyDictionary<long, byte[]> Parts)
{
    /// <summary>ES256 (RFC 9053).</summary>
    public const int Es256 = -7;

    /// <summary>RS256 (RFC 8812): what Windows Hello makes on machines whose TPM knows nothing better.</summary>
    public const int Rs256 = -257;

    /// <summary>Those we ask for, the preferred one first.</summary>
    public static readonly IReadOnlyList<int> Algorithms = [Es256, Rs256];

    /// <summary>Whether it is one of those.</summary>
    public bool IsAskedFor => Algorithms.Any(algorithm => algorithm == Algorithm);

    /// <summary>Type, curve and sizes are those of its algorithm, and there is nothing else in it, such as its secret half: ES256 on P-256 only (Level 3 §5.8.5), RSA of 2048 to 4096 bits.</summary>
    public bool IsSound => Parts.Count == 2 && Algorithm switch
    {
        Es256 => Type == 2 && Curve == 1 && Part(-2).Length == 32 && Part(-3).Length == 32,
        Rs256 => Type == 3 && Part(-1) is [not 0, ..] and { Length: >= 256 and <= 512 } && Part(-2) is [1, 0, 1],
        _ => false,
    };

    /// <summary>Reads one map; what is no key at all throws what the reader throws.</summary>
    public static CoseKey Read(CborReader reader)
    {
        var (numbers, parts) = (new Dictionary<long, long>(), new Dictionary<long, byte[]>());
        for (var left = reader.ReadStartMap(); left != 0 && reader.PeekState() != CborReaderState.EndMap; left--)
        {
            var label = reader.ReadInt64();
            switch (reader.PeekState())
            {
                case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger: numbers[label] = reader.ReadInt64(); break;
                case CborReaderState.ByteString: parts[label] = reader.ReadByteString(); break;
                default: reader.SkipValue(); break;
            }
        }

        reader.ReadEndMap();
        return new(numbers.GetValueOrDefault(1), numbers.GetValueOrDefault(3), numbers.GetValueOrDefault(-1), parts);
    }

    private byte[] Part(long label) => Parts.GetValueOrDefault(label, []);
}
