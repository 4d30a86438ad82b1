using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Host.Passwords;
using Auth.Host.Users;

namespace Auth.Host.SignIns;

/// <summary>Who wants to sign in.</summary>
/// <param name="Identifier">An email address, or a phone number in international form.</param>
/// <param name="Password">Given along, steps 1 to 3 happen at once.</param>
/// <param name="Strategy">Only <c>password</c>, and only with a password.</param>
public sealed record CreateSignInRequest(string Identifier, string? Password, string? Strategy) : IFromFields<CreateSignInRequest>
{
    /// <inheritdoc />
    public static CreateSignInRequest From(Fields fields) => new(fields.Text("identifier").Given(), fields.Text("password").OrNull(), fields.Text("strategy").OrNull());

    internal CreateSignInStep For(Caller caller)
    {
        if (Strategy is not null && Strategies.Named(Strategy) is not Domain.SignIns.Strategy.Password) throw Problems.StrategyNotHere.Refuse();
        var (kind, canonical) = CanonicalIdentifier.Of(Identifier) ?? throw Problems.FieldMalformed.About("identifier").Refuse();
        return new(caller, kind, canonical, Password is null ? null : PasswordFields.Typed(Password));
    }

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "CreateSignInRequest(hidden)";
}

/// <summary>What to have sent for the first factor.</summary>
public sealed record PrepareFirstFactorRequest(string Strategy) : IFromFields<PrepareFirstFactorRequest>
{
    /// <inheritdoc />
    public static PrepareFirstFactorRequest From(Fields fields) => new(fields.Text("strategy").Given());

    internal PrepareFirstFactorStep For(SignInId id, Caller caller) => new(caller, id.Value, Strategies.Named(Strategy));
}

/// <summary>The first proof.</summary>
/// <param name="Strategy"><c>password</c>.</param>
public sealed record AttemptFirstFactorRequest(string Strategy, string? Password) : IFromFields<AttemptFirstFactorRequest>
{
    /// <inheritdoc />
    public static AttemptFirstFactorRequest From(Fields fields)
    {
        var strategy = fields.Text("strategy").Given();
        return new(strategy, Strategies.Named(strategy) is Domain.SignIns.Strategy.Password ? fields.Text("password").Given() : null);
    }

    internal AttemptFirstFactorStep For(SignInId id, Caller caller) => new(caller, id.Value, Strategies.Named(Strategy), Password is null ? null : PasswordFields.Typed(Password));

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "AttemptFirstFactorRequest(hidden)";
}

/// <summary>Where to text a code.</summary>
/// <param name="Strategy"><c>phone_code</c>.</param>
/// <param name="PhoneNumberId">One of the sign-in's second factors; the default one where none is named.</param>
public sealed record PrepareSecondFactorRequest(string Strategy, string? PhoneNumberId) : IFromFields<PrepareSecondFactorRequest>
{
    /// <inheritdoc />
    public static PrepareSecondFactorRequest From(Fields fields) => new(fields.Text("strategy").Given(), fields.Text("phone_number_id").OrNull());

    internal PrepareSecondFactorStep For(SignInId id, Caller caller) =>
        new(caller, id.Value, Strategies.Named(Strategy), PhoneNumberId is null ? null : IdentifierId.TryParse(PhoneNumberId, out var number) ? number.Value : Guid.Empty);
}

/// <summary>The code that was texted.</summary>
/// <param name="Strategy"><c>phone_code</c>.</param>
/// <param name="Code">Exactly six ASCII digits, as a string (R21).</param>
public sealed record AttemptSecondFactorRequest(string Strategy, string? Code) : IFromFields<AttemptSecondFactorRequest>
{
    /// <inheritdoc />
    public static AttemptSecondFactorRequest From(Fields fields)
    {
        var strategy = fields.Text("strategy").Given();
        return new(strategy, Strategies.Named(strategy)?.Traits() is { Second: true, Prepared: true } ? fields.Code("code") : null);
    }

    internal AttemptSecondFactorStep For(SignInId id, Caller caller) => new(caller, id.Value, Strategies.Named(Strategy), Code is null ? null : new OfferedCode(Code));

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "AttemptSecondFactorRequest(hidden)";
}
