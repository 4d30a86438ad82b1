using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Passwords;

namespace Auth.Host.Users;

/// <summary>An account as an operator asks for it.</summary>
/// <param name="EmailAddress">Any number of addresses; the first is the primary one.</param>
/// <param name="PhoneNumber">Any number of numbers, in international form.</param>
/// <param name="Password">At least 15 characters (R44), on no list of common passwords and none of the person's own words (R45).</param>
/// <param name="PasswordDigest">Instead of a password: the hash that another system had of it, in the form that <c>password_hasher</c> names. It is replaced at the first sign-in.</param>
/// <param name="PasswordHasher">One of <c>argon2i</c>, <c>argon2id</c>, <c>bcrypt</c>, <c>bcrypt_sha256_django</c>, <c>md5</c>, <c>pbkdf2_identity_v2</c>, <c>pbkdf2_identity_v3</c>, <c>pbkdf2_sha1</c>, <c>pbkdf2_sha256</c>, <c>pbkdf2_sha256_django</c>, <c>pbkdf2_sha512</c>, <c>pbkdf2_sha512_hex</c>, <c>sha256</c>.</param>
/// <param name="SkipPasswordChecks">Takes a password that is too short or too common, for passwords that move in as text.</param>
/// <param name="TotpSecret">The seed of the authenticator app they have, in base32: SHA-1, six digits, 30 seconds, at least 128 bits. It counts at once.</param>
/// <param name="BackupCodes">The backup codes they have, as they are typed: up to 20, of 8 to 64 characters each. Digests cannot move in.</param>
/// <param name="SkipPasswordRequirement">Changes nothing: nobody needs a password here.</param>
public sealed record CreateUserRequest(
    IReadOnlyList<string> EmailAddress, IReadOnlyList<string> PhoneNumber, string? Password, string? PasswordDigest, string? PasswordHasher,
    bool? SkipPasswordChecks, bool? SkipPasswordRequirement, string? FirstName, string? LastName, string? TotpSecret, IReadOnlyList<string> BackupCodes) : IFromFields<CreateUserRequest>
{
    /// <inheritdoc />
    public static CreateUserRequest From(Fields fields) => new(
        fields.Text("email_address").Texts, fields.Text("phone_number").Texts, fields.Text("password").OrNull(), fields.Text("password_digest").OrNull(), fields.Text("password_hasher").OrNull(),
        fields.Flag("skip_password_checks"), fields.Flag("skip_password_requirement"), fields.Text("first_name").OrNull(256), fields.Text("last_name").OrNull(256),
        fields.Text("totp_secret").OrNull(), fields.Text("backup_codes").Texts);

    internal CreateUserStep For(Caller caller) => new(
        caller,
        [.. EmailAddress.Select(typed => CanonicalIdentifier.OfEmailAddress(typed) ?? throw Problems.FieldMalformed.About("email_address").Refuse()).Distinct()],
        [.. PhoneNumber.Select(typed => CanonicalIdentifier.OfPhoneNumber(typed) ?? throw Problems.FieldMalformed.About("phone_number").Refuse()).Distinct()],
        NewPassword(), FirstName, LastName)
    {
        Seed = TotpSecret is null ? null : AuthenticatorApp.Seed(TotpSecret) ?? throw Problems.FieldMalformed.About("totp_secret").Refuse(),
        BackupCodes = [.. BackupCodes.Count > MostBackupCodes ? throw Problems.FieldTooLong.About("backup_codes").Refuse() : BackupCodes.Select(BackupCode).Distinct()],
    };

    private const int MostBackupCodes = 20;

    private static ForeignBackupCode BackupCode(string typed) => ForeignBackupCode.Of(typed) switch
    {
        null               => throw Problems.FieldMalformed.About("backup_codes").Refuse(),
        { IsDigest: true } => throw Problems.FieldUnknownValue.About("backup_codes").Refuse(),
        var code           => code,
    };

    private NewPassword? NewPassword() => (Password, PasswordDigest, PasswordHasher, SkipPasswordChecks ?? false) switch
    {
        (null, null, null, _)           => null,
        ({ } typed, null, null, false)  => new NewPassword.Plain(PasswordFields.Typed(typed), Unchecked: false),
        ({ } typed, null, null, true)   => new NewPassword.Plain(PasswordFields.Typed(typed), Unchecked: true),
        (null, { } digest, { } hasher, _) => new NewPassword.Hashed(PasswordFields.Digest(hasher, digest)),
        (null, null, _, _)              => throw Problems.FieldMissing.About("password_digest").Refuse(),
        (null, _, null, _)              => throw Problems.FieldMissing.About("password_hasher").Refuse(),
        _                               => throw Problems.FieldUnknownValue.About("password_digest").Refuse(),   // one or the other
    };

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "CreateUserRequest(hidden)";
}
