using Auth.Host.Instances;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Auth.Host.Delivery.Mail;

/// <summary>Hands a mail to the configured server: one connection, one try, one receipt. Its logs hold codes and the mail's own id, never an address or a line of it.</summary>
internal sealed class SmtpMailSender(IOptions<MailOptions> options, IOptions<InstanceOptions> instance, Func<SmtpClient> newClient, TimeProvider clock, ILogger<SmtpMailSender> logger) : IMailSender
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public bool IsConfigured => options.Value.IsSet;

    /// <inheritdoc/>
    public async Task<MailReceipt> SendAsync(MailMessage message, CancellationToken ct)
    {
        if (!IsConfigured) return new MailReceipt.Refused("not_configured", Permanent: true);
        if (message.Untried(clock.GetUtcNow()) is { } untried) return untried;
        var receipt = await TryAsync(message, ct);
        if (receipt is not MailReceipt.Accepted) logger.LogWarning("The mail {Reference} was not taken: {Receipt}", message.Reference, receipt);
        return receipt;
    }

    private async Task<MailReceipt> TryAsync(MailMessage message, CancellationToken ct)
    {
        var o = options.Value;
        var (letter, underWay) = (Letter.Of(message, o.Sender!, message.From ?? instance.Value.Name, clock.GetUtcNow()), new UnderWay());
        using var late = new CancellationTokenSource(o.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        using var client = newClient();
        try
        {
            await client.ConnectAsync(o.Host!, Port(o), Security(o), either.Token);
            if (o is { UserName.Length: > 0, Password: { } password }) await client.AuthenticateAsync(o.UserName, password, either.Token);
            var said = await client.SendAsync(letter, either.Token, underWay);
            await LeaveAsync(client);
            return new MailReceipt.Accepted(said);
        }
        catch (Exception failed) when (!ct.IsCancellationRequested && SmtpFailure.Of(failed, underWay.Begun) is { } failure)
        {
            if (failure.Alarming) logger.LogCritical("The mail server does not serve us: {Code}. Look at Auth:Mail.", failure.Code);
            return failure.Receipt;
        }
    }

    /// <summary>The mail is taken; how the server says goodbye changes nothing, and the library tells nobody.</summary>
    private async Task LeaveAsync(SmtpClient client)
    {
        using var patience = new CancellationTokenSource(Farewell, clock);
        await client.DisconnectAsync(quit: true, patience.Token);
    }

    private static int Port(MailOptions o) => o.Port ?? o.Secured switch { MailSecurity.StartTls => 587, MailSecurity.Tls => 465, _ => 25 };

    private static SecureSocketOptions Security(MailOptions o) => o.Secured switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    /// <summary>Whether any of the mail itself has gone to the server: from then on it may have it.</summary>
    private sealed class UnderWay : ITransferProgress
    {
        public bool Begun { get; private set; }

        public void Report(long bytesTransferred) => Begun = true;

        public void Report(long bytesTransferred, long totalSize) => Begun = true;
    }
}
