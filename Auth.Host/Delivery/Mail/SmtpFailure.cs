using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Auth.Host.Delivery.Mail;

/// <summary>What an exchange that failed means for the mail. <paramref name="Alarming"/>: only an operator can help.</summary>
internal sealed record SmtpFailure(MailReceipt Receipt, string Code, bool Alarming)
{
    /// <summary>The whole table; null for what is no doing of a server or a network.</summary>
    public static SmtpFailure? Of(Exception failed, bool underWay) => failed switch
    {
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted } no => Refused(Number(no), permanent: (int)no.StatusCode >= 500, alarming: false),
        SmtpCommandException no => Refused(Number(no), permanent: false, alarming: (int)no.StatusCode >= 500),
        AuthenticationException no => Refused(Leading(no.Message), permanent: false, alarming: true),
        ServiceNotAuthenticatedException => Refused("530", permanent: false, alarming: true),
        SslHandshakeException => Refused("tls", permanent: false, alarming: true),
        NotSupportedException => Refused("not_supported", permanent: false, alarming: true),
        IOException or SocketException or ProtocolException or OperationCanceledException or ServiceNotConnectedException when underWay => new(new MailReceipt.Unknown("no answer after the mail was on its way"), "unknown", Alarming: false),
        IOException or SocketException or ProtocolException or OperationCanceledException or ServiceNotConnectedException => Refused("not_reached", permanent: false, alarming: false),
        _ => null,
    };

    private static SmtpFailure Refused(string code, bool permanent, bool alarming) => new(new MailReceipt.Refused(code, permanent), code, alarming);

    private static string Number(SmtpCommandException no) => ((int)no.StatusCode).ToString(CultureInfo.InvariantCulture);

    /// <summary>The library tells a refused account in words that begin with the server's number.</summary>
    private static string Leading(string words) => words is [>= '4' and <= '5', >= '0' and <= '9', >= '0' and <= '9', ..] ? words[..3] : "account";
}
