using Auth.Host.Http;

namespace Auth.Host.Passwords;

/// <summary>Passwords out of requests, or the catalogue's answer why not.</summary>
public static class PasswordFields
{
    /// <summary>What somebody typed to sign in.</summary>
    public static Password Typed(string typed) => Password.Read(typed, out var password) is { } problem ? throw Refusal(problem) : password!;

    /// <summary>A new password.</summary>
    public static Password New(string typed) => Password.ReadNew(typed, out var password) is { } problem ? throw Refusal(problem) : password!;

    private static Refused Refusal(PasswordProblem problem) => (problem switch
    {
        PasswordProblem.TooShort => Problems.PasswordTooShort,
        PasswordProblem.TooLong  => Problems.PasswordTooLong,
        _                        => Problems.FieldMalformed,
    }).About("password").Refuse();
}
