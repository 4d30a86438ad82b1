using Auth.Domain.SignIns;
using Auth.Host.Http;

namespace Auth.Host.Resources;

/// <summary>A sign-in as app clients see it (Clerk's <c>Client.SignIn</c>).</summary>
/// <param name="Status">needs_first_factor, needs_second_factor or complete.</param>
/// <param name="SupportedSecondFactors">Told only after the first factor (R52).</param>
/// <param name="UserData">Told only after the first factor.</param>
/// <param name="AbandonAt">When it runs out of time, milliseconds since 1970.</param>
public sealed record SignInResource(
    string Object, string Id, string Status, IReadOnlyList<string> SupportedIdentifiers, string? Identifier,
    IReadOnlyList<FirstFactor>? SupportedFirstFactors, IReadOnlyList<SecondFactor>? SupportedSecondFactors,
    Verification? FirstFactorVerification, Verification? SecondFactorVerification, UserData? UserData, string? CreatedSessionId, long AbandonAt)
{
    private static readonly IReadOnlyList<string> Identifiers = ["email_address", "phone_number"];
    private static readonly IReadOnlyList<FirstFactor> FirstFactors =
        [.. Strategies.All.Values.Where(strategy => strategy.First).Select(strategy => new FirstFactor(strategy.Name))];

    /// <summary>The resource, or null where the sign-in is over for every reader: out of time, superseded, void.</summary>
    public static SignInResource? Of(SignIn signIn, Circumstances now, PersonView? person, string? identifier) => signIn switch
    {
        SignIn.Open s when s.IsOver(now.Now)            => null,
        SignIn.AwaitingSecondFactor s when s.IsVoid(now) => null,
        SignIn.AwaitingFirstFactor s  => Begun(s, "needs_first_factor", s.EndsAt, identifier) with { FirstFactorVerification = Password(false, s.Record) },
        SignIn.AwaitingSecondFactor s => Begun(s, "needs_second_factor", s.EndsAt, identifier) with
        {
            SupportedSecondFactors = person?.SecondFactors(),
            FirstFactorVerification = Password(true, s.Record),
            SecondFactorVerification = s.Prepared is { } text ? Code(text, s.Record, now) : null,
            UserData = person?.UserData(),
        },
        SignIn.Finished s             => Begun(s, "complete", s.Conversion.SessionExpiresAt, identifier) with
        {
            SupportedSecondFactors = person?.SecondFactors(),
            FirstFactorVerification = Password(true, s.Record),
            SecondFactorVerification = s.Second is { } second && s.Record.TextFor(second) is { } text
                ? Verification.OfCode("verified", second.Strategy, s.Record.WrongGuessesOn(second), text.Code.ExpiresAt) : null,
            UserData = person?.UserData(),
            CreatedSessionId = new SessionId(s.Conversion.Session).ToString(),
        },
        _ => null,
    };

    private static SignInResource Begun(SignIn.Begun signIn, string status, DateTimeOffset endsAt, string? identifier) =>
        new("sign_in_attempt", new SignInId(signIn.Id).ToString(), status, Identifiers, identifier, FirstFactors, null, null, null, null, null, endsAt.ToUnixTimeMilliseconds());

    private static Verification? Password(bool verified, Record record) => record.WrongGuessesOn(Authenticator.Password) switch
    {
        0 when !verified => null,
        var wrong        => Verification.OfPassword(verified, wrong),
    };

    private static Verification Code(SecondFactorPrepared text, Record record, Circumstances now)
    {
        var wrong = record.WrongGuessesOn(text.Authenticator);
        var status = wrong >= now.Dials.Tries ? "failed" : now.Now >= text.Code.ExpiresAt ? "expired" : "unverified";
        return Verification.OfCode(status, text.Authenticator.Strategy, wrong, text.Code.ExpiresAt);
    }
}

/// <summary>A way to prove it once.</summary>
public sealed record FirstFactor(string Strategy);

/// <summary>A number that codes are texted to; the number itself is masked but for its last two digits.</summary>
public sealed record SecondFactor(string Strategy, string PhoneNumberId, string SafeIdentifier, bool Default);

/// <summary>Whose sign-in it is.</summary>
public sealed record UserData(string? FirstName, string? LastName, string ImageUrl, bool HasImage);
