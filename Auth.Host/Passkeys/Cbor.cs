using System.Formats.Cbor;

namespace Auth.Host.Passkeys;

/// <summary>Reads what an authenticator wrote: CTAP2 canonical CBOR and nothing else.</summary>
public static class Cbor
{
    /// <summary>What <paramref name="read"/> makes of the bytes' first value, or null where they are not what it expects. Never an exception: the bytes are a stranger's.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> bytes, Func<CborReader, T> read) where T : struct
    {
        try
        {
            return read(new CborReader(bytes, CborConformanceMode.Ctap2Canonical, allowMultipleRootLevelValues: true));
        }
        catch (Exception no) when (no is CborContentException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }
}
