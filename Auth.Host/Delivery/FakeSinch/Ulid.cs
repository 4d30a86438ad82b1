using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>26 letters as the provider's ids have: a millisecond and 80 random bits, each later than the one before.</summary>
internal sealed class Ulid(TimeProvider clock)
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private readonly Lock _gate = new();
    private UInt128 _last;

    public string Next()
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        var fresh = ((UInt128)(ulong)clock.GetUtcNow().ToUnixTimeMilliseconds() << 80) | (BinaryPrimitives.ReadUInt128BigEndian(random) >> 49);
        lock (_gate) _last = fresh > _last ? fresh : _last + 1;
        return string.Create(26, _last, static (text, id) =>
        {
            for (var at = 25; at >= 0; at--, id >>= 5) text[at] = Letters[(int)(id & 31)];
        });
    }
}
