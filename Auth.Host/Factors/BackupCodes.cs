using System.Security.Cryptography;
using Auth.Host.Passwords;

namespace Auth.Host.Factors;

/// <summary>Ten codes to write down, each good once (R35, R36).</summary>
/// <param name="Left">Those not used yet: two letters that find the row, and Argon2id with pepper over the whole code.</param>
public sealed record BackupCodeSet(Guid Id, Guid UserId, IReadOnlyList<HashedBackupCode> Left, DateTimeOffset MadeAt)
{
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
            hashed.Add(new(code.Selector, phc));
        }

        return new(id, user, hashed, now);
    }

    /// <summary>The row a code could be in.</summary>
    public HashedBackupCode? Row(OfferedBackupCode code) => Left.FirstOrDefault(row => row.Selector == code.Selector);

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

/// <summary>A backup code as it was typed or made: two letters of selector and ten of 50 random bits, from 32 letters without look-alikes.</summary>
public sealed record OfferedBackupCode
{
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int SelectorLength = 2, Length = 12;

    private OfferedBackupCode(string letters) => Value = letters;

    /// <summary>The twelve letters.</summary>
    private string Value { get; }

    /// <summary>Which row it could be in.</summary>
    public string Selector => Value[..SelectorLength];

    /// <summary>As it is shown, once: <c>SS-XXXXX-XXXXX</c>.</summary>
    public string Shown => $"{Value[..2]}-{Value[2..7]}-{Value[7..]}";

    /// <summary>What is hashed.</summary>
    public Password Secret => PasswordFields.Typed(Value);

    /// <summary>Any spelling of one: small letters, spaces and hyphens do not matter. Null for what cannot be one.</summary>
    public static OfferedBackupCode? Of(string typed)
    {
        var letters = string.Concat(typed.Where(c => c is not (' ' or '-'))).ToUpperInvariant();
        return letters.Length == Length && letters.All(Letters.Contains) ? new(letters) : null;
    }

    /// <summary>A new set, each with a selector of its own.</summary>
    public static IReadOnlyList<OfferedBackupCode> NewSet()
    {
        var made = new Dictionary<string, OfferedBackupCode>();
        while (made.Count < BackupCodeSet.Codes)
        {
            var code = new OfferedBackupCode(RandomNumberGenerator.GetString(Letters, Length));
            made.TryAdd(code.Selector, code);
        }

        return [.. made.Values];
    }

    /// <summary>Never the letters.</summary>
    public override string ToString() => "OfferedBackupCode(hidden)";
}
