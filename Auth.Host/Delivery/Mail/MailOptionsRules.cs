using Microsoft.Extensions.Options;

namespace Auth.Host.Delivery.Mail;

/// <summary>What must fit together in section <c>Auth:Mail</c>. Every complaint names its key and never shows a value that is secret.</summary>
public sealed class MailOptionsRules(IHostEnvironment environment) : IValidateOptions<MailOptions>
{
    private const int LastPort = 65535;
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, MailOptions options) =>
        Complaints(options).ToArray() is { Length: > 0 } complaints ? ValidateOptionsResult.Fail(complaints) : ValidateOptionsResult.Success;

    private IEnumerable<string> Complaints(MailOptions o) => o.IsSet ? [.. Server(o), .. Account(o), .. Sender(o)] : Alone(o);

    private static IEnumerable<string> Alone(MailOptions o)
    {
        (string Key, bool Given)[] keys = [("From", MailOptions.Given(o.From)), ("UserName", MailOptions.Given(o.UserName)), ("Password", MailOptions.Given(o.Password)), ("Port", o.Port is not null)];
        if (keys.FirstOrDefault(key => key.Given).Key is { } set) yield return $"Auth:Mail:Host is missing, while Auth:Mail:{set} is set.";
    }

    private IEnumerable<string> Server(MailOptions o)
    {
        if (Uri.CheckHostName(o.Host) == UriHostNameType.Unknown) yield return "Auth:Mail:Host is not the name or the address of a server.";
        if (o.Port is < 1 or > LastPort) yield return $"Auth:Mail:Port must be 1 to {LastPort}.";
        if (o.Secured is null) yield return $"Auth:Mail:Security is not one of {string.Join(", ", Enum.GetNames<MailSecurity>())}.";
        if (o.Timeout <= TimeSpan.Zero || o.Timeout > LongestTimeout) yield return "Auth:Mail:Timeout must be longer than nothing and at most 00:02:00.";
        if (o.Secured is MailSecurity.None && !o.ToThisMachine && !environment.IsDevelopment())
            yield return "Auth:Mail:Security may be None only where Auth:Mail:Host is this machine: codes would travel in clear.";
    }

    private static IEnumerable<string> Account(MailOptions o)
    {
        if (MailOptions.Given(o.UserName) && !MailOptions.Given(o.Password)) yield return "Auth:Mail:Password is missing, while Auth:Mail:UserName is set.";
        if (MailOptions.Given(o.Password) && !MailOptions.Given(o.UserName)) yield return "Auth:Mail:UserName is missing, while Auth:Mail:Password is set.";
    }

    private static IEnumerable<string> Sender(MailOptions o)
    {
        if (!MailOptions.Given(o.From)) yield return "Auth:Mail:From is missing, while Auth:Mail:Host is set.";
        else if (o.Sender is null) yield return "Auth:Mail:From is not a sender such as noreply@example.com or Our name <noreply@example.com>.";
    }
}
