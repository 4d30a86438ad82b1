using Auth.Host.Factors;
using Auth.Host.Instances;

namespace Auth.Host.Delivery.Mail;

/// <summary>What a mailed code is good for.</summary>
public enum MailedCode
{
    /// <summary>A factor of a sign-in.</summary>
    SignIn,

    /// <summary>Showing that an address is theirs.</summary>
    VerifyAddress,

    /// <summary>Setting a new password.</summary>
    ResetPassword,
}

/// <summary>The fixed template of a mailed code: no link, nothing a caller wrote, bound to our host by its last line as texts are (R26).</summary>
public static class CodeMail
{
    /// <summary>The mail, code first. It names no minutes: a resend has fewer left.</summary>
    public static MailMessage Of(string to, OfferedCode code, MailedCode purpose, InstanceName instance, string reference, DateTimeOffset expiresAt)
    {
        var subject = $"{code.Digits} is your {instance.Name} code";
        string[] lines =
        [
            $"{subject} to {Purpose(purpose)}.",
            "It works once, for a few minutes. Give it to nobody, not even to somebody who says they are us.",
            $"If you did not ask for it, you can ignore this mail; nothing changes without the code.",
            $"@{instance.Host} #{code.Digits}",
        ];
        return new(to, subject, string.Join("\n\n", lines), MailHtml.Of(lines), reference, expiresAt) { From = instance.Name };
    }

    private static string Purpose(MailedCode purpose) => purpose switch
    {
        MailedCode.SignIn        => "sign in",
        MailedCode.VerifyAddress => "verify this address",
        MailedCode.ResetPassword => "reset your password",
        _ => throw new InvalidOperationException($"{purpose} has no words."),
    };
}
