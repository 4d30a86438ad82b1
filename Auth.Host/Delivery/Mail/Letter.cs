using MimeKit;
using MimeKit.Text;

namespace Auth.Host.Delivery.Mail;

/// <summary>A mail as it goes over the wire: plain text, and the same as HTML where there is one.</summary>
internal static class Letter
{
    public static MimeMessage Of(MailMessage message, MailboxAddress from, string name, DateTimeOffset now)
    {
        var letter = new MimeMessage
        {
            Subject = message.Subject,
            Date = now,
            // The same for every try: a server that took it twice shows it once.
            MessageId = $"{message.Reference}@{from.Domain}",
            Body = message.Html is null ? Part(TextFormat.Plain, message.Text) : new MultipartAlternative(Part(TextFormat.Plain, message.Text), Part(TextFormat.Html, message.Html)),
        };
        letter.From.Add(string.IsNullOrEmpty(from.Name) ? new MailboxAddress(name, from.Address) : from);
        letter.To.Add(new MailboxAddress("", message.To));
        // Nobody is at home: absence notes and mailing lists keep quiet (RFC 3834).
        letter.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return letter;
    }

    private static TextPart Part(TextFormat format, string text)
    {
        var part = new TextPart(format);
        part.SetText("utf-8", text);
        return part;
    }
}
