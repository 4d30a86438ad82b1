using System.Text.Json.Nodes;
using Auth.Domain;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Host.Http;
using Auth.Host.Keys;

namespace Auth.Host.Resources;

/// <summary>A sign-up as app clients see it (Clerk's <c>Client.SignUp</c>).</summary>
/// <param name="Status">missing_requirements, complete or abandoned.</param>
/// <param name="MissingFields">What is still to be given.</param>
/// <param name="UnverifiedFields">What was given and is to be proved.</param>
/// <param name="AbandonAt">When it runs out of time, milliseconds since 1970.</param>
public sealed record SignUpResource(
    string Object, string Id, string Status, IReadOnlyList<string> RequiredFields, IReadOnlyList<string> OptionalFields, IReadOnlyList<string> MissingFields, IReadOnlyList<string> UnverifiedFields,
    SignUpVerifications Verifications, string? Username, string? EmailAddress, string? PhoneNumber, string? Web3Wallet, bool PasswordEnabled, string? FirstName, string? LastName,
    JsonObject UnsafeMetadata, JsonObject PublicMetadata, bool CustomAction, string? ExternalId, string? CreatedSessionId, string? CreatedUserId, long AbandonAt, long? LegalAcceptedAt)
{
    private const string Email = "email_address", Phone = "phone_number", Secret = "password", First = "first_name", Last = "last_name";

    /// <summary>The resource. Without the key nothing that was given can be read any more.</summary>
    public static SignUpResource? Of(SignUp signUp, Key? key, DateTimeOffset now, Settings settings) => signUp switch
    {
        SignUp.Open s when s.IsOver(now) => Gone(s, settings),
        SignUp.Open s                    => Drawn(s, key, now, settings),
        SignUp.Complete s                => Drawn(s.Last, key, now, settings) with
        {
            Id = new SignUpId(s.Id).ToString(), Status = "complete",
            CreatedSessionId = new SessionId(s.Completion.Session).ToString(), CreatedUserId = new UserId(s.Identity.User).ToString(),
        },
        SignUp.Abandoned s               => Gone(s, settings),
        _                                => null,
    };

    private static SignUpResource Drawn(SignUp.Open signUp, Key? key, DateTimeOffset now, Settings settings)
    {
        var (email, phone, dials) = (signUp.Of(IdentifierKind.EmailAddress), signUp.Of(IdentifierKind.PhoneNumber), settings.Dials);
        var needed = settings.MaySignUpWith(IdentifierKind.EmailAddress) && (email is not null || phone is null || !settings.MaySignUpWith(IdentifierKind.PhoneNumber)) ? Email : Phone;
        return Gone(signUp, settings, needed) with
        {
            Status = "missing_requirements",
            MissingFields = [.. (needed is Email ? email : phone) is null ? [needed] : Array.Empty<string>(), .. signUp.HasPassword || !settings.AsksPassword() ? Array.Empty<string>() : [Secret]],
            UnverifiedFields = [.. signUp.Identifiers.Where(given => given.VerifiedAt is null).Select(given => given.Kind is IdentifierKind.EmailAddress ? Email : Phone).Order()],
            Verifications = new(SignUpVerification.Of(email, signUp, now, dials), SignUpVerification.Of(phone, signUp, now, dials), null, null),
            EmailAddress = Read(email?.Value, key),
            PhoneNumber = Read(phone?.Value, key),
            PasswordEnabled = signUp.HasPassword,
            FirstName = Read(signUp.FirstName, key),
            LastName = Read(signUp.LastName, key),
        };
    }

    private static SignUpResource Gone(SignUp.Begun signUp, Settings settings, string needed = Email) => new(
        "sign_up_attempt", new SignUpId(signUp.Id).ToString(), "abandoned", settings.AsksPassword() ? [needed, Secret] : [needed], [needed is Phone ? Email : Phone, First, Last], [], [], new(null, null, null, null), null, null, null, null, false, null, null,
        [], [], false, null, null, null, signUp.Identity.EndsAt.ToUnixTimeMilliseconds(), null);

    private static string? Read(Sealed? value, Key? key) => value is null ? null : key?.Open(value);

    /// <summary>Nothing that belongs to anybody.</summary>
    public override string ToString() => $"SignUpResource({Id})";
}

/// <summary>What is to be proved, by kind.</summary>
public sealed record SignUpVerifications(SignUpVerification? EmailAddress, SignUpVerification? PhoneNumber, object? Web3Wallet, object? ExternalAccount);

/// <summary>How far one proof has come.</summary>
/// <param name="NextAction">needs_prepare, needs_attempt, or nothing.</param>
public sealed record SignUpVerification(string Object, string Status, string Strategy, int? Attempts, long ExpireAt, string NextAction, IReadOnlyList<string> SupportedStrategies)
{
    /// <summary>Of what was given; null until a code is on its way: clients ask for one where they see nothing.</summary>
    public static SignUpVerification? Of(GivenIdentifier? given, SignUp.Open signUp, DateTimeOffset now, Dials dials)
    {
        if (given?.Authenticator is not { } by || signUp.Record.TextFor(by) is not { } sent) return null;
        var verification = given.VerifiedAt is null ? VerificationResource.OnItsWay(sent, signUp.Record, now, dials) : VerificationResource.Proved(by, signUp.Record);
        var next = verification.Status switch { "verified" => "", "unverified" => "needs_attempt", _ => "needs_prepare" };
        return new(verification.Object, verification.Status, verification.Strategy, verification.Attempts, verification.ExpireAt!.Value, next, [by.Strategy.Traits().Name]);
    }
}
