namespace Auth.Domain.SignIns;

/// <summary>A code on its way, in a message of its own: a text or a mail.</summary>
/// <param name="Text">The message's id.</param>
/// <param name="TextNumber">The first message of an authenticator in a sign-in is 1.</param>
/// <param name="ResendFrom">Asked again before it, nothing leaves (RESEND_GAP).</param>
public sealed record Message(Authenticator Authenticator, Guid Text, int TextNumber, OneTimeCode Code, DateTimeOffset ResendFrom)
{
    /// <summary>The one that a fact tells of; null for every other fact.</summary>
    public static Message? Of(SignInEvent fact) => fact switch
    {
        FirstFactorPrepared e => Of(e),
        SecondFactorPrepared e => Of(e),
        _ => null,
    };

    internal static Message Of(FirstFactorPrepared e) => new(e.Authenticator, e.Text, e.TextNumber, e.Code, e.ResendFrom);

    internal static Message Of(SecondFactorPrepared e) => new(e.Authenticator, e.Text, e.TextNumber, e.Code, e.ResendFrom);

    /// <summary>The message after this one: the same code while enough of its life is left, else the next one, and then the old one is void (R17).</summary>
    internal static Message After(Message? last, Authenticator authenticator, Guid text, string nonce, Guid key, Circumstances now) => new(
        authenticator, text, (last?.TextNumber ?? 0) + 1,
        last is not null && last.Code.ExpiresAt - now.Now >= now.Dials.CodeLifeWorthSending
            ? last.Code
            : new OneTimeCode(key, nonce, (last?.Code.Issue ?? 0) + 1, now.Now + now.Dials.CodeLife),
        now.Now + now.Dials.ResendGap);
}
