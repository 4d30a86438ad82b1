using Auth.Domain.Instances;
using Auth.Domain.Passkeys;
using Auth.Domain.SignIns;
using Auth.Host.Http;

namespace Auth.Host.Resources;

/// <summary>A sign-in as app clients see it (Clerk's <c>Client.SignIn</c>).</summary>
/// <param name="Status">needs_first_factor, needs_new_password, needs_second_factor or complete.</param>
/// <param name="SupportedFirstFactors">What the typed identifier could do, the same for strangers (R52).</param>
/// <param name="SupportedSecondFactors">Told only after the first factor (R52).</param>
/// <param name="UserData">Told only after the first factor.</param>
/// <param name="AbandonAt">When it runs out of time, milliseconds since 1970.</param>
public sealed record SignInResource(
    string Object, string Id, string Status, IReadOnlyList<string> SupportedIdentifiers, string? Identifier,
    IReadOnlyList<Factor>? SupportedFirstFactors, IReadOnlyList<Factor>? SupportedSecondFactors,
    VerificationResource? FirstFactorVerification, VerificationResource? SecondFactorVerification, UserData? UserData, string? CreatedSessionId, long AbandonAt)
{
    private static readonly IReadOnlyList<string> Identifiers = ["email_address", "phone_number"];

    /// <summary>The resource, or null where the sign-in is over for every reader: out of time, superseded, void.</summary>
    public static SignInResource? Of(SignIn signIn, Circumstances now, PersonView? person, string? identifier, string? nonce) => signIn switch
    {
        SignIn.Open s when s.IsOver(now.Now)            => null,
        SignIn.Open s when s.IsVoid(now)                => null,
        SignIn.AwaitingFirstFactor s  => Begun(s, "needs_first_factor", s.EndsAt, identifier, now.Settings) with { FirstFactorVerification = Challenged(s.Challenge, s.Record, nonce, now) ?? Tried(s, now) },
        SignIn.AwaitingNewPassword s  => Begun(s, "needs_new_password", s.EndsAt, identifier, now.Settings) with { FirstFactorVerification = VerificationResource.Proved(s.First.Authenticator, s.Record) },
        SignIn.AwaitingSecondFactor s => Begun(s, "needs_second_factor", s.EndsAt, identifier, now.Settings) with
        {
            SupportedSecondFactors = person?.SecondFactors(s.First.Authenticator, now.Settings),
            FirstFactorVerification = VerificationResource.Proved(s.First.Authenticator, s.Record),
            SecondFactorVerification = Challenged(s.Challenge, s.Record, nonce, now) ?? (s.Prepared is { } sent ? VerificationResource.OnItsWay(sent, s.Record, now.Now, now.Dials) : null),
            UserData = person?.UserData(),
        },
        SignIn.Finished s             => Begun(s, "complete", s.Conversion.SessionExpiresAt, identifier, now.Settings) with
        {
            SupportedSecondFactors = person?.SecondFactors(s.First.Authenticator, now.Settings),
            FirstFactorVerification = VerificationResource.Proved(s.First.Authenticator, s.Record),
            SecondFactorVerification = s.Second is { } second ? VerificationResource.Proved(second, s.Record) : null,
            UserData = person?.UserData(),
            CreatedSessionId = new SessionId(s.Conversion.Session).ToString(),
        },
        _ => null,
    };

    private static SignInResource Begun(SignIn.Begun signIn, string status, DateTimeOffset endsAt, string? identifier, Settings settings) => new(
        "sign_in_attempt", new SignInId(signIn.Id).ToString(), status, Identifiers, identifier,
        [.. Strategies.FirstFor(signIn.Identity.Kind).Where(settings.FirstFactors.Contains).Select(strategy => Factor.First(strategy, signIn.Id, identifier))], null, null, null, null, null, endsAt.ToUnixTimeMilliseconds());

    private static VerificationResource? Challenged(PasskeyChallenge? challenge, Record record, string? nonce, Circumstances now) =>
        challenge is null ? null : VerificationResource.OfPasskey(now.Now >= challenge.ExpiresAt ? "expired" : "unverified", record.WrongGuessesOn(Authenticator.AnyPasskey), challenge.ExpiresAt, nonce);

    /// <summary>The code on its way, else the password that was wrong; null where nothing was tried.</summary>
    private static VerificationResource? Tried(SignIn.AwaitingFirstFactor signIn, Circumstances now) =>
        signIn.Prepared is { } sent ? VerificationResource.OnItsWay(sent, signIn.Record, now.Now, now.Dials)
        : signIn.Record.WrongGuessesOn(Authenticator.Password) is > 0 and var wrong ? VerificationResource.OfPassword(false, wrong)
        : signIn.Record is { ChallengedUntil: { } until } record && record.WrongGuessesOn(Authenticator.AnyPasskey) is > 0 and var refused ? VerificationResource.OfPasskey("unverified", refused, until, null)
        : null;
}

/// <summary>Whose sign-in it is.</summary>
public sealed record UserData(string? FirstName, string? LastName, string ImageUrl, bool HasImage);
