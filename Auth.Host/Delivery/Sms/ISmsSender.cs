namespace Auth.Host.Delivery.Sms;

/// <summary>Hands one text to a provider. One call is one text: the caller repeats with the same <see cref="SmsMessage.Reference"/> only after <see cref="SmsReceipt.Refused"/> that is not permanent.</summary>
public interface ISmsSender
{
    /// <summary>Sends, and tells what became of it; never throws for what a provider or a network does.</summary>
    Task<SmsReceipt> SendAsync(SmsMessage message, CancellationToken ct);
}

/// <summary>One text. <paramref name="To"/> is E.164 with plus, <paramref name="Reference"/> is the text's own id (<c>ver_…</c>), after <paramref name="ExpireAt"/> it must not leave any more.</summary>
public sealed record SmsMessage(string To, string Body, string Reference, DateTimeOffset ExpireAt)
{
    /// <summary>Neither the number nor the code is ever printed.</summary>
    public override string ToString() => $"SmsMessage({Reference})";
}

/// <summary>What the provider said.</summary>
public abstract record SmsReceipt
{
    private SmsReceipt() { }

    /// <summary>Taken over by the provider under its own id.</summary>
    public sealed record Accepted(string ProviderId) : SmsReceipt;

    /// <summary>Not taken. A permanent refusal is never tried again.</summary>
    public sealed record Refused(string Code, string Text, bool Permanent) : SmsReceipt;

    /// <summary>Nobody knows, even after asking: it is not sent again.</summary>
    public sealed record Unknown(string Why) : SmsReceipt;
}

/// <summary>A signed delivery report, published on the bus by the callback; handled in batches (facts nobody waits for).</summary>
/// <param name="Reference">The text's own id, <c>ver_…</c>.</param>
/// <param name="Status">Sinch's word: Delivered, Aborted, Expired …; unknown words are kept.</param>
/// <param name="Code">Sinch's or the network's number.</param>
/// <param name="At">When the provider says it happened.</param>
public sealed record SmsReport(string Reference, string Status, int Code, DateTimeOffset At);
