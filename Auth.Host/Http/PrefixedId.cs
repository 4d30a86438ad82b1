namespace Auth.Host.Http;

/// <summary>
/// How an id looks outside: its kind, then 26 lower-case Crockford base32 characters of its 16 bytes, big-endian (R09).
/// There is one spelling; whatever else is written is not an id.
/// </summary>
public static class PrefixedId
{
    private const int Digits = 26;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The one spelling.</summary>
    public static string Write(string prefix, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        Span<char> digits = stackalloc char[Digits];
        var (held, bits, at) = (0, 2, 0);   // 130 bits carry 128: the first two are zero
        foreach (var b in bytes)
        {
            held = (held << 8) | b;
            for (bits += 8; bits >= 5;)
            {
                bits -= 5;
                digits[at++] = Alphabet[(held >> bits) & 31];
            }

            held &= 31;
        }

        return string.Concat(prefix, digits);
    }

    /// <summary>Reads the one spelling; empty for anything else, and for the empty Guid, which is nobody's id.</summary>
    public static Guid Read(string prefix, string? text)
    {
        if (text is null || text.Length != prefix.Length + Digits || !text.StartsWith(prefix, StringComparison.Ordinal)) return Guid.Empty;
        Span<byte> bytes = stackalloc byte[16];
        var (held, bits, at) = (0, -2, 0);
        foreach (var character in text.AsSpan(prefix.Length))
        {
            var digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0 || (at == 0 && bits == -2 && digit > 7)) return Guid.Empty;
            held = ((held << 5) | digit) & 0x1fff;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes[at++] = (byte)(held >> bits);
        }

        return new Guid(bytes, bigEndian: true);
    }
}
