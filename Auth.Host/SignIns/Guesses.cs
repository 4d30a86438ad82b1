using Auth.Domain.SignIns;
using Auth.Host.Keys;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Host.SignIns;

/// <summary>Failures in a row on one authenticator of one person, or of a stranger; guarded in the transaction of each guess (R16, R18).</summary>
/// <param name="Id">HMAC of person and authenticator; for a stranger of the identifier, so that all spellings of it share the row (R53).</param>
/// <param name="Disabled">It has to be bound again (FAIL_HARD, R19).</param>
/// <param name="Lane">Of known devices: which of the few lanes they share; null for everybody else (R59).</param>
/// <param name="Typed">For a stranger: the id of the identifier's row, should somebody have it one day.</param>
public sealed record Guesses(string Id, Guid? UserId, string? Typed, Strategy Strategy, Guid? Authenticator, int Failures, DateTimeOffset? WaitUntil, bool Disabled = false, int? Lane = null)
{
    /// <summary>Revision of the row.</summary>
    public long Version { get; set; }

    /// <summary>As the domain sees it.</summary>
    public Standing Standing => new(Failures, WaitUntil, Disabled);

    /// <summary>What is counted here.</summary>
    internal Authenticator On => new(Strategy, Authenticator);

    /// <summary>The row of the same authenticator that everybody shares who comes from no known device.</summary>
    internal bool IsSharedOf(Guid user, Authenticator authenticator) => Lane is null && UserId == user && On == authenticator;

    /// <summary>The same row, standing like that.</summary>
    internal Guesses With(Standing standing) => this with { Failures = standing.Failures, WaitUntil = standing.WaitUntil, Disabled = standing.Disabled };

    /// <summary>A person's row before the first failure.</summary>
    public static Guesses Clean(InstanceKeys keys, Guid user, Authenticator authenticator, int? lane = null) =>
        new(IdOf(keys, lane is null ? "user" : $"lane {lane}", user.ToString("N"), authenticator), user, null, authenticator.Strategy, authenticator.Id, 0, null, Lane: lane);

    /// <summary>A stranger's row before the first failure: all spellings of an identifier share it (R53).</summary>
    public static Guesses OfStranger(InstanceKeys keys, string typed, Authenticator authenticator) =>
        new(IdOf(keys, "typed", typed, authenticator), null, typed, authenticator.Strategy, null, 0, null);

    /// <summary>A row of sign-ups to that identifier, whoever has it: apart from the others, or the waits of a sign-in would tell who is a stranger (R51).</summary>
    public static Guesses OfSignUp(InstanceKeys keys, string typed, Strategy strategy) =>
        new(IdOf(keys, "sign_up", typed, new(strategy)), null, typed, strategy, null, 0, null);

    private static string IdOf(InstanceKeys keys, string kind, string who, Authenticator authenticator) =>
        Base64UrlEncoder.Encode(keys.Index.Mac("guesses", kind, who, authenticator.Strategy.ToString(), authenticator.Id?.ToString("N") ?? ""));
}
