using Auth.Domain.SignIns;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Passkeys;
using Marten;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>Step 4: have a code texted or mailed. The message leaves through the outbox after the commit; asking again within the gap answers the same and sends nothing.</summary>
public static class PrepareSecondFactorHandler
{
    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(
        PrepareSecondFactorStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, AddressLimits limits, Tenants tenants, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        var reading = await SignInReading.Of(session, keyring, step.Caller, step.SignIn, now, ct);
        var settings = reading.Settings.InForce;

        if (step.Strategy is Strategy.Passkey)
        {
            var asked = SignInDecider.Decide(new ChallengeSecondFactor(PasskeyChallenges.New(keys.Code, now)), reading.SignIn, Circumstances.At(now, reading.Person?.User) with { Settings = settings });
            return await session.Record(asked, reading, step.Caller, keyring, drawing, now);
        }

        var to = step.Strategy is { } strategy ? reading.Person?.User.SecondFactor(strategy, step.To) : null;
        var guesses = to is null ? null : reading.GuessesOn(keys, to);
        var sending = CodeSending.Second(reading, keys, to, tenants.Of(tenant).Name.HomeCountry, limits, tenant, step.Caller, now);
        var command = new PrepareSecondFactor(step.Strategy, step.To, Guid.CreateVersion7(now), OneTimeCodes.NewNonce(), keys.Code.Id);
        var decision = SignInDecider.Decide(command, reading.SignIn, new(now, reading.Person?.User, guesses?.Standing ?? Standing.Clean, sending.Sendings, settings));

        await sending.Queue(decision, step.SignIn, command.Text, session, bus, limits, step.Caller, now, settings);
        return await session.Record(decision, reading, step.Caller, keyring, drawing, now);
    }
}
