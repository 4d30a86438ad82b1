using System.Text.Json.Serialization;
using Auth.Domain.SignIns;

namespace Auth.Host.Resources;

/// <summary>How far a proof has come, in Clerk's shape.</summary>
/// <param name="Attempts">Wrong guesses so far.</param>
/// <param name="ExpireAt">Milliseconds since 1970; null where nothing runs out.</param>
public sealed record VerificationResource(string Object, string Status, string Strategy, int? Attempts, long? ExpireAt)
{
    /// <summary>Of a passkey that is asked for: what a page hands to <c>navigator.credentials</c>, as JSON in a text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Nonce { get; init; }

    /// <summary>A password that was right, or was tried.</summary>
    public static VerificationResource OfPassword(bool verified, int? attempts) =>
        new("verification_password", verified ? "verified" : "unverified", Strategies.All[Domain.SignIns.Strategy.Password].Name, attempts, null);

    /// <summary>A proof that nothing was sent for.</summary>
    public static VerificationResource OfUnsent(bool verified, Strategy strategy, int? attempts) =>
        strategy is Domain.SignIns.Strategy.Password ? OfPassword(verified, attempts) : new($"verification_{strategy.Traits().Name}", verified ? "verified" : "unverified", strategy.Traits().Name, attempts, null);

    /// <summary>A passkey: asked for, made, or right.</summary>
    public static VerificationResource OfPasskey(string status, int? attempts, DateTimeOffset expireAt, string? nonce) =>
        new("verification_passkey", status, Strategies.All[Domain.SignIns.Strategy.Passkey].Name, attempts, expireAt.ToUnixTimeMilliseconds()) { Nonce = nonce };

    /// <summary>A code that was sent: until when, and how it stands.</summary>
    public static VerificationResource OfCode(string status, Strategy strategy, int attempts, DateTimeOffset expireAt) =>
        new("verification_otp", status, strategy.Traits().Name, attempts, expireAt.ToUnixTimeMilliseconds());

    /// <summary>A code that was sent and may be attempted, or could have been.</summary>
    public static VerificationResource OnItsWay(Message sent, Record record, DateTimeOffset now, Dials dials)
    {
        var wrong = record.WrongGuessesOn(sent.Authenticator);
        return OfCode(wrong >= dials.Tries ? "failed" : now >= sent.Code.ExpiresAt ? "expired" : "unverified", sent.Authenticator.Strategy, wrong, sent.Code.ExpiresAt);
    }

    /// <summary>What was right: a code that was sent, or what nothing is sent for.</summary>
    public static VerificationResource Proved(Authenticator authenticator, Record record) => record.TextFor(authenticator) is { } sent
        ? OfCode("verified", authenticator.Strategy, record.WrongGuessesOn(authenticator), sent.Code.ExpiresAt)
        : authenticator.Strategy is Domain.SignIns.Strategy.Passkey ? OfPasskey("verified", record.WrongGuessesOn(authenticator), record.ChallengedUntil ?? default, null)
        : OfUnsent(true, authenticator.Strategy, record.WrongGuessesOn(authenticator));

    /// <summary>An identifier that is somebody's: an operator vouched for it, or a code did.</summary>
    public static VerificationResource OfIdentifier(bool verified, string strategy, DateTimeOffset at) =>
        new("verification_otp", verified ? "verified" : "unverified", strategy, null, at.ToUnixTimeMilliseconds());
}
