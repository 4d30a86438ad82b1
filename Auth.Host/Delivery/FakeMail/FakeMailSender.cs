using Auth.Host.Delivery.Mail;

namespace Auth.Host.Delivery.FakeMail;

/// <summary>Puts mail into the inbox of Development: no mail leaves this machine.</summary>
internal sealed class FakeMailSender(FakeLetters letters, TimeProvider clock) : IMailSender
{
    /// <inheritdoc/>
    public bool IsConfigured => true;

    /// <inheritdoc/>
    public async Task<MailReceipt> SendAsync(MailMessage message, CancellationToken ct) =>
        message.Untried(clock.GetUtcNow()) ?? new MailReceipt.Accepted(await letters.AddAsync(message, ct));
}
