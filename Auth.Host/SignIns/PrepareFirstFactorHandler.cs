using Auth.Domain.SignIns;
using Auth.Host.Keys;
using Marten;

namespace Auth.Host.SignIns;

/// <summary>Step 2: nothing that we offer as a first factor is sent, yet who may ask, and when, is decided all the same.</summary>
public static class PrepareFirstFactorHandler
{
    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(
        PrepareFirstFactorStep step, IDocumentSession session, IKeyring keyring, Drawing drawing, TimeProvider clock, Dials dials, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = await SignInReading.Of(session, keyring, step.Caller, step.SignIn, ct);
        var decision = SignInDecider.Decide(new PrepareFirstFactor(step.Strategy), reading.SignIn, Circumstances.At(now, reading.Person?.User) with { Dials = dials });
        return await session.Record(decision, reading, step.Caller, Strategy.Password, keyring, drawing, now, dials);
    }
}
