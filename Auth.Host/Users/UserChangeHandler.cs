using Auth.Domain;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Host.Delivery;
using Auth.Host.Delivery.Mail;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Recoveries;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Marten;
using Wolverine;

namespace Auth.Host.Users;

/// <summary>An operator changes 2-step verification for one number.</summary>
public sealed record ChangePhoneNumberStep(Caller Caller, Guid PhoneNumber, bool? ReservedForSecondFactor, bool? DefaultSecondFactor);

/// <summary>An operator locks a person, or lifts the lock.</summary>
public sealed record LockStep(Caller Caller, Guid User, bool Locked);

/// <summary>An operator closes an account, or opens it again.</summary>
public sealed record BanStep(Caller Caller, Guid User, bool Banned);

/// <summary>An operator says what a person is called.</summary>
public sealed record ChangeNamesStep(Caller Caller, Guid User, NewName FirstName, NewName LastName);

/// <summary>A name after a change: the one it had unless another is <paramref name="Given"/>, and given as null none at all.</summary>
public sealed record NewName(bool Given, string? Value)
{
    internal Sealed? Over(Sealed? before, PersonView person) =>
        !Given || Value == person.Read(before) ? before
        : Value is null                        ? null
        : person.Key.Seal(Value);

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "NewName(hidden)";
}

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
            session, bus, keyring, clock, step.Caller, owner.UserId, _ => new ChangePhoneNumber(step.PhoneNumber, step.ReservedForSecondFactor, step.DefaultSecondFactor), ct);
    }

    /// <summary>Lock; unlock, which also forgets every wrong guess and binds again what was disabled (R19, R65).</summary>
    public static async Task<ChangedPerson> Handle(LockStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var failing = !step.Locked && await session.Query<Guesses>().AnyAsync(row => row.UserId == step.User, ct);
        return await Change(session, bus, keyring, clock, step.Caller, step.User, _ => step.Locked ? new LockUser(null) : new UnlockUser(failing), ct);
    }

    /// <summary>Ban, unban. Every session ends in the commit of the ban (R70).</summary>
    public static Task<ChangedPerson> Handle(BanStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct) =>
        Change(session, bus, keyring, clock, step.Caller, step.User, _ => step.Banned ? new BanUser() : new UnbanUser(), ct);

    /// <summary>First and last name.</summary>
    public static Task<ChangedPerson> Handle(ChangeNamesStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct) =>
        Change(session, bus, keyring, clock, step.Caller, step.User, who => new ChangeNames(step.FirstName.Over(who.User.FirstName, who), step.LastName.Over(who.User.LastName, who)), ct);

    private static async Task<ChangedPerson> Change(
        IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, Caller caller, Guid id, Func<PersonView, UserCommand> command, CancellationToken ct)
    {
        if (id == Guid.Empty) throw Problems.NotFound.Refuse();   // not an id at all (R09)
        var batch = session.CreateBatchQuery();
        var userRow = batch.Load<User>(id);
        var wrapped = batch.Load<PersonalKey>(id);
        var settings = batch.Load<InstanceSettings>(InstanceSettings.TheOne);
        await batch.Execute(ct);
        if (await userRow is not { } user || await wrapped is not { } stored) throw Problems.NotFound.Refuse();

        var now = clock.GetUtcNow();
        var person = new PersonView(user.Settled(now), keyring.Unwrap(stored));
        var decision = UserDecider.Decide(command(person), user, secondFactorRequired: true);   // the last one goes only by a recovery (R65)
        if (decision.Refusal is { } refusal) throw Problem(refusal).Refuse();

        session.Sign(caller, person.Key, await settings ?? InstanceSettings.Shipped);
        if (decision.Events.Any(happened => happened is Banned)) await session.EndAllOf(id, EndReason.UserBanned, now, ct);
        else if (UserDecider.Voids(decision.Events, user)) await session.EndAllOf(id, EndReason.FactorsChanged, now, ct);
        session.Forget(user, decision.Events);
        await bus.Notify(id, decision.Events, now);
        return new(person with { User = session.Tell(user, decision.Events, now) });
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
        UserRefusal.NoRecovery        => Problems.NotFound,
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
