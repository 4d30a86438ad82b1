using Auth.Host.Passkeys;

namespace Auth.Specs.Passkeys;

/// <summary>One thing that is not so, and everything else as it should be.</summary>
public sealed record Lie
{
    private static readonly byte[] None = [];
    private static readonly Lie Nothing = new();

    /// <summary>Present, verified, backed up: what a phone says.</summary>
    public const AuthenticatorFlags Honest =
        AuthenticatorFlags.UserPresent | AuthenticatorFlags.UserVerified | AuthenticatorFlags.BackupEligible | AuthenticatorFlags.BackedUp;

    // Of the envelope.
    public string? Kind { get; init; }
    public string? Id { get; init; }
    public string? RawId { get; init; }
    public Guid? User { get; init; }
    public bool NoUserHandle { get; init; }

    // Of the browser.
    public string? ClientData { get; init; }
    public string? Type { get; init; }
    public byte[]? Challenge { get; init; }
    public string? Origin { get; init; }
    public bool CrossOrigin { get; init; }
    public string? TopOrigin { get; init; }
    public bool TokenBinding { get; init; }

    // Of the authenticator.
    public byte[]? AuthenticatorData { get; init; }
    public string? Party { get; init; }
    public AuthenticatorFlags? Flags { get; init; }
    public uint SignCount { get; init; }
    public byte[] Leftover { get; init; } = None;
    public byte[]? Signature { get; init; }
    public bool SpoilsSignature { get; init; }

    // Of a new credential.
    public byte[]? Attestation { get; init; }
    public string? Format { get; init; }
    public bool Statement { get; init; }
    public bool NoCredential { get; init; }
    public byte[]? InnerId { get; init; }
    public int? Algorithm { get; init; }
    public int? Curve { get; init; }
    public bool OffTheCurve { get; init; }
    public bool PrivateKey { get; init; }
    public byte[]? Modulus { get; init; }
    public byte[]? Exponent { get; init; }

    /// <summary>What is not so, for the name of a spec.</summary>
    public override string ToString() => string.Join(", ", GetType().GetProperties()
        .Where(part => !Equals(part.GetValue(this), part.GetValue(Nothing)))
        .Select(part => $"{part.Name} {(part.GetValue(this) is byte[] bytes ? $"of {bytes.Length} bytes" : Short($"{part.GetValue(this)}"))}"));

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}
