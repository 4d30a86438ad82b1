using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Verifications;
using JasperFx.Events;

namespace Auth.Host.Audit.Telling;

/// <summary>Codes that went out, whichever factor they were for.</summary>
internal static class Messages
{
    /// <summary>The message that a fact tells of; null for any other fact.</summary>
    internal static Message? Message(this IEvent e) => e.Data switch
    {
        SignInEvent x          => Domain.SignIns.Message.Of(x),
        SignUpCodePrepared x   => new(x.Authenticator, x.Text, x.TextNumber, x.Code, x.ResendFrom),
        VerificationPrepared x => new(x.Authenticator, x.Text, x.TextNumber, x.Code, x.ResendFrom),
        _                      => null,
    };

    /// <summary>What it is called: a text or a mail.</summary>
    internal static string Noun(this Authenticator authenticator) => authenticator.Strategy.Traits().By is Channel.Mail ? "mail" : "text";
}
