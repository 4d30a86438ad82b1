namespace Auth.Host.Delivery.Mail;

/// <summary>Hands one mail to a server. One call is one try: the caller repeats with the same <see cref="MailMessage.Reference"/>, and only after <see cref="MailReceipt.Refused"/> that is not permanent, or where twice is better than never.</summary>
public interface IMailSender
{
    /// <summary>Whether this instance can send mail at all; where it cannot, no strategy that needs mail is offered.</summary>
    bool IsConfigured { get; }

    /// <summary>Sends, and tells what became of it; never throws for what a server or a network does.</summary>
    Task<MailReceipt> SendAsync(MailMessage message, CancellationToken ct);
}

/// <summary>What the server said.</summary>
public abstract record MailReceipt
{
    private MailReceipt() { }

    /// <summary>Taken over; <paramref name="ProviderId"/> is the server's own words for it.</summary>
    public sealed record Accepted(string ProviderId) : MailReceipt;

    /// <summary>Not taken. Permanent is what is wrong with this mail or its recipient; trouble with the server or our account there may pass.</summary>
    public sealed record Refused(string Code, bool Permanent) : MailReceipt;

    /// <summary>The server may have it: the connection broke after the mail was on its way.</summary>
    public sealed record Unknown(string Why) : MailReceipt;
}
