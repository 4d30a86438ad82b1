using Auth.Domain.SignIns;

namespace Auth.Domain.SignUps;

/// <summary>The table for sign-ups. That an identifier is taken is told only after the right code to it was offered (R51).</summary>
public static class SignUpDecider
{
    /// <summary>Addresses, and numbers, that one sign-up may give: it is no way to write to the world.</summary>
    public const int MostOfAKind = 5;

    /// <summary>How long a sign-up waits for what it still needs.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>What happens when this is asked of that sign-up, now.</summary>
    public static SignUpDecision Decide(SignUpCommand command, SignUp signUp, Circumstances now) => (command, signUp) switch
    {
        (BeginSignUp c,       SignUp.NotStarted)                  => Begin(c, now),
        (BeginSignUp,         _)                                  => throw new InvalidOperationException("A sign-up is begun once."),
        (_,                   SignUp.NotStarted)                  => Refuse(Refusal.NoSuchSignIn),

        (_,                   SignUp.Complete)                    => Refuse(Refusal.AlreadyConverted),
        (_,                   SignUp.Abandoned)                   => Refuse(Refusal.SignUpEnded),
        (_,                   SignUp.Open s) when s.IsOver(now.Now) => new([new SignUpExpired()], Refusal.SignUpEnded),

        (ExpireSignUp,        SignUp.Open)                        => Accept(),
        (SupersedeSignUp c,   SignUp.Open)                        => Accept(new SignUpSuperseded(c.By)),
        (GiveMore c,          SignUp.Open s)                      => Give(c, s, now),
        (PrepareSignUpCode c, SignUp.Open s)                      => Prepare(c, s, now),
        (AttemptSignUpCode c, SignUp.Open s)                      => Before(c, s, now) ?? Attempt(c, s.Proving(c.Strategy)!, s, now),
        _ => throw new InvalidOperationException($"{command.GetType().Name} has no row."),
    };

    /// <summary>Whether the host may compare this guess at all (R55).</summary>
    public static bool MayGuess(AttemptSignUpCode guess, SignUp signUp, Circumstances now) =>
        signUp is SignUp.Open s && !s.IsOver(now.Now) && Before(guess, s, now) is null;

    private static SignUpDecision Begin(BeginSignUp command, Circumstances now) =>
        Accept([new SignUpBegun(command.Client, command.User, now.Now + Life), .. Told(command.Given)]);

    private static SignUpDecision Give(GiveMore command, SignUp.Open signUp, Circumstances now)
    {
        var told = Told(command.Given).ToList();
        return told.OfType<SignUpIdentifierGiven>().FirstOrDefault(given => signUp.Tried.GetValueOrDefault(given.Kind) >= MostOfAKind) is { } tooMany
            ? new([], Refusal.TooManyIdentifiers, About: tooMany.Kind)
            : End(told, signUp, command.Ending, now);
    }

    private static IEnumerable<SignUpEvent> Told(Particulars given)
    {
        if (given.EmailAddress is { } address) yield return new SignUpIdentifierGiven(IdentifierKind.EmailAddress, address.Id, address.Value);
        if (given.PhoneNumber is { } number) yield return new SignUpIdentifierGiven(IdentifierKind.PhoneNumber, number.Id, number.Value);
        if (given.FirstName is not null || given.LastName is not null) yield return new SignUpNameGiven(given.FirstName, given.LastName);
        if (given.WithPassword) yield return new SignUpPasswordChosen();
    }

    private static SignUpDecision Prepare(PrepareSignUpCode command, SignUp.Open signUp, Circumstances now)
    {
        if (command.Strategy is not (Strategy.EmailCode or Strategy.PhoneCode)) return Refuse(Refusal.StrategyInvalid);
        if (signUp.Proving(command.Strategy) is not { } to) return Refuse(Refusal.NotPrepared);
        if (IsVerified(to, signUp)) return Refuse(Refusal.AlreadyVerified);
        if (Turned(to, signUp, now) is { } refused) return refused;

        var last = signUp.Record.TextFor(to);
        if (last is not null && now.Now < last.ResendFrom) return Accept();
        if (SendRules.Refused(now) is var (refusal, reason, until)) return Refused(signUp, to, refusal, reason, until, now.Sent.Traffic?.Country);
        var next = Message.After(last, to, command.Text, command.Nonce, command.Key, now);
        return Accept(new SignUpCodePrepared(to, next.Text, next.TextNumber, next.Code, next.ResendFrom) { Country = now.Sent.Traffic?.Country, Noted = SendRules.Noted(now) });
    }

    private static SignUpDecision? Before(AttemptSignUpCode command, SignUp.Open signUp, Circumstances now) =>
        command.Strategy is not (Strategy.EmailCode or Strategy.PhoneCode)                                ? Refuse(Refusal.StrategyInvalid)
        : signUp.Proving(command.Strategy) is not { } to || signUp.Record.TextFor(to) is not { } sent     ? Refuse(Refusal.NotPrepared)
        : IsVerified(to, signUp)                                                                          ? Refuse(Refusal.AlreadyVerified)
        : Turned(to, signUp, now)
          ?? (now.Now >= sent.Code.ExpiresAt ? Refused(signUp, to, Refusal.CodeExpired, RefusalReason.CodeExpired, null) : null);

    private static SignUpDecision Attempt(AttemptSignUpCode command, Authenticator on, SignUp.Open signUp, Circumstances now) => command.Verdict switch
    {
        Verdict.Wrong => new([new SignUpCodeRejected(on)], Refusal.WrongCode),
        Verdict.Right => End([new SignUpCodeAccepted(on)], signUp, command.Ending, now),
        _             => throw new InvalidOperationException("A guess was decided that nobody compared."),
    };

    /// <summary>With the last thing needed they become a person, in this very decision; unless one of their identifiers leads to somebody already.</summary>
    private static SignUpDecision End(IReadOnlyList<SignUpEvent> told, SignUp.Open signUp, Ending ending, Circumstances now)
    {
        var after = (SignUp.Open)told.Aggregate((SignUp)signUp, (s, happened) => SignUp.Evolve(s, happened, now.Now));
        return after.Identifiers.Find(given => given.VerifiedAt is not null && ending.Taken.Contains(given.Id)) is { } theirs
            ? new([.. told, new SignUpIdentifierTaken(theirs.Kind, theirs.Id)], Refusal.IdentifierTaken, About: theirs.Kind)
            : after.IsWhole ? Accept([.. told, new SignUpCompleted(ending.SignIn, ending.Session)])
            : Accept([.. told]);
    }

    private static bool IsVerified(Authenticator authenticator, SignUp.Open signUp) => signUp.Identifiers.Exists(given => given.Id == authenticator.Id && given.VerifiedAt is not null);

    // Nothing is bound yet that could be bound anew, and strangers must close no address for ever (R59): here only waits hold.
    private static SignUpDecision? Turned(Authenticator authenticator, SignUp.Open signUp, Circumstances now) =>
        GuessRules.Refused(signUp.Record, authenticator, now with { Standing = now.Standing with { Disabled = false } }) is var (refusal, reason, until)
            ? Refused(signUp, authenticator, refusal, reason, until) : null;

    private static SignUpDecision Refused(SignUp.Open signUp, Authenticator authenticator, Refusal refusal, RefusalReason reason, DateTimeOffset? until, string? country = null) =>
        new(signUp.Record.Refusals.Contains((authenticator, reason, until)) ? [] : [new SignUpCodeRefused(authenticator, reason, until, country)], refusal, until);

    private static SignUpDecision Accept(params SignUpEvent[] events) => new(events, null);

    private static SignUpDecision Refuse(Refusal refusal) => new([], refusal);
}
