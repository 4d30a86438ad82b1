using System.Security.Cryptography;
using Auth.Host.Keys;
using Auth.Host.Passwords;

namespace Auth.Host.Factors;

/// <summary>Ten codes to write down, each good once (R35, R36).</summary>
/// <param name="Left">Those not used yet: two letters that find the row, and Argon2id with pepper over the whole code.</param>
public sealed record BackupCodeSet(Guid Id, Guid UserId, IReadOnlyList<HashedBackupCode> Left, DateTimeOffset MadeAt)
{
    /// <summary>They came from another system, in its form and spelled as it did; their selectors are of a secret key's making.</summary>
    public bool Foreign { get; init; }

    /// <summary>Codes of a set.</summary>
    public const int Codes = 10;

    /// <summary>Revision of the row; a code is good once, whoever is second reads again.</summary>
    public long Version { get; set; }

    /// <summary>A new set at rest; null when too many hashes are waiting.</summary>
    public static async Task<BackupCodeSet?> Of(Guid id, Guid user, IReadOnlyList<OfferedBackupCode> codes, PasswordHashing hashing, string tenant, DateTimeOffset now, CancellationToken ct)
    {
        var hashed = new List<HashedBackupCode>();
        foreach (var code in codes)
        {
            if (await hashing.Hash(tenant, code.Secret, ct) is not { } phc) return null;
            hashed.Add(new(code.Selector!, phc));
        }

        return new(id, user, hashed, now);
    }

    /// <summary>A set that moves in; null when too many hashes are waiting. Selectors are as short as can be while each finds one row: one hash a guess, and little told by a stolen table.</summary>
    public static async Task<BackupCodeSet?> OfForeign(Guid id, Guid user, IReadOnlyList<ForeignBackupCode> codes, Key index, PasswordHashing hashing, string tenant, DateTimeOffset now, CancellationToken ct)
    {
        var marks = codes.Select(code => code.Mark(index, user)).ToList();
        var length = Enumerable.Range(OfferedBackupCode.SelectorLength, marks[0].Length).First(n => marks.DistinctBy(mark => mark[..n]).Count() == marks.Count);
        var hashed = new List<HashedBackupCode>();
        foreach (var (code, mark) in codes.Zip(marks))
        {
            if (await hashing.Hash(tenant, code.Secret, ct) is not { } phc) return null;
            hashed.Add(new(mark[..length], phc));
        }

        return new(id, user, hashed, now) { Foreign = true };
    }

    /// <summary>The row a code could be in.</summary>
    public HashedBackupCode? Row(OfferedBackupCode code, Key index) => Foreign
        ? code.AsForeign.Mark(index, UserId) is var mark ? Left.FirstOrDefault(row => mark.StartsWith(row.Selector, StringComparison.Ordinal)) : null
        : Left.FirstOrDefault(row => row.Selector == code.Selector);

    /// <summary>What of a typed code is hashed: a code of ours in whatever spelling, a foreign one as it stands.</summary>
    public static Password Secret(OfferedBackupCode code, BackupCodeSet? set) => set is { Foreign: true } ? code.AsForeign.Secret : code.Secret;

    /// <summary>Without that one.</summary>
    public BackupCodeSet Without(HashedBackupCode used) => this with { Left = [.. Left.Where(row => row != used)] };

    /// <summary>Which set, and no more.</summary>
    public override string ToString() => $"BackupCodeSet({Id})";
}

/// <summary>One backup code at rest.</summary>
public sealed record HashedBackupCode(string Selector, string Phc)
{
    /// <summary>A hash is not printed either.</summary>
    public override string ToString() => "HashedBackupCode(hidden)";
}

/// <summary>A backup code of another system: any 8 to 64 characters, spelled in one way.</summary>
public sealed record ForeignBackupCode
{
    private const int Shortest = 8, Longest = 64;

    private ForeignBackupCode(string value) => Value = value;

    private string Value { get; }

    /// <summary>What is hashed.</summary>
    public Password Secret => PasswordFields.Typed(Value);

    /// <summary>A mark that only the index key can make: its beginning finds the row.</summary>
    public string Mark(Key index, Guid user) => Convert.ToHexStringLower(index.Mac("backup code", user.ToString("N"), Value));

    /// <summary>Without spaces around it; null for what cannot be one.</summary>
    public static ForeignBackupCode? Of(string typed) =>
        typed.Trim() is { Length: >= Shortest and <= Longest } value && !value.Any(char.IsControl) ? new(value) : null;

    /// <summary>A digest of a code can never be compared: nothing leads from what is typed to its row.</summary>
    public bool IsDigest => Value.Length == 60 && Value.StartsWith("$2", StringComparison.Ordinal);

    /// <summary>Never the characters.</summary>
    public override string ToString() => "ForeignBackupCode(hidden)";
}

/// <summary>A backup code as it was typed or made: two letters of selector and ten of 50 random bits, from 32 letters without look-alikes. A typed one may also be another system's.</summary>
public sealed record OfferedBackupCode
{
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    internal const int SelectorLength = 2;
    private const int Length = 12;

    private OfferedBackupCode(string? letters, ForeignBackupCode? foreign) => (Value, _foreign) = (letters, foreign);

    private readonly ForeignBackupCode? _foreign;

    /// <summary>The twelve letters; null for what can only be a foreign one.</summary>
    private string? Value { get; }

    /// <summary>The same, should it be another system's.</summary>
    internal ForeignBackupCode AsForeign => _foreign ?? ForeignBackupCode.Of(Value!)!;

    /// <summary>Which row it could be in.</summary>
    public string? Selector => Value?[..SelectorLength];

    /// <summary>As it is shown, once: <c>SS-XXXXX-XXXXX</c>.</summary>
    public string Shown => $"{Value![..2]}-{Value[2..7]}-{Value[7..]}";

    /// <summary>What is hashed.</summary>
    public Password Secret => Value is null ? AsForeign.Secret : PasswordFields.Typed(Value);

    /// <summary>Any spelling of one: small letters, spaces and hyphens do not matter; else what may be another system's. Null for what cannot be either.</summary>
    public static OfferedBackupCode? Of(string typed)
    {
        var letters = string.Concat(typed.Where(c => c is not (' ' or '-'))).ToUpperInvariant();
        var (ours, foreign) = (letters.Length == Length && letters.All(Letters.Contains) ? letters : null, ForeignBackupCode.Of(typed));
        return ours is null && foreign is null ? null : new(ours, foreign);
    }

    /// <summary>A new set, each with a selector of its own.</summary>
    public static IReadOnlyList<OfferedBackupCode> NewSet()
    {
        var made = new Dictionary<string, OfferedBackupCode>();
        while (made.Count < BackupCodeSet.Codes)
        {
            var code = new OfferedBackupCode(RandomNumberGenerator.GetString(Letters, Length), null);
            made.TryAdd(code.Selector!, code);
        }

        return [.. made.Values];
    }

    /// <summary>Never the letters.</summary>
    public override string ToString() => "OfferedBackupCode(hidden)";
}
