using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Auth.Host.Passwords.Imports;

/// <summary>How each hasher writes its digests. The names and forms are those of Clerk's <c>password_hasher</c>; the two of ASP.NET Identity are ours.</summary>
internal static partial class DigestForms
{
    private const int ShortestHash = 16, LongestHash = 128, LongestSalt = 256;
    private static readonly HashAlgorithmName[] IdentityPrfs = [HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA512];

    /// <summary>All of them.</summary>
    public static readonly FrozenDictionary<string, Func<string, ImportedDigest?>> ByHasher = new Dictionary<string, Func<string, ImportedDigest?>>
    {
        ["argon2i"]              = digest => Argon2(digest, independent: true),
        ["argon2id"]             = digest => Argon2(digest, independent: false),
        ["bcrypt"]               = digest => Bcrypt(digest, overSha256: false),
        ["bcrypt_sha256_django"] = digest => digest.StartsWith("bcrypt_sha256$", StringComparison.Ordinal) ? Bcrypt(digest["bcrypt_sha256$".Length..], overSha256: true) : null,
        ["md5"]                  = digest => Unsalted(digest, HashAlgorithmName.MD5, 16),
        ["pbkdf2_identity_v2"]   = IdentityV2,
        ["pbkdf2_identity_v3"]   = IdentityV3,
        ["pbkdf2_sha1"]          = digest => Pbkdf2(digest, "pbkdf2_sha1",       HashAlgorithmName.SHA1,   salt => FromHex(salt) ?? Plain(salt), FromHex),
        ["pbkdf2_sha256"]        = digest => Pbkdf2(digest, "pbkdf2_sha256",     HashAlgorithmName.SHA256, FromBase64,                           FromBase64),
        ["pbkdf2_sha256_django"] = digest => Pbkdf2(digest, "pbkdf2_sha256",     HashAlgorithmName.SHA256, Plain,                                FromBase64),
        ["pbkdf2_sha512"]        = digest => Pbkdf2(digest, "pbkdf2_sha512",     HashAlgorithmName.SHA512, Plain,                                FromHex),
        ["pbkdf2_sha512_hex"]    = digest => Pbkdf2(digest, "pbkdf2_sha512_hex", HashAlgorithmName.SHA512, FromHex,                              FromHex),
        ["sha256"]               = digest => Unsalted(digest, HashAlgorithmName.SHA256, 32),
    }.ToFrozenDictionary();

    private static ImportedDigest? Bcrypt(string digest, bool overSha256)
    {
        var match = BcryptShape().Match(digest);
        return match.Success ? Sound(new Bcrypt(Number(match.Groups["c"]), overSha256), BcryptBytes(match.Groups["salt"].Value), BcryptBytes(match.Groups["hash"].Value)) : null;
    }

    private static ImportedDigest? Argon2(string digest, bool independent)
    {
        var match = Argon2Shape().Match(digest);
        if (!match.Success || match.Groups["i"].Success != independent) return null;
        var (salt, hash) = (FromBase64(match.Groups["salt"].Value), FromBase64(match.Groups["hash"].Value));
        return Sound(new Argon2(independent, Number(match.Groups["m"]), Number(match.Groups["t"]), Number(match.Groups["p"]), hash?.Length ?? 0), salt?.Length >= 8 ? salt : null, hash);
    }

    // name$iterations$salt$hash; for SHA-1 the length of the hash may follow.
    private static ImportedDigest? Pbkdf2(string digest, string name, HashAlgorithmName prf, Func<string, byte[]?> salt, Func<string, byte[]?> hash)
    {
        string[] parts = digest.Split('$');
        if (parts is not [var named, var iterations, { Length: > 0 } s, var h, ..] || named != name || !Digits().IsMatch(iterations)) return null;
        var key = hash(h);
        if (parts.Length > 5 || (parts.Length == 5 && (prf != HashAlgorithmName.SHA1 || parts[4] != $"{key?.Length}"))) return null;
        return Sound(new Pbkdf2(prf, int.Parse(iterations, CultureInfo.InvariantCulture), key?.Length ?? 0), salt(s), key);
    }

    // 00, 16 bytes of salt, 32 bytes of hash: PBKDF2 over SHA-1, a thousand times.
    private static ImportedDigest? IdentityV2(string digest) =>
        FromBase64(digest) is [0, .. { Length: 48 } rest] ? Sound(new Pbkdf2(HashAlgorithmName.SHA1, 1000, 32), rest[..16], rest[16..]) : null;

    // 01, then function, iterations and length of the salt as big-endian numbers of 32 bits, salt, hash.
    private static ImportedDigest? IdentityV3(string digest)
    {
        if (FromBase64(digest) is not [1, .. { Length: > 12 } rest]) return null;
        var (prf, iterations, salt) = (Uint(rest, 0), Uint(rest, 4), Uint(rest, 8));
        return prf < IdentityPrfs.Length && iterations <= int.MaxValue && salt is >= 8 and <= LongestSalt && 12 + salt < rest.Length
            ? Sound(new Pbkdf2(IdentityPrfs[prf], (int)iterations, rest.Length - 12 - (int)salt), rest[12..(12 + (int)salt)], rest[(12 + (int)salt)..])
            : null;
    }

    private static ImportedDigest? Unsalted(string digest, HashAlgorithmName hash, int length) =>
        FromHex(digest) is { } bytes && bytes.Length == length ? new(new Unsalted(hash), [], bytes) : null;

    private static ImportedDigest? Sound(ImportedFunction function, byte[]? salt, byte[]? hash) =>
        salt is { Length: > 0 and <= LongestSalt } && hash is { Length: >= ShortestHash and <= LongestHash } ? new(function, salt, hash) : null;

    private static byte[] Plain(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[]? FromHex(string text) => text.Length > 0 && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    // With or without the padding, and nothing else: no white space, no second spelling.
    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        var padded = text.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        if (!Base64Shape().IsMatch(text) || !Convert.TryFromBase64String(padded, bytes, out var length)) return null;
        return bytes[..length];
    }

    // bcrypt's own alphabet, most significant bits first, what is left over at the end dropped.
    private static byte[] BcryptBytes(string text)
    {
        const string alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        var bytes = new byte[text.Length * 6 / 8];
        for (int i = 0, held = 0, bits = 0, at = 0; i < text.Length; i++)
        {
            held = ((held << 6) | alphabet.IndexOf(text[i], StringComparison.Ordinal)) & 0xFFFF;
            bits += 6;
            if (bits >= 8) bytes[at++] = (byte)(held >> (bits -= 8));
        }

        return bytes;
    }

    private static uint Uint(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\$2[aby]\$(?<c>[0-9]{2})\$(?<salt>[./A-Za-z0-9]{22})(?<hash>[./A-Za-z0-9]{31})\z", RegexOptions.CultureInvariant)]
    private static partial Regex BcryptShape();

    [GeneratedRegex(@"^\$argon2(i(?<d>d)|(?<i>i))\$v=19\$m=(?<m>[1-9][0-9]{0,7}),t=(?<t>[1-9][0-9]{0,5}),p=(?<p>[1-9][0-9]{0,3})\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Argon2Shape();

    [GeneratedRegex(@"^[A-Za-z0-9+/]+={0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Base64Shape();

    [GeneratedRegex(@"^[1-9][0-9]{0,8}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
