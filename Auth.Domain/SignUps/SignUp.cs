using System.Collections.Immutable;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;

namespace Auth.Domain.SignUps;

/// <summary>Where a sign-up stands: a stage is a type.</summary>
public abstract record SignUp
{
    private SignUp() { }

    /// <summary>The stream's id; set by whoever loads it.</summary>
    public Guid Id { get; init; }

    /// <summary>Before anything happened.</summary>
    public static SignUp Initial { get; } = new NotStarted();

    /// <summary>Nothing happened yet.</summary>
    public sealed record NotStarted : SignUp;

    /// <summary>Begun: on which client, and who it will be.</summary>
    public abstract record Begun(SignUpBegun Identity) : SignUp;

    /// <summary>Under way: what was given, and what was tried.</summary>
    public sealed record Open(SignUpBegun Identity, ImmutableList<GivenIdentifier> Identifiers, Record Record) : Begun(Identity)
    {
        /// <summary>The first name, if one was given.</summary>
        public Sealed? FirstName { get; init; }

        /// <summary>The last name, if one was given.</summary>
        public Sealed? LastName { get; init; }

        /// <summary>Whether a password was chosen.</summary>
        public bool HasPassword => PasswordAt is not null;

        /// <summary>When it was.</summary>
        public DateTimeOffset? PasswordAt { get; init; }

        /// <summary>How many of each kind were given so far.</summary>
        public ImmutableDictionary<IdentifierKind, int> Tried { get; init; } = ImmutableDictionary<IdentifierKind, int>.Empty;

        /// <summary>The identifier of that kind.</summary>
        public GivenIdentifier? Of(IdentifierKind kind) => Identifiers.Find(given => given.Kind == kind);

        /// <summary>What proves that it is theirs; null where none of that kind was given.</summary>
        public Authenticator? Proving(Strategy? strategy) =>
            strategy is Strategy.EmailCode or Strategy.PhoneCode && strategy.Value.Traits().To is { } kind && Of(kind) is { } given ? new(strategy.Value, given.Id) : null;

        /// <summary>Its time is over, for every reader at once, whether or not that was told yet.</summary>
        public bool IsOver(DateTimeOffset now) => now >= Identity.EndsAt;

        /// <summary>
        /// An identifier, all of them verified, and what the operator lets them sign in again with: the password, or where that is no first factor, a code to one of them. Then they can become a person.
        /// </summary>
        public bool IsWhole(Settings settings) =>
            Identifiers.Exists(given => settings.MaySignUpWith(given.Kind)) && Identifiers.TrueForAll(given => given.VerifiedAt is not null) && (HasPassword || !settings.AsksPassword());

        /// <summary>What their session is proved by: the last right code that is a first factor here, else the password they chose; beside which identifier, and when.</summary>
        public (Authenticator Proof, GivenIdentifier Of, DateTimeOffset At) Proved(Settings settings) =>
            Identifiers.Where(given => settings.FirstFactors.Contains(given.Authenticator.Strategy)).MaxBy(given => given.VerifiedAt) is { VerifiedAt: { } at } code
                ? (code.Authenticator, code, at)
                : (Authenticator.Password, Identifiers.MaxBy(given => given.VerifiedAt)!, PasswordAt!.Value);
    }

    /// <summary>There is a person now. What they gave is in their account.</summary>
    public sealed record Complete(Open Last, SignUpCompleted Completion) : Begun(Last.Identity);

    /// <summary>It ended without a person; <paramref name="Why"/> is its last fact.</summary>
    public sealed record Abandoned(SignUpBegun Identity, SignUpEvent Why) : Begun(Identity);

    /// <summary>The only fold. What cannot follow throws.</summary>
    public static SignUp Evolve(SignUp signUp, SignUpEvent happened, DateTimeOffset at) => (signUp, happened) switch
    {
        (NotStarted,            SignUpBegun e)                        => new Open(e, [], Record.Empty) { Id = signUp.Id },
        (Open s,                SignUpIdentifierGiven e)              => s.With(e),
        (Open s,                SignUpNameGiven e)                    => s with { FirstName = e.FirstName ?? s.FirstName, LastName = e.LastName ?? s.LastName },
        (Open s,                SignUpPasswordChosen)                 => s with { PasswordAt = at },
        (Open s,                SignUpCodePrepared e)                 => s with { Record = s.Record.Sent(new(e.Authenticator, e.Text, e.TextNumber, e.Code, e.ResendFrom)) },
        (Open s,                SignUpCodeRejected e)                 => s with { Record = s.Record.Wrong(e.Authenticator) },
        (Open s,                SignUpCodeRefused e)                  => s with { Record = s.Record.Refused(e.Authenticator, e.Reason, e.Until) },
        (Open s,                SignUpCodeAccepted e)                 => s with { Identifiers = s.Identifiers.ConvertAll(given => given.Id == e.Authenticator.Id ? given with { VerifiedAt = at } : given) },
        (Open s,                SignUpIdentifierTaken e)              => s with { Identifiers = s.Identifiers.RemoveAll(given => given.Id == e.Identifier) },
        (Open s,                SignUpCompleted e)                    => new Complete(s, e) { Id = s.Id },
        (Open s,                SignUpExpired or SignUpSuperseded)    => new Abandoned(s.Identity, happened) { Id = s.Id },
        (Complete or Abandoned, SignUpExpired or SignUpSuperseded)    => signUp,
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot follow {signUp.GetType().Name}."),
    };
}

/// <summary>An address or number that somebody gave; it counts once it is verified.</summary>
public sealed record GivenIdentifier(IdentifierKind Kind, Guid Id, Sealed Value, DateTimeOffset? VerifiedAt)
{
    /// <summary>What proves it.</summary>
    public Authenticator Authenticator => new(Kind is IdentifierKind.EmailAddress ? Strategy.EmailCode : Strategy.PhoneCode, Id);
}

internal static class Giving
{
    internal static SignUp.Open With(this SignUp.Open signUp, SignUpIdentifierGiven given) => signUp with
    {
        Identifiers = [.. signUp.Identifiers.Where(other => other.Kind != given.Kind), new(given.Kind, given.Identifier, given.Value, null)],
        Tried = signUp.Tried.SetItem(given.Kind, signUp.Tried.GetValueOrDefault(given.Kind) + 1),
    };
}
