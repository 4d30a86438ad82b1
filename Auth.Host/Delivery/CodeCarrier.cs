using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Host.Delivery.Mail;
using Auth.Host.Delivery.Sms;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Instances;

namespace Auth.Host.Delivery;

/// <summary>What became of a message: the provider's id for it, or why it will not arrive.</summary>
public sealed record Carried(string? ProviderId, string? Status, string? Code);

/// <summary>Carries a code by text or by mail. What was not taken for now is tried again by the queue while the code lives; the same code each time (R28).</summary>
public sealed class CodeCarrier(ISmsSender texts, IMailSender mail, Tenants tenants)
{
    /// <summary>After so many tries it is told that the message will not arrive.</summary>
    public const int MostTries = 6;

    /// <summary>Hands it over, under the name that the service has when the message leaves: a resend has the same code and may have another name.</summary>
    public Task<Carried> Carry(string tenant, Channel by, string to, OfferedCode code, MailedCode purpose, Guid message, DateTimeOffset expiresAt, int attempt, Settings settings, CancellationToken ct) =>
        tenants.Of(tenant).Name.Under(settings) is var named && by is Channel.Mail ? Mail(to, code, purpose, message, expiresAt, attempt, named, ct) : Text(to, code, message, expiresAt, attempt, named, ct);

    private async Task<Carried> Text(string to, OfferedCode code, Guid message, DateTimeOffset expiresAt, int attempt, InstanceName named, CancellationToken ct) =>
        await texts.SendAsync(new SmsMessage(to, named.TextOf(code), new TextId(message).ToString(), expiresAt), ct) switch
        {
            SmsReceipt.Accepted accepted => new(accepted.ProviderId, null, null),
            SmsReceipt.Refused { Permanent: false } when attempt < MostTries => throw new CodeNotTakenException(new(message)),
            SmsReceipt.Refused refused   => new(null, "Refused", refused.Code),
            SmsReceipt.Unknown           => new(null, "Unknown", null),
            _ => throw new InvalidOperationException("A receipt of no known kind."),
        };

    private async Task<Carried> Mail(string to, OfferedCode code, MailedCode purpose, Guid message, DateTimeOffset expiresAt, int attempt, InstanceName named, CancellationToken ct)
    {
        if (!mail.IsConfigured) return new(null, "Refused", "not_configured");
        return await mail.SendAsync(CodeMail.Of(to, code, purpose, named, new TextId(message).ToString(), expiresAt), ct) switch
        {
            MailReceipt.Accepted accepted             => new(accepted.ProviderId.Length > 100 ? accepted.ProviderId[..100] : accepted.ProviderId, null, null),
            MailReceipt.Refused { Permanent: true } no => new(null, "Refused", no.Code),
            _ when attempt < MostTries                => throw new CodeNotTakenException(new(message)),
            MailReceipt.Refused no                    => new(null, "Refused", no.Code),
            _                                         => new(null, "Unknown", null),
        };
    }
}

/// <summary>A message with a code is still here; the queue tries again.</summary>
public sealed class CodeNotTakenException(TextId message) : Exception($"The message {message} was not taken yet.");
