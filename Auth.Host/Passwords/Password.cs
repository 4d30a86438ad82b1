using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Auth.Host.Passwords;

/// <summary>Why a text cannot be a password here.</summary>
public enum PasswordProblem
{
    /// <summary>A new one of fewer code points than the operator demands (R44).</summary>
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
    private const int MostPoints = 256, MostBytes = 1024;

    private Password(byte[] bytes, byte[] typed) => (Bytes, Typed) = (bytes, typed);

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal byte[] Bytes { get; }

    /// <summary>As it was typed, which is what other systems hashed.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal byte[] Typed { get; }

    /// <summary>Reads what was typed. Only bounds that protect the service are asked for, so that rules for new passwords (<see cref="PasswordRules"/>) lock nobody out.</summary>
    public static PasswordProblem? Read(string typed, out Password? password)
    {
        password = null;
        if (typed.Length > 4 * MostBytes) return PasswordProblem.TooLong;
        if (Nfc.Of(typed) is not { } text || text.Contains('\0', StringComparison.Ordinal)) return PasswordProblem.InvalidText;
        if (Points(text) > MostPoints || Encoding.UTF8.GetByteCount(text) > MostBytes) return PasswordProblem.TooLong;
        password = new(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(typed));
        return null;
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
