using Auth.Domain.Users;
using Auth.Host.Delivery;
using Auth.Host.Delivery.Mail;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Marten;
using Wolverine;

namespace Auth.Host.Users;

/// <summary>An operator changes 2-step verification for one number.</summary>
public sealed record ChangePhoneNumberStep(Caller Caller, Guid PhoneNumber, bool? ReservedForSecondFactor, bool? DefaultSecondFactor);

/// <summary>An operator locks a person, or lifts the lock.</summary>
public sealed record LockStep(Caller Caller, Guid User, bool Locked);

/// <summary>A person after a change.</summary>
public sealed record ChangedPerson(PersonView Person);

/// <summary>Changes to an account: each bound to the version of the person's stream it was decided on.</summary>
public static class UserChangeHandler
{
    /// <summary>Reserve, release, make default.</summary>
    public static async Task<ChangedPerson> Handle(ChangePhoneNumberStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var owner = await session.Query<Identifier>().Where(x => x.IdentifierId == step.PhoneNumber).FirstOrDefaultAsync(ct);
        if (owner is null) throw Problems.NotFound.Refuse();
        return await Change(
            session, bus, keyring, clock, step.Caller, owner.UserId, new ChangePhoneNumber(step.PhoneNumber, step.ReservedForSecondFactor, step.DefaultSecondFactor), ct);
    }

    /// <summary>Lock, unlock.</summary>
    public static Task<ChangedPerson> Handle(LockStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct) =>
        Change(session, bus, keyring, clock, step.Caller, step.User, step.Locked ? new LockUser(null) : new UnlockUser(), ct);

    private static async Task<ChangedPerson> Change(
        IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, Caller caller, Guid id, UserCommand command, CancellationToken ct)
    {
        if (id == Guid.Empty) throw Problems.NotFound.Refuse();   // not an id at all (R09)
        var batch = session.CreateBatchQuery();
        var stream = batch.Events.FetchForWriting<User>(id);
        var wrapped = batch.Load<PersonalKey>(id);
        await batch.Execute(ct);
        if ((await stream).Aggregate is not { } user || await wrapped is not { } stored) throw Problems.NotFound.Refuse();

        var decision = UserDecider.Decide(command, user);
        if (decision.Refusal is { } refusal) throw Problem(refusal).Refuse();

        var (key, now) = (keyring.Unwrap(stored), clock.GetUtcNow());
        session.Sign(caller, key);
        if (decision.Events.Count > 0) (await stream).AppendMany(decision.Events);
        session.Forget(user, decision.Events);
        await bus.Notify(id, decision.Events, now);
        return new(new PersonView(decision.Events.Aggregate(user, (u, happened) => User.Evolve(u, happened, now)), key));
    }

    /// <summary>The table of answers for accounts.</summary>
    public static Problem Problem(UserRefusal refusal) => refusal switch
    {
        UserRefusal.NoSuchUser        => Problems.NotFound,
        UserRefusal.NoSuchPhoneNumber => Problems.NotFound,
        UserRefusal.NumberUnverified  => Problems.SecondFactorUnverified,
        UserRefusal.DefaultStays      => Problems.DefaultStays,
        UserRefusal.NotReserved       => Problems.FieldUnknownValue,
        UserRefusal.NoSuchIdentifier  => Problems.NotFound,
        UserRefusal.NoSuchFactor      => Problems.NotFound,
        UserRefusal.AlreadyVerified   => Problems.AlreadyVerified,
        UserRefusal.LastIdentifier    => Problems.LastIdentifier,
        UserRefusal.LastSecondFactor  => Problems.LastFactor,
        UserRefusal.TooManyNumbers    => Problems.TooManyUnverified,
        UserRefusal.AlreadyEnrolled   => Problems.AppEnrolled,
        UserRefusal.TooManyPasskeys   => Problems.TooManyPasskeys,
        UserRefusal.NothingToBackUp   => Problems.NothingToBackUp,
        _ => throw new InvalidOperationException($"{refusal} has no answer."),
    };
}
