using Auth.Domain.SignIns;
using Auth.Host.Passkeys;
using Auth.Host.Resources;
using Auth.Host.Users;

namespace Auth.Host.Factors;

/// <summary>What a guess is compared with: a person's secrets at rest, as the step read them. For a stranger there are none.</summary>
public sealed record Credentials(PersonView? Person, PasswordCredential? Password, AuthenticatorApp? App, BackupCodeSet? BackupCodes)
{
    /// <summary>Nobody's.</summary>
    public static Credentials None { get; } = new(null, null, null, null);

    /// <summary>Their passkeys, and the one that was offered, whosever it is.</summary>
    public IReadOnlyList<PasskeyCredential> Passkeys { get; init; } = [];

    /// <summary>Which of these secrets exist, and nothing of them.</summary>
    public override string ToString() => $"Credentials({Person?.User.Id})";
}

/// <summary>A code that was sent, with all that it is derived from.</summary>
/// <param name="Stream">The sign-in, or whatever else asked for it.</param>
/// <param name="Purpose">What it is good for (R23).</param>
public sealed record SentCode(Guid Stream, string Purpose, Message Message);
