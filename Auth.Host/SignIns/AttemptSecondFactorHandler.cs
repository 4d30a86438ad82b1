using Auth.Domain.SignIns;
using Auth.Host.Delivery;
using Auth.Host.Delivery.Mail;
using Auth.Host.Factors;
using Auth.Host.Keys;
using Auth.Host.Passkeys;
using Auth.Host.TrustedDevices;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>Step 5: the second proof. The right one converts in this very transaction and is used up in it (R31, R35); a wrong one is counted in it.</summary>
public static class AttemptSecondFactorHandler
{
    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(
        AttemptSecondFactorStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, Comparing comparing, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        var reading = await SignInReading.Of(session, keyring, step.Caller, step.SignIn, now, ct, (step.Offer as Offer.OfPasskey)?.Row);
        var (settings, dials) = (reading.Settings.InForce, reading.Settings.InForce.Dials);
        var guesses = AttemptSecondFactor.On(step.Strategy, reading.SignIn, reading.Person?.User) is { Strategy: not Strategy.Passkey } authenticator ? reading.GuessesOn(keys, authenticator) : null;

        var circumstances = new Circumstances(now, reading.Person?.User, guesses?.Standing ?? Standing.Clean, Sendings.None, settings);
        var command = new AttemptSecondFactor(step.Strategy, step.TrustDevice ? Guid.CreateVersion7(now) : null) { Session = Guid.CreateVersion7(now) };
        var comparison = SignInDecider.MayGuess(command, reading.SignIn, circumstances)
            ? await comparing.Compare(tenant, step.Offer!, reading.Credentials, reading.Sent(step.Strategy), ct, AskedPasskey.Of(reading.SignIn, reading.Passkeys))
            : Comparison.None;

        command = command with { Verdict = comparison.Verdict, Signing = comparison.Signing };
        var decision = SignInDecider.Decide(command, reading.SignIn, circumstances);
        var told = guesses is null ? [] : session.Count(guesses, command, decision, now, dials);
        if (decision.Converts) session.Count(reading.GuessesOn(keys, ((SignIn.AwaitingSecondFactor)reading.SignIn).First.Authenticator), command, decision, now, dials);
        comparison.Taken?.Invoke(session);
        await session.Suspect(bus, reading.Person?.User, comparison.Suspect, now);
        session.Trust(decision, reading, step.Caller, now);
        await session.Tell(bus, reading.Person, told, now);
        if (comparison.Verdict is Verdict.Right && step.Strategy is Strategy.BackupCode) await bus.Notify(reading.Person!.User.Id, NoticeKind.BackupCodeUsed, now);
        return (await session.Record(decision, reading, step.Caller, keyring, drawing, now)).Warning(guesses, decision, now, dials);
    }
}
