using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Host.Resources;
using Auth.Projections;

namespace Auth.Host.Users;

/// <summary>How a person stands with 2-step verification, for people to look at; no decision reads it.</summary>
/// <param name="UpTo">The last event in it, by its number in the whole store: later ones are not told yet.</param>
/// <param name="LastVerifiedAt">When a second factor was right last, milliseconds since 1970.</param>
/// <param name="MustEnrol">They were recovered and have enrolled nothing since: their next session is not whole before they did.</param>
/// <param name="Failing">What has failures in a row now.</param>
public sealed record MfaStatusResource(
    string Object, string UserId, bool Enabled, long? EnabledSince, IReadOnlyList<MfaNumberResource> PhoneNumbers, long? LastVerifiedAt, string? LastVerifiedWith, string? LastSignInId,
    IReadOnlyList<FailingResource> Failing, bool Locked, long? LockedUntil, bool TotpEnabled, int BackupCodesLeft, bool MustEnrol, MfaRecoveryResource? Recovery, long UpTo)
{
    /// <summary>The resource; a lock whose time is over is none.</summary>
    public static MfaStatusResource Of(UserMfaStatus status, PersonView person, Dials dials, DateTimeOffset now)
    {
        var locked = status.Locked && !(status.LockedUntil <= now);
        var enabledSince = person.User.MustEnrol ? null : status.EnabledSince;   // a recovery has happened for every reader
        return new(
            "mfa_status", new UserId(status.Id).ToString(), enabledSince is not null, Milliseconds(enabledSince),
            [.. status.Numbers.Select(number => new MfaNumberResource(new IdentifierId(number.Id).ToString(), number.Verified, number.Reserved, number.Default))],
            Milliseconds(status.LastVerified?.At), status.LastVerified?.Authenticator.Strategy.Traits().Name, status.LastVerified is { } last ? new SignInId(last.SignIn).ToString() : null,
            [.. status.Failing.Select(failed => Failed(failed, dials))], locked, locked ? Milliseconds(status.LockedUntil) : null,
            status.App, status.BackupCodes, person.User.MustEnrol, MfaRecoveryResource.Of(person), status.UpTo);
    }

    private static FailingResource Failed(FailedAuthenticator failed, Dials dials) => new(
        failed.Authenticator.Strategy.Traits().Name, Named(failed.Authenticator, Channel.Text), Named(failed.Authenticator, Channel.Mail), failed.Failures, Milliseconds(failed.WaitingUnder(dials)), failed.Disabled);

    private static string? Named(Authenticator authenticator, Channel by) => authenticator.Id is { } id && authenticator.Strategy.Traits().By == by ? new IdentifierId(id).ToString() : null;

    private static long? Milliseconds(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();
}

/// <summary>One number; verified and reserved it is a second factor.</summary>
public sealed record MfaNumberResource(string Id, bool Verified, bool ReservedForSecondFactor, bool DefaultSecondFactor);

/// <summary>A recovery that is under way (R65).</summary>
/// <param name="By">The short id of the secret key it was begun with.</param>
/// <param name="Reason">In the operator's words.</param>
public sealed record MfaRecoveryResource(long StartedAt, long DueAt, string By, string? Reason)
{
    internal static MfaRecoveryResource? Of(PersonView person) =>
        person.User.Recovery is { } r ? new(r.StartedAt.ToUnixTimeMilliseconds(), r.Due.ToUnixTimeMilliseconds(), r.By, person.Read(r.Reason)) : null;
}

/// <summary>Failures in a row on one authenticator, over all devices.</summary>
/// <param name="WaitingUntil">Until then nothing is compared on it, but from devices that know the person; milliseconds since 1970.</param>
/// <param name="Disabled">It has to be bound again, or unlocked.</param>
public sealed record FailingResource(string Strategy, string? PhoneNumberId, string? EmailAddressId, int Failures, long? WaitingUntil, bool Disabled);
