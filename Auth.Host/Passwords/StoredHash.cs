using System.Globalization;
using System.Text.RegularExpressions;
using Auth.Host.Passwords.Imports;

namespace Auth.Host.Passwords;

/// <summary>A password hash as it is stored: a PHC string with parameters and the id of the pepper (R46).</summary>
/// <param name="Imported">Where it is not over the password itself but over the hash that another system had of it: how that system made it.</param>
public sealed partial record StoredHash(HashCost Cost, Guid Pepper, byte[] Salt, byte[] Hash, Imported? Imported = null)
{
    /// <summary>Bytes of salt.</summary>
    public const int SaltLength = 16;

    /// <summary>Bytes of hash.</summary>
    public const int HashLength = 32;

    /// <summary>$argon2id$v=19$m=…,t=…,p=1,keyid=…$salt$hash, and before it $imported$function,dials…$salt where another system's hash is inside.</summary>
    public string Phc => $"{(Imported is { } i ? $"$imported${i.Function.Setting}${Text(i.Salt)}" : "")}$argon2id$v=19${Cost},keyid={Text(Pepper.ToByteArray(bigEndian: true))}${Text(Salt)}${Text(Hash)}";

    /// <summary>Reads a stored string; one that we did not write is a broken database, not a wrong password.</summary>
    public static StoredHash Parse(string phc)
    {
        var match = Shape().Match(phc);
        if (!match.Success) throw new FormatException("A stored password hash is not in the form this service writes.");
        return new(
            new(long.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups["t"].ValueSpan, CultureInfo.InvariantCulture)),
            new Guid(Bytes(match.Groups["k"].Value), bigEndian: true), Bytes(match.Groups["salt"].Value), Bytes(match.Groups["hash"].Value),
            match.Groups["setting"] is { Success: true, Value: var setting } ? new(ImportedFunction.Parse(setting), Bytes(match.Groups["from"].Value)) : null);
    }

    /// <summary>What a stored string says of where it came from; null for our own.</summary>
    public static string? SettingOf(string phc) => Shape().Match(phc).Groups["setting"] is { Success: true, Value: var setting } ? setting : null;

    /// <summary>Not even the hash is for a log.</summary>
    public override string ToString() => "StoredHash(hidden)";

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] Bytes(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));

    [GeneratedRegex(@"^(\$imported\$(?<setting>[a-z0-9_,=]{1,64})\$(?<from>[A-Za-z0-9+/]{0,344}))?\$argon2id\$v=19\$m=(?<m>[1-9][0-9]{0,8}),t=(?<t>[1-9][0-9]{0,3}),p=1,keyid=(?<k>[A-Za-z0-9+/]{22})\$(?<salt>[A-Za-z0-9+/]{22})\$(?<hash>[A-Za-z0-9+/]{43})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}

/// <summary>How another system hashed this person's password.</summary>
public sealed record Imported(ImportedFunction Function, byte[] Salt);
