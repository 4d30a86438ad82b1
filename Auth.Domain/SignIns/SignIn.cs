using System.Collections.Immutable;
using Auth.Domain.Passkeys;

namespace Auth.Domain.SignIns;

/// <summary>Where a sign-in stands: a stage is a type and carries what the next decision and the answer need, and no more.</summary>
public abstract record SignIn
{
    private SignIn() { }

    /// <summary>The stream's id; set by whoever loads it.</summary>
    public Guid Id { get; init; }

    /// <summary>Before anything happened.</summary>
    public static SignIn Initial { get; } = new NotStarted();

    /// <summary>Nothing happened yet.</summary>
    public sealed record NotStarted : SignIn;

    /// <summary>Begun: who it is about, whose client runs it, and what was tried so far.</summary>
    public abstract record Begun(Identified Identity, Record Record) : SignIn
    {
        /// <summary>Nobody was named: whoever has a passkey may answer.</summary>
        public bool IsUnnamed => Identity is { Kind: IdentifierKind.Passkey, User: null };
    }

    /// <summary>Under way: it may still become a session.</summary>
    public abstract record Open(Identified Identity, Record Record) : Begun(Identity, Record)
    {
        /// <summary>From then on it is expired for every reader, event or not.</summary>
        public abstract DateTimeOffset EndsAt { get; }
    }

    /// <summary>An identifier was typed.</summary>
    public sealed record AwaitingFirstFactor(Identified Identity, Record Record) : Open(Identity, Record)
    {
        /// <summary>The code that may be attempted now, if one was asked for.</summary>
        public Message? Prepared { get; init; }

        /// <summary>What a passkey may answer now, once.</summary>
        public PasskeyChallenge? Challenge { get; init; }

        /// <inheritdoc />
        public override DateTimeOffset EndsAt => Identity.EndsAt;
    }

    /// <summary>They forgot the password and proved that they may choose another one.</summary>
    public sealed record AwaitingNewPassword(Identified Identity, Record Record, FirstFactorVerified First) : Open(Identity, Record)
    {
        /// <inheritdoc />
        public override DateTimeOffset EndsAt => Identity.EndsAt;
    }

    /// <summary>Proved once, and once more is demanded.</summary>
    public sealed record AwaitingSecondFactor(Identified Identity, Record Record, FirstFactorVerified First) : Open(Identity, Record)
    {
        /// <summary>The authenticator whose code may be attempted now, if one was asked for.</summary>
        public Message? Prepared { get; init; }

        /// <summary>What a passkey may answer now, once.</summary>
        public PasskeyChallenge? Challenge { get; init; }

        /// <inheritdoc />
        public override DateTimeOffset EndsAt => First.SecondFactorBy is { } by && by < Identity.EndsAt ? by : Identity.EndsAt;
    }

    /// <summary>Everything demanded is proved. Never at rest: <see cref="Converted"/> is in the same commit.</summary>
    public sealed record Proven(Identified Identity, Record Record, FirstFactorVerified First, Authenticator? Second) : Begun(Identity, Record)
    {
        /// <summary>The second one was a passkey that checked who touched it.</summary>
        public bool SecondVerifiedUser { get; init; }
    }

    /// <summary>It is a session.</summary>
    public sealed record Finished(Identified Identity, Record Record, FirstFactorVerified First, Authenticator? Second, Converted Conversion) : Begun(Identity, Record)
    {
        /// <summary>The second one was a passkey that checked who touched it.</summary>
        public bool SecondVerifiedUser { get; init; }
    }

    /// <summary>It ended without a session; <paramref name="Why"/> is its last fact.</summary>
    public sealed record Ended(Identified Identity, Record Record, SignInEvent Why) : Begun(Identity, Record);

    /// <summary>The only fold. What cannot follow throws: a stream that tells the impossible is not read on.</summary>
    public static SignIn Evolve(SignIn signIn, SignInEvent happened) => (signIn, happened) switch
    {
        (NotStarted,             Identified e)                                      => new AwaitingFirstFactor(e, Record.Empty) { Id = signIn.Id },

        (Finished or Ended,      Expired or Superseded or Invalidated)              => signIn,
        (Begun,                  TextHandedOver or TextDelivered or TextUndeliverable) => signIn,

        (AwaitingFirstFactor s,  FirstFactorPrepared e)                             => s with { Prepared = Message.Of(e), Challenge = null, Record = s.Record.Sent(Message.Of(e)) },
        (AwaitingFirstFactor s,  FirstFactorChallenged e)                           => s with { Challenge = e.Challenge, Record = s.Record.Asked(e.Challenge) },
        (AwaitingFirstFactor s,  FirstFactorRejected e)                             => s with { Challenge = e.Authenticator.Leaves(s.Challenge), Record = s.Record.Wrong(e.Authenticator) },
        (AwaitingFirstFactor s,  FirstFactorRefused { Reason: RefusalReason.Locked or RefusalReason.Banned } e) when e.Authenticator.Strategy.Traits().Signs
                                                                                    => s with { Challenge = null, Record = s.Record.Wrong(e.Authenticator) },
        (AwaitingFirstFactor s,  FirstFactorRefused e)                              => s with { Record = s.Record.Refused(e.Authenticator, e.Reason, e.Until) },
        (AwaitingFirstFactor s,  FirstFactorVerified e) when e.Authenticator.Strategy.Traits().Signs && s.Challenge is null
                                                                                    => throw new InvalidOperationException("No passkey was asked for."),
        (AwaitingFirstFactor s,  FirstFactorVerified { User: null }) when s.IsUnnamed
                                                                                    => throw new InvalidOperationException("Somebody was verified, and nobody knows who."),
        (AwaitingFirstFactor s,  FirstFactorVerified { User: { } user } e) when s.IsUnnamed
                                                                                    => Evolve(s with { Identity = s.Identity with { User = user } }, e),
        (AwaitingFirstFactor s,  FirstFactorVerified e) when e.Authenticator.Strategy.Traits().Resets
                                                                                    => new AwaitingNewPassword(s.Identity, s.Record, e) { Id = s.Id },
        (AwaitingFirstFactor s,  FirstFactorVerified { Demand: Demand.Nothing } e)  => new Proven(s.Identity, s.Record, e, null) { Id = s.Id },
        (AwaitingFirstFactor s,  FirstFactorVerified e)                             => new AwaitingSecondFactor(s.Identity, s.Record, e) { Id = s.Id },

        (AwaitingNewPassword s,  PasswordReset { Demand: Demand.Nothing } e)        => new Proven(s.Identity, s.Record, s.First.After(e), null) { Id = s.Id },
        (AwaitingNewPassword s,  PasswordReset e)                                   => new AwaitingSecondFactor(s.Identity, s.Record, s.First.After(e)) { Id = s.Id },

        (AwaitingSecondFactor s, SecondFactorPrepared e)                            => s with { Prepared = Message.Of(e), Challenge = null, Record = s.Record.Sent(Message.Of(e)) },
        (AwaitingSecondFactor s, SecondFactorChallenged e)                          => s with { Challenge = e.Challenge, Record = s.Record.Asked(e.Challenge) },
        (AwaitingSecondFactor s, SecondFactorRejected e)                            => s with { Challenge = e.Authenticator.Leaves(s.Challenge), Record = s.Record.Wrong(e.Authenticator) },
        (AwaitingSecondFactor s, SecondFactorRefused e)                             => s with { Record = s.Record.Refused(e.Authenticator, e.Reason, e.Until) },
        (AwaitingSecondFactor s, SecondFactorVerified e) when s.Awaits(e.Authenticator)
                                                                                    => new Proven(s.Identity, s.Record, s.First, e.Authenticator) { Id = s.Id, SecondVerifiedUser = e.UserVerified },

        (Proven s,               Converted e)                                       => new Finished(s.Identity, s.Record, s.First, s.Second, e) { Id = s.Id, SecondVerifiedUser = s.SecondVerifiedUser },
        (Open s,                 Expired or Superseded or Invalidated)              => new Ended(s.Identity, s.Record, happened) { Id = s.Id },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot follow {signIn.GetType().Name}."),
    };
}

internal static class Awaiting
{
    /// <summary>What is sent for must be on its way, what is signed must be asked for; a seed and written codes are there already.</summary>
    internal static bool Awaits(this SignIn.AwaitingSecondFactor signIn, Authenticator authenticator) => authenticator.Strategy.Traits() switch
    {
        { Prepared: true } => signIn.Prepared?.Authenticator == authenticator,
        { Signs: true }    => signIn.Challenge is not null,
        _                  => true,
    };

    /// <summary>An answer uses its challenge up, right or wrong (R40); other proofs leave it.</summary>
    internal static PasskeyChallenge? Leaves(this Authenticator authenticator, PasskeyChallenge? challenge) => authenticator.Strategy.Traits().Signs ? null : challenge;
}

/// <summary>What was tried in this sign-in so far. A new code keeps the wrong guesses: a resend gives no new ones (R17).</summary>
public sealed record Record(
    ImmutableDictionary<Authenticator, int> WrongGuesses,
    ImmutableDictionary<Authenticator, Message> Texts,
    ImmutableHashSet<(Authenticator, RefusalReason, DateTimeOffset?)> Refusals)
{
    /// <summary>Nothing yet.</summary>
    public static Record Empty { get; } =
        new(ImmutableDictionary<Authenticator, int>.Empty, ImmutableDictionary<Authenticator, Message>.Empty, []);

    /// <summary>Until when the passkey that was asked for last could answer.</summary>
    public DateTimeOffset? ChallengedUntil { get; init; }

    /// <summary>Wrong guesses on this authenticator.</summary>
    public int WrongGuessesOn(Authenticator authenticator) => WrongGuesses.GetValueOrDefault(authenticator.Counted);

    /// <summary>The last text for this authenticator, if any.</summary>
    public Message? TextFor(Authenticator authenticator) => Texts.GetValueOrDefault(authenticator);

    internal Record Wrong(Authenticator authenticator) => this with { WrongGuesses = WrongGuesses.SetItem(authenticator.Counted, WrongGuessesOn(authenticator) + 1) };

    /// <summary>A challenge that had run out says nothing of this one.</summary>
    internal Record Asked(PasskeyChallenge challenge) =>
        this with { ChallengedUntil = challenge.ExpiresAt, Refusals = Refusals.Remove((Authenticator.AnyPasskey, RefusalReason.CodeExpired, null)) };

    /// <summary>That an earlier code had run out says nothing of this one.</summary>
    internal Record Sent(Message text) => this with
    {
        Texts = Texts.SetItem(text.Authenticator, text),
        Refusals = TextFor(text.Authenticator)?.Code.Issue == text.Code.Issue ? Refusals : Refusals.Remove((text.Authenticator, RefusalReason.CodeExpired, null)),
    };

    internal Record Refused(Authenticator authenticator, RefusalReason reason, DateTimeOffset? until) =>
        this with { Refusals = Refusals.Add((authenticator, reason, until)) };
}
