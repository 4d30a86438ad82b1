using Auth.Domain.SignIns;

namespace Auth.Domain.SignUps;

/// <summary>A fact of one sign-up: somebody on the way to an account of their own. Names and bodies are for ever.</summary>
public abstract record SignUpEvent;

/// <summary>Somebody wants an account. What they give is sealed under the key of the person they will be; it is destroyed if they never become one.</summary>
/// <param name="User">The id that the person will have.</param>
/// <param name="EndsAt">From then on it is over for every reader.</param>
public sealed record SignUpBegun(Guid Client, Guid User, DateTimeOffset EndsAt) : SignUpEvent;

/// <summary>They gave an email address or a phone number, in place of an earlier one of the same kind.</summary>
/// <param name="Identifier">The id it will have inside the person's account.</param>
public sealed record SignUpIdentifierGiven(IdentifierKind Kind, Guid Identifier, Sealed Value) : SignUpEvent;

/// <summary>They gave a name, or another one.</summary>
public sealed record SignUpNameGiven(Sealed? FirstName, Sealed? LastName) : SignUpEvent;

/// <summary>They chose a password, or another one. The password itself is in no event.</summary>
public sealed record SignUpPasswordChosen : SignUpEvent;

/// <summary>A code is on its way in a message of its own. We keep what it is made from, never the code.</summary>
public sealed record SignUpCodePrepared(Authenticator Authenticator, Guid Text, int TextNumber, OneTimeCode Code, DateTimeOffset ResendFrom) : SignUpEvent
{
    /// <summary>Of a text, the country it goes to; null for a mail.</summary>
    public string? Country { get; init; }

    /// <summary>A limit it went over that is only recorded.</summary>
    public RefusalReason? Noted { get; init; }
}

/// <summary>The code offered was not the one sent.</summary>
public sealed record SignUpCodeRejected(Authenticator Authenticator) : SignUpEvent;

/// <summary>A message or a code was turned away without a look at it. Told once per authenticator, reason and wait.</summary>
/// <param name="Country">Of a text that did not leave: the country it would have gone to.</param>
public sealed record SignUpCodeRefused(Authenticator Authenticator, RefusalReason Reason, DateTimeOffset? Until, string? Country = null) : SignUpEvent;

/// <summary>The code offered was right: the address or number is theirs.</summary>
public sealed record SignUpCodeAccepted(Authenticator Authenticator) : SignUpEvent;

/// <summary>It is theirs, and it leads to an account already; they have to give another one.</summary>
public sealed record SignUpIdentifierTaken(IdentifierKind Kind, Guid Identifier) : SignUpEvent;

/// <summary>The person came into being, and is signed in by that sign-in.</summary>
public sealed record SignUpCompleted(Guid SignIn, Guid Session) : SignUpEvent;

/// <summary>It ran out of time; what they had given cannot be read any more.</summary>
public sealed record SignUpExpired : SignUpEvent;

/// <summary>The same client began another one; what they had given cannot be read any more.</summary>
public sealed record SignUpSuperseded(Guid By) : SignUpEvent;
