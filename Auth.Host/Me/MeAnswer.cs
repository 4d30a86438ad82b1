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
        return answer.No is { } no ? no : TypedResults.Ok(new ClientEnvelope(answer.Response, (await clients.Client(me.Caller, ct)).Response as ClientResource));
    }
}
