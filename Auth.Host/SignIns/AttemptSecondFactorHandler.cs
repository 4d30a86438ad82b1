using Auth.Domain.SignIns;
using Auth.Host.Keys;
using Marten;

namespace Auth.Host.SignIns;

/// <summary>Step 5: the code. The right one converts in this very transaction; a wrong one is counted in it.</summary>
public static class AttemptSecondFactorHandler
{
    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(
        AttemptSecondFactorStep step, IDocumentSession session, IKeyring keyring, Drawing drawing, TimeProvider clock, Dials dials, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var reading = await SignInReading.Of(session, keyring, step.Caller, step.SignIn, ct);
        var text = (reading.SignIn as SignIn.AwaitingSecondFactor)?.Prepared;
        var keys = text is null ? await keyring.Of(tenant, ct) : await keyring.Of(tenant, text.Code.Key, ct);
        var guesses = text is null || reading.Person is not { User.Id: var who } ? null : reading.GuessesOn(Guesses.Clean(keys, who, text.Authenticator));   // erased meanwhile: void

        var circumstances = new Circumstances(now, reading.Person?.User, guesses?.Standing ?? Standing.Clean, Sendings.None, dials);
        var command = new AttemptSecondFactor(step.Strategy) { Session = Guid.CreateVersion7(now) };
        if (SignInDecider.MayGuess(command, reading.SignIn, circumstances))
        {
            var derived = OneTimeCodes.Derive(keys.Codes[text!.Code.Key], OneTimeCodes.SecondFactor, tenant, step.SignIn, text.Authenticator, text.Code);
            command = command with { Verdict = step.Code!.Matches(derived) ? Verdict.Right : Verdict.Wrong };
        }

        var decision = SignInDecider.Decide(command, reading.SignIn, circumstances);
        if (guesses is not null) session.Count(guesses, command, decision, now, dials);
        if (decision.Converts) session.Count(reading.GuessesOn(Guesses.Clean(keys, reading.Person!.User.Id, Authenticator.Password)), command, decision, now, dials);
        return await session.Record(decision, reading, step.Caller, Strategy.PhoneCode, keyring, drawing, now, dials);
    }
}
