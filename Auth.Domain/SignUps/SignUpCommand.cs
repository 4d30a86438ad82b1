using Auth.Domain.SignIns;
using Auth.Domain.Users;

namespace Auth.Domain.SignUps;

/// <summary>Something asked of a sign-up.</summary>
public abstract record SignUpCommand;

/// <summary>Begin one.</summary>
public sealed record BeginSignUp(Guid Client, Guid User, Particulars Given) : SignUpCommand;

/// <summary>Give more, or something else instead.</summary>
public sealed record GiveMore(Particulars Given, Ending Ending) : SignUpCommand;

/// <summary>Have a code sent to the address or number that was given.</summary>
public sealed record PrepareSignUpCode(Strategy? Strategy, Guid Text, string Nonce, Guid Key) : SignUpCommand
{
    /// <summary>What a code is made from stays where it is.</summary>
    public override string ToString() => $"PrepareSignUpCode {{ {Strategy} }}";
}

/// <summary>Offer that code.</summary>
public sealed record AttemptSignUpCode(Strategy? Strategy, Verdict Verdict, Ending Ending) : SignUpCommand;

/// <summary>Nobody asks for this end.</summary>
public sealed record ExpireSignUp : SignUpCommand;

/// <summary>The same client begins another one.</summary>
public sealed record SupersedeSignUp(Guid By) : SignUpCommand;

/// <summary>What somebody gives at once; what is null stays as it was.</summary>
public sealed record Particulars(NewIdentifier? EmailAddress, NewIdentifier? PhoneNumber, Sealed? FirstName, Sealed? LastName, bool WithPassword)
{
    /// <summary>Nothing.</summary>
    public static Particulars Nothing { get; } = new(null, null, null, null, false);
}

/// <summary>Should this step be the last one needed: the sign-in and session that begin with it, and which of the identifiers belong to somebody already.</summary>
public sealed record Ending(Guid SignIn, Guid Session, IReadOnlySet<Guid> Taken);

/// <summary>Facts to record, and the reason if the answer is no.</summary>
/// <param name="About">The kind of identifier that the refusal is about.</param>
public sealed record SignUpDecision(IReadOnlyList<SignUpEvent> Events, Refusal? Refusal, DateTimeOffset? Until = null, IdentifierKind? About = null);
