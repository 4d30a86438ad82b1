using Auth.Domain.SignIns;
using Auth.Host.Delivery;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Marten;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>Step 4: have a code texted. The text leaves through the outbox after the commit; asking again within the gap answers the same and sends nothing.</summary>
public static class PrepareSecondFactorHandler
{
    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(
        PrepareSecondFactorStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, AddressLimits limits, Drawing drawing, TimeProvider clock, Dials dials, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        var reading = await SignInReading.Of(session, keyring, step.Caller, step.SignIn, ct);

        var number = reading.Person?.User.SecondFactor(step.PhoneNumber);
        var authenticator = number is null ? null : new Authenticator(Strategy.PhoneCode, number.Id);
        var guesses = authenticator is null ? null : reading.GuessesOn(Guesses.Clean(keys, reading.Person!.User.Id, authenticator));
        var toNumber = reading.SendsOf(number is null ? "" : Sends.IdOf(keys, reading.Person!.Read(number.Number)!));
        var toUser = reading.SendsOf(reading.Person is { } person ? Sends.IdOf(person.User.Id) : "");

        var circumstances = new Circumstances(
            now, reading.Person?.User, guesses?.Standing ?? Standing.Clean, new Sendings(toNumber.At, toUser.At, limits.TextsBlockedUntil(tenant, step.Caller.Address, now)), dials);
        var command = new PrepareSecondFactor(step.Strategy, step.PhoneNumber, Guid.CreateVersion7(now), OneTimeCodes.NewNonce(), keys.Code.Id);
        var decision = SignInDecider.Decide(command, reading.SignIn, circumstances);

        if (decision.Events.OfType<SecondFactorPrepared>().FirstOrDefault(text => text.Text == command.Text) is { } prepared)
        {
            session.Move(toNumber.With(now, dials), toNumber.Version);
            session.Move(toUser.With(now, dials), toUser.Version);
            limits.CountText(tenant, step.Caller.Address, now);
            await bus.PublishAsync(new SendText(step.SignIn, prepared.Text), new DeliveryOptions { DeliverWithin = prepared.Code.ExpiresAt - now });
        }

        return await session.Record(decision, reading, step.Caller, Strategy.PhoneCode, keyring, drawing, now, dials);
    }
}
