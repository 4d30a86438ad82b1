using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Passwords;
using Marten;

namespace Auth.Host.SignIns;

/// <summary>Step 3: the password. A wrong one is told like an unknown identifier (R51), and costs the same work (R47).</summary>
public static class AttemptFirstFactorHandler
{
    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(
        AttemptFirstFactorStep step, IDocumentSession session, IKeyring keyring, PasswordHashing hashing, Drawing drawing, TimeProvider clock, Dials dials, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        var reading = await SignInReading.Of(session, keyring, step.Caller, step.SignIn, ct);
        var user = reading.Person?.User;
        var guesses = reading.GuessesOn(user is null
            ? new(reading.Client?.Guessing ?? "", null, Strategy.Password, null, 0, null)
            : Guesses.Clean(keys, user.Id, Authenticator.Password));

        var circumstances = new Circumstances(now, user, guesses.Standing, Sendings.None, dials);
        var command = new AttemptFirstFactor(step.Strategy) { Session = Guid.CreateVersion7(now) };
        var check = SignInDecider.MayGuess(command, reading.SignIn, circumstances) ? await PasswordGuess.Check(hashing, tenant, step.Password!, reading.Credential, ct) : PasswordGuess.NotChecked;
        command = command with { Verdict = check.Verdict };

        var decision = SignInDecider.Decide(command, reading.SignIn, circumstances);
        session.Count(guesses, command, decision, now, dials);
        if (check.Better is { } better) session.QueueOperation(better);
        return await session.Record(decision, reading, step.Caller, Strategy.Password, keyring, drawing, now, dials);
    }
}
