using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Auth.Host.Wiring;
using Wolverine;

namespace Auth.Host.Me;

/// <summary>What a change to one's own account is answered with, once its facts are committed.</summary>
/// <param name="No">The problem, where the answer is no.</param>
public sealed record MeAnswer(ProblemAnswer? No, object? Response)
{
    /// <summary>The secret that the client holds from now on; null where it keeps the one it has (R67).</summary>
    public IssuedSecret? Issued { get; init; }

    /// <summary>Yes.</summary>
    public static MeAnswer Yes(object response) => new(null, response);

    /// <summary>No, in the words of a sign-in.</summary>
    public static MeAnswer Refused(Refusal refusal, DateTimeOffset? until, DateTimeOffset now) => new(
        (until is { } then ? Answer.Problem(refusal).After(then - now) : Answer.Problem(refusal).Answer()) is var no && refusal is Refusal.WrongCode ? no.With("param_name", "code") : no, null);

    /// <summary>No, in the words of an account.</summary>
    public static MeAnswer Refused(UserRefusal refusal) => new(UserChangeHandler.Problem(refusal).Answer(), null);

    /// <summary>Nothing that was shown once is printed.</summary>
    public override string ToString() => $"MeAnswer({No?.Problem.Code ?? "yes"})";
}

/// <summary>How the endpoints of <c>/v1/me</c> ask.</summary>
public static class MeAsking
{
    /// <summary>The answer in Clerk's envelope, with the client as it is after the commit.</summary>
    public static async Task<IResult> AskAs(this IMessageBus bus, Speaker me, object step, ClientView clients, CancellationToken ct)
    {
        var answer = await bus.Ask<MeAnswer>(step, ct, taken: Problems.IdentifierTaken);
        if (answer.No is { } no) return no;
        var caller = answer.Issued is { } issued ? me.Caller with { Secret = issued.Secret } : me.Caller;
        var yes = TypedResults.Ok(new ClientEnvelope(answer.Response, (await clients.Client(caller, ct)).Response as ClientResource));
        return answer.Issued is null ? yes : new Issuing(answer.Issued, yes);
    }
}

/// <summary>An answer that hands the client another secret.</summary>
public sealed record Issuing(IssuedSecret Issued, IResult Answer) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Issue(Issued);
        return Answer.ExecuteAsync(httpContext);
    }
}
