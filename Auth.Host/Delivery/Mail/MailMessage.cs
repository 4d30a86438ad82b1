using Auth.Host.Users;

namespace Auth.Host.Delivery.Mail;

/// <summary>One mail. <paramref name="To"/> is the stored, canonical form (R79), <paramref name="Reference"/> the mail's own id, after <paramref name="ExpiresAt"/> it must not leave any more.</summary>
public sealed record MailMessage(string To, string Subject, string Text, string? Html, string Reference, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Who it is from, where the configuration names only an address; null: as configured.</summary>
    public string? From { get; init; }

    /// <summary>What is not even tried: a mail that comes too late, or one that could write headers of its own.</summary>
    internal MailReceipt? Untried(DateTimeOffset now) =>
        now >= ExpiresAt ? new MailReceipt.Refused("expired", Permanent: true)
        : IsPlain() ? null
        : new MailReceipt.Refused("malformed", Permanent: true);

    private bool IsPlain() =>
        CanonicalIdentifier.OfEmailAddress(To)?.Value == To
        && !Subject.Any(char.IsControl)
        && From?.Any(char.IsControl) is not true
        && Reference.Length > 0 && Reference.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    /// <summary>Neither the address nor the code is ever printed.</summary>
    public override string ToString() => $"MailMessage({Reference})";
}
