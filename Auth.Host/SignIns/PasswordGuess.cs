using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Host.Passwords;
using Auth.Host.Users;

namespace Auth.Host.SignIns;

/// <summary>What came of a password guess, and the stored hash made anew where it was of older settings (R46).</summary>
public sealed record PasswordGuess(Verdict Verdict, BetterHash? Better = null)
{
    /// <summary>Nothing was compared.</summary>
    public static PasswordGuess NotChecked { get; } = new(Verdict.NotChecked);

    /// <summary>Compares, at the same cost whether or not there is anything to compare with (R47); with too many waiting the request is refused uncounted (R48).</summary>
    public static async Task<PasswordGuess> Check(PasswordHashing hashing, string tenant, Password password, PasswordCredential? credential, CancellationToken ct)
    {
        var check = await hashing.Verify(tenant, password, credential?.Phc, ct);
        return check switch
        {
            { Verdict: PasswordVerdict.Busy }  => throw Problems.Unavailable.After(PasswordHashing.RetryAfter).Refuse(),
            { Verdict: PasswordVerdict.Wrong } => new(Verdict.Wrong),
            { NeedsRehash: true }              => new(Verdict.Right, await hashing.Hash(tenant, password, ct) is { } phc ? new(tenant, credential!, credential! with { Phc = phc }) : null),
            _                                  => new(Verdict.Right),
        };
    }
}
