using Auth.Domain.Passkeys;

namespace Auth.Domain.SignIns;

/// <summary>
/// Step 1: an identifier, and where it came with it, the password (steps 1 to 3 at once, as in the guide) or the wish for a code (steps 1 and 2). Or no identifier: then a passkey
/// is asked for, and it says who they are.
/// </summary>
public sealed record CreateSignIn(Guid Client, IdentifierKind Kind, Sealed? Identifier, Strategy? Offered, PrepareFirstFactor? Asked = null, PasskeyChallenge? Challenge = null) : Guess
{
    internal Decision Decide(Circumstances circumstances)
    {
        var identified = Identified(circumstances);
        return Offered is { } strategy
            ? Attempt(strategy).Decide(Begun(identified), circumstances).After(identified)
            : Challenge is { } challenge ? new ChallengeFirstFactor(challenge).Decide(Begun(identified), circumstances).After(identified)
            : Asked is { } asked ? asked.Decide(Begun(identified), circumstances).After(identified)
            : Decision.Accept(identified);
    }

    internal Decision? Before(Circumstances circumstances) =>
        Offered is { } strategy ? Attempt(strategy).Before(Begun(Identified(circumstances)), circumstances) : null;

    private AttemptFirstFactor Attempt(Strategy strategy) => new(strategy) { Verdict = Verdict, Session = Session };

    private Identified Identified(Circumstances circumstances) =>
        new(Client, circumstances.User?.Id, Kind, Identifier, circumstances.Now + circumstances.Dials.SignInLife);

    private static SignIn.AwaitingFirstFactor Begun(Identified identified) => (SignIn.AwaitingFirstFactor)SignIn.Evolve(SignIn.Initial, identified);
}
