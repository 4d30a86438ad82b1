using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Auth.Host.Passwords;

/// <summary>Why a text cannot be a password here.</summary>
public enum PasswordProblem
{
    /// <summary>Fewer than 15 code points where it may be somebody's only factor, fewer than 8 where it never is (R44).</summary>
    TooShort,

    /// <summary>More than 256 code points or 1024 bytes: refused before any hashing (R48).</summary>
    TooLong,

    /// <summary>No well-formed text, or a NUL in it.</summary>
    InvalidText,

    /// <summary>A new one that is on everybody's list (R45).</summary>
    Common,

    /// <summary>A new one that is the person's name, their address, or the name of the service (R45).</summary>
    OwnWord,
}

/// <summary>What a person typed, in normalization form C and within bounds; nothing trimmed, nothing shown.</summary>
[DebuggerDisplay("Password(hidden)")]
[JsonConverter(typeof(HiddenInJson))]
public sealed class Password
{
    /// <summary>The shortest new one where it can be the only factor (R44).</summary>
    public const int FewestAlone = 15;

    /// <summary>The shortest new one where a second factor is always demanded (R44).</summary>
    public const int FewestBesideAnother = 8;

    private const int MostPoints = 256, MostBytes = 1024;

    private Password(byte[] bytes, byte[] typed) => (Bytes, Typed) = (bytes, typed);

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal byte[] Bytes { get; }

    /// <summary>As it was typed, which is what other systems hashed.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal byte[] Typed { get; }

    /// <summary>Reads what was typed to sign in. Only bounds that protect the service are asked for, so that older rules for new passwords lock nobody out.</summary>
    public static PasswordProblem? Read(string typed, out Password? password)
    {
        password = null;
        if (typed.Length > 4 * MostBytes) return PasswordProblem.TooLong;
        if (Nfc.Of(typed) is not { } text || text.Contains('\0', StringComparison.Ordinal)) return PasswordProblem.InvalidText;
        if (Points(text) > MostPoints || Encoding.UTF8.GetByteCount(text) > MostBytes) return PasswordProblem.TooLong;
        password = new(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(typed));
        return null;
    }

    /// <summary>Reads a new password: the same, and long enough. No rule asks for kinds of characters (R44).</summary>
    public static PasswordProblem? ReadNew(string typed, out Password? password, int fewest = FewestAlone)
    {
        if (Read(typed, out password) is { } problem) return problem;
        if (Points(Encoding.UTF8.GetString(password!.Bytes)) >= fewest) return null;
        password = null;
        return PasswordProblem.TooShort;
    }

    /// <summary>A password that can be printed will be.</summary>
    public override string ToString() => "Password(hidden)";

    private static int Points(string text) => text.EnumerateRunes().Count();

    private sealed class HiddenInJson : JsonConverter<Password>
    {
        public override Password Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A password is never read from stored JSON.");

        public override void Write(Utf8JsonWriter writer, Password value, JsonSerializerOptions options) => writer.WriteStringValue("***");
    }
}
