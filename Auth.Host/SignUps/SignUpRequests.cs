using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Host.Passwords;
using Auth.Host.Users;

namespace Auth.Host.SignUps;

/// <summary>What somebody gives about themselves, all at once or bit by bit.</summary>
/// <param name="EmailAddress">It, or a phone number, is needed.</param>
/// <param name="PhoneNumber">In international form.</param>
/// <param name="Password">At least 15 characters (R44); needed.</param>
public sealed record SignUpRequest(string? EmailAddress, string? PhoneNumber, string? Password, string? FirstName, string? LastName) : IFromFields<SignUpRequest>
{
    /// <inheritdoc />
    public static SignUpRequest From(Fields fields) => new(
        fields.Text("email_address").OrNull(), fields.Text("phone_number").OrNull(), fields.Text("password").OrNull(), fields.Text("first_name").OrNull(256), fields.Text("last_name").OrNull(256));

    internal CreateSignUpStep For(Caller caller) => new(caller, Typed());

    internal GiveMoreStep For(SignUpId id, Caller caller) => new(caller, id.Value, Typed());

    private Typed Typed() => new(
        EmailAddress is null ? null : CanonicalIdentifier.OfEmailAddress(EmailAddress) ?? throw Problems.FieldMalformed.About("email_address").Refuse(),
        PhoneNumber is null ? null : CanonicalIdentifier.OfPhoneNumber(PhoneNumber) ?? throw Problems.FieldMalformed.About("phone_number").Refuse(),
        Password is null ? null : PasswordFields.Typed(Password), FirstName, LastName);

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "SignUpRequest(hidden)";
}

/// <summary>Where to have a code sent: <c>email_code</c> to the address, <c>phone_code</c> to the number.</summary>
public sealed record PrepareSignUpRequest(string Strategy) : IFromFields<PrepareSignUpRequest>
{
    /// <inheritdoc />
    public static PrepareSignUpRequest From(Fields fields) => new(fields.Text("strategy").Given());

    internal PrepareSignUpStep For(SignUpId id, Caller caller) => new(caller, id.Value, Strategies.Named(Strategy));
}

/// <summary>The code that was sent.</summary>
/// <param name="Strategy">The one it was sent by.</param>
/// <param name="Code">Exactly six ASCII digits, as a string (R21).</param>
public sealed record AttemptSignUpRequest(string Strategy, string Code) : IFromFields<AttemptSignUpRequest>
{
    /// <inheritdoc />
    public static AttemptSignUpRequest From(Fields fields) => new(fields.Text("strategy").Given(), fields.Code("code"));

    internal AttemptSignUpStep For(SignUpId id, Caller caller) => new(caller, id.Value, Strategies.Named(Strategy), new(Code));

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "AttemptSignUpRequest(hidden)";
}
