using System.Globalization;
using Auth.Host.Factors;
using Auth.Host.Http;
using QRCoder;

namespace Auth.Host.Resources;

/// <summary>An authenticator app (Clerk's <c>TOTP</c>).</summary>
/// <param name="Secret">The seed in base32, once; null ever after (R33).</param>
/// <param name="Uri">The same as <c>otpauth://</c>, for a QR code.</param>
/// <param name="QrCode">That QR code as SVG.</param>
public sealed record TotpResource(string Object, string Id, string? Secret, string? Uri, string? QrCode, bool Verified, long CreatedAt, long UpdatedAt)
{
    /// <summary>The one time that the seed is shown.</summary>
    public static TotpResource Shown(AuthenticatorApp app, PersonView person, string issuer)
    {
        var secret = app.Secret(person.Key);
        var uri = string.Create(CultureInfo.InvariantCulture,
            $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(person.Identifier())}?secret={secret}&issuer={System.Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits=6&period=30");
        using var qr = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(qr);
        return Hidden(app) with { Secret = secret, Uri = uri, QrCode = svg.GetGraphic(4), Verified = false };
    }

    /// <summary>Every other time.</summary>
    public static TotpResource Hidden(AuthenticatorApp app) =>
        new("totp", new AppId(app.Id).ToString(), null, null, null, app.PendingIn is null, app.MadeAt.ToUnixTimeMilliseconds(), app.MadeAt.ToUnixTimeMilliseconds());

    /// <summary>Never the seed.</summary>
    public override string ToString() => $"TotpResource({Id})";
}

/// <summary>Backup codes, the one time that they are shown.</summary>
public sealed record BackupCodesResource(string Object, string Id, IReadOnlyList<string> Codes, long CreatedAt, long UpdatedAt)
{
    /// <summary>All ten.</summary>
    public static BackupCodesResource Shown(BackupCodeSet set, IReadOnlyList<OfferedBackupCode> made) => new(
        "backup_code", new BackupCodesId(set.Id).ToString(), [.. made.Select(code => code.Shown)], set.MadeAt.ToUnixTimeMilliseconds(), set.MadeAt.ToUnixTimeMilliseconds());

    /// <summary>Never a code.</summary>
    public override string ToString() => $"BackupCodesResource({Id})";
}
