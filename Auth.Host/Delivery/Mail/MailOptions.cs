using System.Net;
using MimeKit;

namespace Auth.Host.Delivery.Mail;

/// <summary>Section <c>Auth:Mail</c>: the server that takes our mail, and as whom. <see cref="MailOptionsRules"/> says what fits together.</summary>
public sealed class MailOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Auth:Mail";

    /// <summary>The mail server; without it no mail is sent.</summary>
    public string? Host { get; set; }

    /// <summary>587, 465 or 25 where nothing is said, by <see cref="Security"/>.</summary>
    public int? Port { get; set; }

    /// <summary><c>StartTls</c>: the connection must turn to TLS before anything is said. <c>Tls</c>: it begins with it. <c>None</c>: in clear, to this machine only.</summary>
    public string Security { get; set; } = nameof(MailSecurity.StartTls);

    /// <summary>The account at the server, if it wants one …</summary>
    public string? UserName { get; set; }

    /// <summary>… and its password.</summary>
    public string? Password { get; set; }

    /// <summary>The sender, <c>noreply@example.com</c> or <c>Our name &lt;noreply@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>How long handing over one mail may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Is there a server?</summary>
    public bool IsSet => Given(Host);

    internal MailSecurity? Secured => Enum.GetNames<MailSecurity>().FirstOrDefault(name => name.Equals(Security, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<MailSecurity>(name) : null;

    internal MailboxAddress? Sender => MailboxAddress.TryParse(From, out var sender) && sender.Domain.Length > 0 && !From!.Any(char.IsControl) ? sender : null;

    internal bool ToThisMachine => Host is "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    internal static bool Given(string? value) => !string.IsNullOrWhiteSpace(value);

    /// <summary>Settings hold a password: nothing is printed.</summary>
    public override string ToString() => "MailOptions(hidden)";
}

/// <summary>How a connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Turned to TLS before anything is said, or given up.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>Not at all.</summary>
    None,
}
