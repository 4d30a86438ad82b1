using Auth.Domain.SignIns;
using Auth.Host.Factors;
using Auth.Host.Keys;
using Auth.Host.Passkeys;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>Step 3: the first proof. A wrong password is told like an unknown identifier (R51), and costs the same work (R47).</summary>
public static class AttemptFirstFactorHandler
{
    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(
        AttemptFirstFactorStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, Comparing comparing, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        var reading = await SignInReading.Of(session, keyring, step.Caller, step.SignIn, now, ct, (step.Offer as Offer.OfPasskey)?.Row);
        var (settings, dials) = (reading.Settings.InForce, reading.Settings.InForce.Dials);
        var guesses = AttemptFirstFactor.On(step.Strategy, reading.SignIn) is { Strategy: not Strategy.Passkey } authenticator ? reading.GuessesOn(keys, authenticator) : null;

        var circumstances = new Circumstances(now, reading.Person?.User, guesses?.Standing ?? Standing.Clean, Sendings.None, settings) { Trust = reading.Trust };
        var command = new AttemptFirstFactor(step.Strategy) { Session = Guid.CreateVersion7(now) };
        var comparison = SignInDecider.MayGuess(command, reading.SignIn, circumstances)
            ? await comparing.Compare(tenant, step.Offer!, reading.Credentials, reading.Sent(step.Strategy), ct, AskedPasskey.Of(reading.SignIn, reading.Passkeys))
            : Comparison.None;
        if (reading.SignIn is SignIn.AwaitingFirstFactor { IsUnnamed: true } && comparison is { Verdict: not Verdict.Right, Suspect: null })
            (reading, circumstances) = (reading.OfNobody(), circumstances with { User = null });

        command = command with { Verdict = comparison.Verdict, Signing = comparison.Signing };
        var decision = SignInDecider.Decide(command, reading.SignIn, circumstances);
        var told = guesses is null ? [] : session.Count(guesses, command, decision, now, dials);
        comparison.Taken?.Invoke(session);
        await session.Suspect(bus, reading.Person?.User, comparison.Suspect, now);
        await session.Tell(bus, reading.Person, told, now);
        return (await session.Record(decision, reading, step.Caller, keyring, drawing, now)).Warning(guesses, decision, now, dials);
    }
}
