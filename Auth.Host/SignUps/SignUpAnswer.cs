using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Host.Resources;
using Auth.Host.SignIns;

namespace Auth.Host.SignUps;

/// <summary>What a step of a sign-up is answered with, once its facts are committed.</summary>
/// <param name="About">The kind of identifier that a refusal is about.</param>
/// <param name="Issued">The secret that the client holds from now on; null where it keeps the one it has.</param>
public sealed record SignUpAnswer(Refusal? Refusal, TimeSpan? Wait, IdentifierKind? About, SignUpResource? SignUp, ClientResource? Client, IssuedSecret? Issued) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (Issued is { } issued) httpContext.Issue(issued);
        IResult result = Refusal is not { } refusal ? TypedResults.Ok(new ClientEnvelope(SignUp, Client))
            : Wait is { } wait ? Answer.Problem(refusal).After(wait)
            : About is { } kind ? Answer.Problem(refusal).About(kind is IdentifierKind.EmailAddress ? "email_address" : "phone_number")
            : refusal is Domain.SignIns.Refusal.WrongCode ? Answer.Problem(refusal).About("code")
            : Answer.Problem(refusal).Answer();
        return result.ExecuteAsync(httpContext);
    }
}
