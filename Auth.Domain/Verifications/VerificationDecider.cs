using Auth.Domain.Passkeys;
using Auth.Domain.SignIns;

namespace Auth.Domain.Verifications;

/// <summary>Something asked of a verification.</summary>
public abstract record VerificationCommand;

/// <summary>Begin one.</summary>
public sealed record BeginVerification(Purpose Purpose, Guid? User, Guid? Session, DateTimeOffset? EndsAt, bool ThenReserve = false) : VerificationCommand;

/// <summary>Have a code sent to that authenticator.</summary>
public sealed record PrepareVerification(Authenticator Authenticator, Guid Session, Guid Text, string Nonce, Guid Key) : VerificationCommand
{
    /// <summary>What a code is made from stays where it is.</summary>
    public override string ToString() => $"PrepareVerification {{ {Authenticator} }}";
}

/// <summary>Ask for a passkey, or for a new one.</summary>
public sealed record ChallengeVerification(PasskeyChallenge Challenge, Guid Session) : VerificationCommand;

/// <summary>Offer a proof of that authenticator.</summary>
public sealed record AttemptVerification(Authenticator Authenticator, Guid Session, Verdict Verdict, Signing? Signing = null) : VerificationCommand;

/// <summary>Facts to record, and the reason if the answer is no.</summary>
public sealed record VerificationDecision(IReadOnlyList<VerificationEvent> Events, Refusal? Refusal, DateTimeOffset? Until = null);

/// <summary>The table for verifications. Which authenticators are allowed in one is asked before: <see cref="StepUp"/> for a step-up, its own one for the others.</summary>
public static class VerificationDecider
{
    /// <summary>What happens when this is asked of that verification, now.</summary>
    public static VerificationDecision Decide(VerificationCommand command, Verification verification, Circumstances now) => (command, verification) switch
    {
        (BeginVerification c,   { Begun: null })                      => Accept(new VerificationBegun(c.Purpose, c.User, c.Session, c.EndsAt, c.ThenReserve)),
        (BeginVerification,     _)                                    => throw new InvalidOperationException("A verification is begun once."),
        (_,                     { Begun: null })                      => Refuse(Refusal.NoSuchSignIn),
        (_,                     var v) when v.IsOver(now.Now)         => Refuse(Refusal.VerificationOver),
        (PrepareVerification c, var v)                                => Prepare(c, v, now),
        (ChallengeVerification c, var v)                              => Turned(Authenticator.AnyPasskey, v, now)
                                                                         ?? (Challenging.IsStillGood(v.Challenge, now) && v.PreparedIn == c.Session ? Accept() : Accept(new VerificationChallenged(c.Challenge, c.Session))),
        (AttemptVerification c, var v)                                => Before(c.Authenticator, c.Session, v, now) ?? Attempt(c),
        _ => throw new InvalidOperationException($"{command.GetType().Name} has no row."),
    };

    /// <summary>Whether the host may compare this guess at all (R55).</summary>
    public static bool MayGuess(Authenticator authenticator, Guid session, Verification verification, Circumstances now) =>
        verification.Begun is not null && !verification.IsOver(now.Now) && Before(authenticator, session, verification, now) is null;

    private static VerificationDecision Prepare(PrepareVerification command, Verification verification, Circumstances now)
    {
        var to = command.Authenticator;
        if (!to.Strategy.Traits().Prepared) return Refuse(Refusal.StrategyInvalid);
        if (verification.Proved.Contains(to)) return Accept();   // a code is good once: told again, it would be good twice (R14)
        if (Turned(to, verification, now) is { } refused) return refused;

        var last = verification.Record.TextFor(to);
        if (last is not null && now.Now < last.ResendFrom) return verification.Prepared == last && verification.PreparedIn == command.Session ? Accept() : Accept(Told(last, command));
        if (SendRules.Refused(now) is var (refusal, reason, until)) return Refused(verification, to, refusal, reason, until, now.Sent.Traffic?.Country);
        return Accept(Told(Message.After(last, to, command.Text, command.Nonce, command.Key, now), command) with { Country = now.Sent.Traffic?.Country, Noted = SendRules.Noted(now) });
    }

    private static VerificationDecision? Before(Authenticator authenticator, Guid session, Verification verification, Circumstances now) =>
        authenticator.Strategy.Traits().Signs && (verification.Challenge is null || verification.PreparedIn != session) ? Refuse(Refusal.NotPrepared)
        : authenticator.Strategy.Traits().Prepared && (verification.Prepared?.Authenticator != authenticator || verification.PreparedIn != session) ? Refuse(Refusal.NotPrepared)
        : Turned(authenticator, verification, now)
          ?? ((authenticator.Strategy.Traits().Prepared && now.Now >= verification.Prepared!.Code.ExpiresAt) || (authenticator.Strategy.Traits().Signs && now.Now >= verification.Challenge!.ExpiresAt)
              ? Refused(verification, authenticator, Refusal.CodeExpired, RefusalReason.CodeExpired, null) : null);

    private static VerificationDecision Attempt(AttemptVerification command) => command.Verdict switch
    {
        Verdict.Wrong when command.Authenticator.Strategy is Strategy.Passkey => new([new VerificationRejected(command.Authenticator, command.Signing?.Flaw)], Refusal.WrongPasskey),
        Verdict.Wrong => new([new VerificationRejected(command.Authenticator)], command.Authenticator.Strategy is Strategy.Password ? Refusal.WrongPassword : Refusal.WrongCode),
        Verdict.Right => Accept(new VerificationAccepted(command.Authenticator, command.Signing is { UserVerified: true })),
        _             => throw new InvalidOperationException("A guess was decided that nobody compared."),
    };

    private static VerificationDecision? Turned(Authenticator authenticator, Verification verification, Circumstances now) =>
        GuessRules.Refused(verification.Record, authenticator, now) is var (refusal, reason, until) ? Refused(verification, authenticator, refusal, reason, until) : null;

    private static VerificationDecision Refused(Verification verification, Authenticator authenticator, Refusal refusal, RefusalReason reason, DateTimeOffset? until, string? country = null) =>
        new(verification.Record.Refusals.Contains((authenticator, reason, until)) ? [] : [new VerificationRefused(authenticator, reason, until, country)], refusal, until);

    private static VerificationPrepared Told(Message message, PrepareVerification asked) =>
        new(message.Authenticator, message.Text, message.TextNumber, message.Code, message.ResendFrom, asked.Session);

    private static VerificationDecision Accept(params VerificationEvent[] events) => new(events, null);

    private static VerificationDecision Refuse(Refusal refusal) => new([], refusal);
}
