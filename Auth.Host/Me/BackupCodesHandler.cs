using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Passwords;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Marten;
using Wolverine;

namespace Auth.Host.Me;

/// <summary>Somebody wants backup codes.</summary>
public sealed record MakeBackupCodesStep(Speaker Me);

/// <summary>Ten codes to write down: shown once, older ones void in the same commit (R36, R37).</summary>
public static class BackupCodesHandler
{
    /// <summary>Makes them.</summary>
    public static async Task<MeAnswer> Handle(MakeBackupCodesStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, PasswordHashing hashing, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = (await MeReading.Of(session, keyring, step.Me, now, ct)).SteppedUp(now).Enrolling(Strategy.BackupCode);
        var user = reading.Person.User;
        var made = OfferedBackupCode.NewSet();
        var decision = UserDecider.Decide(new MakeBackupCodes(Guid.CreateVersion7(now), made.Count), user);
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal);

        var set = await BackupCodeSet.Of(((BackupCodesMade)decision.Events[0]).Set, user.Id, made, hashing, session.TenantId, now, ct) ?? throw Problems.Unavailable.After(PasswordHashing.RetryAfter).Refuse();
        session.DeleteWhere<BackupCodeSet>(x => x.UserId == user.Id);
        session.Insert(set);
        await session.Tell(bus, reading, step.Me.Caller, decision.Events, now);
        return MeAnswer.Yes(BackupCodesResource.Shown(set, made));
    }
}
