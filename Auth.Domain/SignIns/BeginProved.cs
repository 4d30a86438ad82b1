namespace Auth.Domain.SignIns;

/// <summary>
/// A sign-in that begins with a proof instead of a typed identifier: a ticket, or the code that was right in a sign-up. The host found it right before;
/// what it demands is the same as for every other first factor (R04).
/// </summary>
/// <param name="Identifier">One of the person's, sealed: what would have been typed.</param>
/// <param name="Session">The session that begins where nothing more is demanded.</param>
public sealed record BeginProved(Guid Client, IdentifierKind Kind, Sealed Identifier, Authenticator Proof, Guid Session) : SignInCommand
{
    internal Decision Decide(Circumstances now)
    {
        var user = now.User ?? throw new InvalidOperationException("Nobody is right about a stranger.");
        if (!Proof.Strategy.Traits().Begins && !user.Has(Proof)) throw new InvalidOperationException("Nobody is right about a proof that is not there.");

        var identified = new Identified(Client, user.Id, Kind, Identifier, now.Now + now.Dials.SignInLife);
        var begun = (SignIn.AwaitingFirstFactor)SignIn.Evolve(SignIn.Initial, identified);
        return AttemptFirstFactor.Proved(Proof, Session, begun, now).After(identified);
    }
}
