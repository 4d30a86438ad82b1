using Auth.Domain.SignIns;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Passwords;

namespace Auth.Host.SignIns;

/// <summary>A request for one step of a sign-in, on its way to the handler that runs it in one transaction.</summary>
public abstract record SignInStep(Caller Caller);

/// <summary>Step 1, and with a password steps 1 to 3.</summary>
/// <param name="Canonical">The identifier in its canonical form.</param>
/// <param name="Asked">The strategy by which a code is wanted at once.</param>
public sealed record CreateSignInStep(Caller Caller, IdentifierKind Kind, string Canonical, Offer? Offer, Strategy? Asked) : SignInStep(Caller)
{
    /// <summary>Neither identifier nor password.</summary>
    public override string ToString() => "CreateSignInStep(hidden)";
}

/// <summary>Step 2.</summary>
public sealed record PrepareFirstFactorStep(Caller Caller, Guid SignIn, Strategy? Strategy) : SignInStep(Caller);

/// <summary>Step 3.</summary>
public sealed record AttemptFirstFactorStep(Caller Caller, Guid SignIn, Strategy? Strategy, Offer? Offer) : SignInStep(Caller);

/// <summary>After a forgotten password: the new one.</summary>
public sealed record ResetPasswordStep(Caller Caller, Guid SignIn, Password Password, bool SignOutOfOtherSessions) : SignInStep(Caller);

/// <summary>Step 4.</summary>
public sealed record PrepareSecondFactorStep(Caller Caller, Guid SignIn, Strategy? Strategy, Guid? To) : SignInStep(Caller);

/// <summary>Step 5.</summary>
/// <param name="TrustDevice">They want to be spared it on this device for a while.</param>
public sealed record AttemptSecondFactorStep(Caller Caller, Guid SignIn, Strategy? Strategy, Offer? Offer, bool TrustDevice = false) : SignInStep(Caller);
