using Auth.Domain.SignIns;
using Auth.Domain.Verifications;
using Auth.Host.Http;
using Auth.Host.Sessions;

namespace Auth.Host.Resources;

/// <summary>A step-up as its client sees it (Clerk's <c>SessionReverification</c>).</summary>
public sealed record StepUpResource(
    string Object, string Level, string Status, IReadOnlyList<Factor>? SupportedFirstFactors, IReadOnlyList<Factor>? SupportedSecondFactors,
    VerificationResource? FirstFactorVerification, VerificationResource? SecondFactorVerification, SessionResource Session)
{
    /// <summary>Where it stands, and what could be proved next.</summary>
    public static StepUpResource Of(Session session, Verification verification, PersonView person, DateTimeOffset now, Dials dials)
    {
        var (user, level) = (person.User, session.Level ?? Domain.Verifications.Level.MultiFactor);
        var awaits = StepUp.Awaits(verification, level, user);
        return new(
            "session_reverification", Word(level), awaits switch { Domain.Verifications.Level.FirstFactor => "needs_first_factor", null => "complete", _ => "needs_second_factor" },
            FirstFactors(person), person.SecondFactors(),
            Shown(verification, authenticator => StepUp.IsFirst(authenticator, user), now, dials), Shown(verification, authenticator => StepUp.IsSecond(authenticator, user), now, dials),
            SessionResource.Of(session, person, null, now, dials));
    }

    /// <summary>The same, with a passkey asked for at that level.</summary>
    public StepUpResource Asking(Level at, Verification verification, string? nonce)
    {
        var asked = VerificationResource.OfPasskey("unverified", verification.Record.WrongGuessesOn(Authenticator.AnyPasskey), verification.Challenge!.ExpiresAt, nonce);
        return at is Domain.Verifications.Level.FirstFactor ? this with { FirstFactorVerification = asked } : this with { SecondFactorVerification = asked };
    }

    /// <summary>The level of that name; a second factor where none is named.</summary>
    public static Level? Named(string? name) => name switch
    {
        null or "" or "second_factor" => Domain.Verifications.Level.SecondFactor,
        "first_factor"                => Domain.Verifications.Level.FirstFactor,
        "multi_factor"                => Domain.Verifications.Level.MultiFactor,
        _                             => null,
    };

    private static string Word(Level level) => level switch { Domain.Verifications.Level.FirstFactor => "first_factor", Domain.Verifications.Level.SecondFactor => "second_factor", _ => "multi_factor" };

    private static IReadOnlyList<Factor> FirstFactors(PersonView person) =>
    [
        .. person.User.HasPassword ? [Factor.Of(Strategy.Password)] : Array.Empty<Factor>(),
        .. person.User.Passkeys.Exists(key => key.VerifiesUser) ? [Factor.Of(Strategy.Passkey)] : Array.Empty<Factor>(),
        .. person.User.EmailAddresses.Where(address => address.Verified).Select(address => Factor.Address(address.Id, person.Read(address.Address))),
        .. person.User.PhoneNumbers.Where(number => number is { Verified: true, Reserved: false }).Select(number => Factor.Number(number.Id, person.Read(number.Number), false)),
    ];

    private static VerificationResource? Shown(Verification verification, Func<Authenticator, bool> ofThisKind, DateTimeOffset now, Dials dials) =>
        verification.Proved.Find(x => ofThisKind(x)) is { } proved ? VerificationResource.Proved(proved, verification.Record)
        : verification.Prepared is { } sent && ofThisKind(sent.Authenticator) ? VerificationResource.OnItsWay(sent, verification.Record, now, dials)
        : null;
}
