using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Host.Resources;
using No = Auth.Domain.SignIns.Refusal;

namespace Auth.Host.SignIns;

/// <summary>What a step is answered with, once its facts are committed.</summary>
/// <param name="Issued">The secret that the client holds from now on; null where it keeps the one it has.</param>
public sealed record Answer(Refusal? Refusal, TimeSpan? Wait, SignInResource? SignIn, ClientResource? Client, IssuedSecret? Issued) : IResult
{
    /// <summary>After a wrong guess, how many more there are before a wait or a stop, once they are few; the same for people and strangers (R51).</summary>
    public int? Left { get; init; }

    /// <summary>The same answer after a guess that was decided like that.</summary>
    public Answer Warning(Guesses? guesses, Decision decision, DateTimeOffset now, Dials dials) =>
        Refusal is No.WrongPassword or No.WrongCode && guesses is not null ? this with { Left = guesses.Standing.After(decision, now, dials).Warns(dials) } : this;

    /// <summary>The table of answers: what each refusal is on the wire.</summary>
    public static Problem Problem(Refusal refusal) => refusal switch
    {
        No.NoSuchSignIn     => Problems.NotFound,
        No.NotForThisSignIn => Problems.StrategyNotForUser,
        No.NoSuchFactor     => Problems.NotFound,
        No.OutOfOrder       => Problems.OutOfOrder,
        No.AlreadyConverted => Problems.OutOfOrder,
        No.SignInExpired    => Problems.SignInEnded,
        No.SignInSuperseded => Problems.Superseded,
        No.WrongPassword    => Problems.WrongPassword,
        No.WrongCode        => Problems.WrongCode,
        No.WrongPasskey     => Problems.WrongPasskey,
        No.TooManyAttempts  => Problems.TooManyGuesses,
        No.Waiting          => Problems.TooManyRequests,
        No.FactorDisabled   => Problems.FactorDisabled,
        No.UserLocked       => Problems.UserLocked,
        No.UserBanned       => Problems.UserBanned,
        No.CodeExpired      => Problems.CodeExpired,
        No.NotPrepared      => Problems.NothingPrepared,
        No.StrategyInvalid  => Problems.StrategyNotHere,
        No.VerificationOver => Problems.CodeExpired,
        No.SendLimit        => Problems.TooManyCodes,
        No.CountryClosed    => Problems.NotTextable,
        No.SignUpEnded      => Problems.SignUpEnded,
        No.IdentifierTaken  => Problems.IdentifierTaken,
        No.AlreadyVerified  => Problems.AlreadyVerified,
        No.TooManyIdentifiers => Problems.TooManyUnverified,
        No.TicketInvalid    => Problems.TicketInvalid,
        _ => throw new InvalidOperationException($"{refusal} has no answer."),
    };

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (Issued is { } issued) httpContext.Issue(issued);
        IResult result = Refusal is not { } refusal ? TypedResults.Ok(new ClientEnvelope(SignIn, Client))
            : Wait is { } wait ? Problem(refusal).After(wait)
            : Warned(refusal is No.WrongCode ? Problem(refusal).About("code") : Problem(refusal).Answer());
        return result.ExecuteAsync(httpContext);
    }

    private ProblemAnswer Warned(ProblemAnswer answer) => Left is { } left ? answer.With("attempts_remaining", left) : answer;
}
