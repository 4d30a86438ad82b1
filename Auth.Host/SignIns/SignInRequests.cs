using Auth.Domain.SignIns;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Passwords;
using Auth.Host.Tickets;
using Auth.Host.Users;

namespace Auth.Host.SignIns;

/// <summary>Who wants to sign in.</summary>
/// <param name="Identifier">An email address, or a phone number in international form; none where a passkey is to say who it is.</param>
/// <param name="Password">Given along, steps 1 to 3 happen at once.</param>
/// <param name="Strategy"><c>password</c> with a password; or a way to get a code or <c>passkey</c>, and then steps 1 and 2 happen at once; or <c>ticket</c>.</param>
/// <param name="Ticket">For <c>ticket</c>, instead of an identifier.</param>
public sealed record CreateSignInRequest(string? Identifier, string? Password, string? Strategy, string? Ticket = null) : IFromFields<CreateSignInRequest>
{

    /// <inheritdoc />
    public static CreateSignInRequest From(Fields fields)
    {
        var strategy = fields.Text("strategy").OrNull();
        return Strategies.Named(strategy) switch
        {
            Domain.SignIns.Strategy.Ticket => new(null, null, strategy, fields.Text("ticket").Given()),
            Domain.SignIns.Strategy.Passkey => new(fields.Text("identifier").OrNull(), fields.Text("password").OrNull(), strategy),
            _ => new(fields.Text("identifier").Given(), fields.Text("password").OrNull(), strategy),
        };
    }

    internal SignInStep For(Caller caller) => Ticket is { } ticket ? new TicketSignInStep(caller, new(ticket)) : Identified(caller);

    private CreateSignInStep Identified(Caller caller)
    {
        if (Identifier is null) return new(caller, IdentifierKind.Passkey, "", null, Domain.SignIns.Strategy.Passkey);
        var (kind, canonical) = CanonicalIdentifier.Of(Identifier) ?? throw Problems.FieldMalformed.About("identifier").Refuse();
        var offer = Password is null ? null : new Offer.OfPassword(PasswordFields.Typed(Password));
        return (Strategy is null ? Domain.SignIns.Strategy.Password : Strategies.Named(Strategy)) switch
        {
            Domain.SignIns.Strategy.Password => new(caller, kind, canonical, offer, null),
            Domain.SignIns.Strategy.Passkey => new(caller, kind, canonical, null, Domain.SignIns.Strategy.Passkey),
            { } sent when sent.Traits() is { First: true, Prepared: true } => new(caller, kind, canonical, null, sent),
            _ => throw Problems.StrategyNotHere.Refuse(),
        };
    }

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "CreateSignInRequest(hidden)";
}

/// <summary>What to have sent for the first factor.</summary>
/// <param name="Strategy">One of the sign-in's first factors that is sent.</param>
/// <remarks>The ids that Clerk's clients send along name the identifier that was typed; there is no other to send to (R58).</remarks>
public sealed record PrepareFirstFactorRequest(string Strategy) : IFromFields<PrepareFirstFactorRequest>
{
    /// <inheritdoc />
    public static PrepareFirstFactorRequest From(Fields fields) => new(fields.Text("strategy").Given());

    internal PrepareFirstFactorStep For(SignInId id, Caller caller) => new(caller, id.Value, Strategies.Named(Strategy));
}

/// <summary>The first proof.</summary>
/// <param name="Strategy">One of the sign-in's first factors.</param>
/// <param name="Password">For <c>password</c>.</param>
/// <param name="Code">Exactly six ASCII digits, as a string (R21), for what was sent.</param>
/// <param name="PublicKeyCredential">For <c>passkey</c>: the JSON of <c>PublicKeyCredential.toJSON()</c>, as text.</param>
public sealed record AttemptFirstFactorRequest(string Strategy, string? Password, string? Code, string? PublicKeyCredential) : IFromFields<AttemptFirstFactorRequest>
{
    private Offer? Offer { get; init; }

    /// <inheritdoc />
    public static AttemptFirstFactorRequest From(Fields fields)
    {
        var strategy = fields.Text("strategy").Given();
        return new(strategy, null, null, null) { Offer = Strategies.Named(strategy) is { } named && named.Traits().First ? fields.Offer(named) : null };
    }

    internal AttemptFirstFactorStep For(SignInId id, Caller caller) => new(caller, id.Value, Strategies.Named(Strategy), Offer);

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "AttemptFirstFactorRequest(hidden)";
}

/// <summary>A new password instead of the forgotten one.</summary>
/// <param name="Password">At least 15 characters (R44).</param>
/// <param name="SignOutOfOtherSessions">Ends all of their sessions; yes where nothing is said (R64).</param>
public sealed record ResetPasswordRequest(string Password, bool? SignOutOfOtherSessions) : IFromFields<ResetPasswordRequest>
{
    /// <inheritdoc />
    public static ResetPasswordRequest From(Fields fields) => new(fields.Text("password").Given(), fields.Flag("sign_out_of_other_sessions"));

    internal ResetPasswordStep For(SignInId id, Caller caller) => new(caller, id.Value, PasswordFields.Typed(Password), SignOutOfOtherSessions ?? true);

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "ResetPasswordRequest(hidden)";
}

/// <summary>Where to text a code, or that a passkey is wanted.</summary>
/// <param name="Strategy"><c>phone_code</c> or <c>passkey</c>.</param>
/// <param name="PhoneNumberId">One of the sign-in's second factors; the default one where none is named.</param>
public sealed record PrepareSecondFactorRequest(string Strategy, string? PhoneNumberId) : IFromFields<PrepareSecondFactorRequest>
{
    /// <inheritdoc />
    public static PrepareSecondFactorRequest From(Fields fields) => new(fields.Text("strategy").Given(), fields.Text("phone_number_id").OrNull());

    internal PrepareSecondFactorStep For(SignInId id, Caller caller) =>
        new(caller, id.Value, Strategies.Named(Strategy), PhoneNumberId is null ? null : IdentifierId.TryParse(PhoneNumberId, out var number) ? number.Value : Guid.Empty);
}

/// <summary>The second proof.</summary>
/// <param name="Strategy">One of the sign-in's second factors.</param>
/// <param name="Code">Exactly six ASCII digits, as a string (R21); for <c>backup_code</c> one of the codes they wrote down.</param>
/// <param name="PublicKeyCredential">For <c>passkey</c>: the JSON of <c>PublicKeyCredential.toJSON()</c>, as text.</param>
/// <param name="TrustDevice">Spares this device the second factor for some days, where the operator allows it; ours, Clerk has no such field.</param>
public sealed record AttemptSecondFactorRequest(string Strategy, string? Code, string? PublicKeyCredential, bool? TrustDevice) : IFromFields<AttemptSecondFactorRequest>
{
    private Offer? Offer { get; init; }

    /// <inheritdoc />
    public static AttemptSecondFactorRequest From(Fields fields)
    {
        var strategy = fields.Text("strategy").Given();
        return new(strategy, null, null, fields.Flag("trust_device")) { Offer = Strategies.Named(strategy) is { } named && named.Traits().Second ? fields.Offer(named) : null };
    }

    internal AttemptSecondFactorStep For(SignInId id, Caller caller) => new(caller, id.Value, Strategies.Named(Strategy), Offer, TrustDevice ?? false);

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "AttemptSecondFactorRequest(hidden)";
}
