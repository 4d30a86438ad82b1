using Auth.Domain.SignIns;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Passwords;
using Auth.Host.Users;

namespace Auth.Host.SignUps;

/// <summary>A request for one step of a sign-up.</summary>
public abstract record SignUpStep(Caller Caller);

/// <summary>Somebody wants an account.</summary>
public sealed record CreateSignUpStep(Caller Caller, Typed Typed) : SignUpStep(Caller);

/// <summary>They give more, or something else instead.</summary>
public sealed record GiveMoreStep(Caller Caller, Guid SignUp, Typed Typed) : SignUpStep(Caller);

/// <summary>They want a code sent to what they gave.</summary>
public sealed record PrepareSignUpStep(Caller Caller, Guid SignUp, Strategy? Strategy) : SignUpStep(Caller);

/// <summary>They enter that code.</summary>
public sealed record AttemptSignUpStep(Caller Caller, Guid SignUp, Strategy? Strategy, OfferedCode Code) : SignUpStep(Caller);

/// <summary>What somebody typed about themselves; what is null was not given.</summary>
public sealed record Typed(CanonicalIdentifier? EmailAddress, CanonicalIdentifier? PhoneNumber, Password? Password, string? FirstName, string? LastName)
{
    /// <summary>What anybody would try as this person's password (R45).</summary>
    public IEnumerable<string> OwnWords => new[] { EmailAddress?.Value, PhoneNumber?.Value, FirstName, LastName }.OfType<string>();

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "Typed(hidden)";
}
