using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Delivery;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Passwords;
using Auth.Host.Sessions;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.SignIns;

/// <summary>The new password instead of a forgotten one: set for the person in the same transaction, older sessions ended with it (R50, R64).</summary>
public static class ResetPasswordHandler
{
    /// <summary>Reads, decides, queues; the transaction commits before the answer leaves.</summary>
    public static async Task<Answer> Handle(
        ResetPasswordStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, PasswordHashing hashing, PasswordRules rules, Drawing drawing, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = await SignInReading.Of(session, keyring, step.Caller, step.SignIn, now, ct);
        var settings = reading.Settings.InForce;
        var circumstances = Circumstances.At(now, reading.Person?.User) with { Settings = settings };
        var decision = SignInDecider.Decide(new ResetPassword(Guid.CreateVersion7(now)), reading.SignIn, circumstances);
        if (!decision.Events.OfType<PasswordReset>().Any()) return await session.Record(decision, reading, step.Caller, keyring, drawing, now);

        var user = reading.Person!.User;
        var set = new PasswordSet(((SignIn.AwaitingNewPassword)reading.SignIn).First.Authenticator.Strategy.Traits().By);
        if (rules.Check(session.TenantId, step.Password, reading.Person.OwnWords(), settings.Passwords) is { } problem) throw PasswordFields.Refusal(problem);
        var phc = await hashing.Hash(session.TenantId, step.Password, ct) ?? throw Problems.Unavailable.After(PasswordHashing.RetryAfter).Refuse();
        session.Store(new PasswordCredential(user.Id, phc));
        session.Sign(step.Caller, reading.Person.Key, reading.Settings);
        var ended = step.SignOutOfOtherSessions ? await session.EndAllOf(user.Id, EndReason.PasswordChanged, now, ct) : [];
        session.Tell(user, [set], now);
        await bus.Notify(user.Id, [set], now);
        return await session.Record(decision, reading.After(set, ended, now), step.Caller, keyring, drawing, now);
    }
}
