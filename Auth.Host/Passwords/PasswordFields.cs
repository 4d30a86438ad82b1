using Auth.Host.Http;
using Auth.Host.Passwords.Imports;

namespace Auth.Host.Passwords;

/// <summary>Passwords out of requests, or the catalogue's answer why not.</summary>
public static class PasswordFields
{
    /// <summary>What somebody typed. A new one has yet to meet the rules of the instance.</summary>
    public static Password Typed(string typed) => Password.Read(typed, out var password) is { } problem ? throw Refusal(problem) : password!;

    /// <summary>A digest of another system.</summary>
    public static ImportedDigest Digest(string hasher, string digest) => ImportedDigest.Read(hasher, digest, out var read) switch
    {
        DigestProblem.UnknownHasher => throw Problems.FieldUnknownValue.About("password_hasher").Refuse(),
        DigestProblem.Malformed     => throw Problems.FieldMalformed.About("password_digest").Refuse(),
        DigestProblem.TooCostly     => throw Problems.FieldUnknownValue.About("password_digest").Refuse(),
        _                           => read!,
    };

    /// <summary>The catalogue's answer why a text cannot be a password.</summary>
    public static Refused Refusal(PasswordProblem problem) => (problem switch
    {
        PasswordProblem.Common   => Problems.PasswordCommon,
        PasswordProblem.OwnWord  => Problems.PasswordOwnWord,
        PasswordProblem.TooShort => Problems.PasswordTooShort,
        PasswordProblem.TooLong  => Problems.PasswordTooLong,
        _                        => Problems.FieldMalformed,
    }).About("password").Refuse();
}
