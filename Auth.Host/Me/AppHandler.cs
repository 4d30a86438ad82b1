using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.Me;

/// <summary>Somebody wants to add an authenticator app.</summary>
public sealed record AddAppStep(Speaker Me);

/// <summary>Somebody enters its first code.</summary>
public sealed record AttemptAppStep(Speaker Me, OfferedCode Code);

/// <summary>Somebody takes it off again.</summary>
public sealed record RemoveAppStep(Speaker Me);

/// <summary>An authenticator app: its seed shown once, counted after a first right code in the same session (R33, R34, RFC 6238).</summary>
public static class AppHandler
{
    /// <summary>A new seed; an app that counts already has to go first, and a seed nobody proved is forgotten.</summary>
    public static async Task<MeAnswer> Handle(AddAppStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, Tenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = (await MeReading.Of(session, keyring, step.Me, now, ct)).SteppedUp(now).Enrolling(Strategy.Totp);
        var (user, key) = (reading.Person.User, reading.Person.Key);
        var decision = UserDecider.Decide(new AddAuthenticatorApp(Guid.CreateVersion7(now)), user);
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal);

        var app = AuthenticatorApp.Make(Guid.CreateVersion7(now), user.Id, key, reading.Session.Id, now);
        session.Sign(step.Me.Caller, key, reading.Who.Settings);
        session.DeleteWhere<AuthenticatorApp>(x => x.UserId == user.Id && x.PendingIn != null);
        session.Insert(app);
        session.Events.StartStream<Verification>(app.Id, new VerificationBegun(Purpose.NewAuthenticatorApp, user.Id, reading.Session.Id, now + AuthenticatorApp.PendingLife) { Epoch = user.Epoch });
        return MeAnswer.Yes(TotpResource.Shown(app, reading.Person, tenants.Of(session.TenantId).Name.Under(reading.Settings).Name));
    }

    /// <summary>The first right code makes it count, and is used up with that (R31).</summary>
    public static async Task<MeAnswer> Handle(AttemptAppStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (keys, reading) = (await keyring.Of(session.TenantId, ct), await MeReading.Of(session, keyring, step.Me, now, ct, (_, waiting) => waiting?.Id));
        var dials = reading.Settings.Dials;
        var pending = reading.PendingApp ?? throw Problems.NotFound.Refuse();
        var authenticator = new Authenticator(Strategy.Totp, pending.Id);
        var guesses = reading.GuessesOn(keys, authenticator);
        var circumstances = new Circumstances(now, reading.Person.User, guesses.Standing, Sendings.None, reading.Settings);

        var right = VerificationDecider.MayGuess(authenticator, reading.Session.Id, reading.Verification, circumstances) ? pending.Step(step.Code, reading.Person.Key, now) : null;
        var verdict = right is null ? Verdict.Wrong : Verdict.Right;
        var decision = VerificationDecider.Decide(new AttemptVerification(authenticator, reading.Session.Id, verdict), reading.Verification, circumstances);
        await session.Tell(bus, reading.Person, session.Count(guesses, decision, now, dials), now);
        session.Tell(reading, step.Me.Caller, decision);
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal, decision.Until, now);

        var added = UserDecider.Decide(new AddAuthenticatorApp(pending.Id), reading.Person.User);
        if (added.Refusal is { } no) throw UserChangeProblem(no);
        var app = pending with { PendingIn = null, LastStep = right!.Value };
        session.Move(app, pending.Version);
        await session.Tell(bus, reading, step.Me.Caller, added.Events, now, proved: authenticator);
        return MeAnswer.Yes(TotpResource.Hidden(app));
    }

    /// <summary>It proves nothing from the commit on; other sessions end (R63).</summary>
    public static async Task<MeAnswer> Handle(RemoveAppStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = (await MeReading.Of(session, keyring, step.Me, now, ct)).SteppedUp(now);
        var app = reading.Person.User.Totp;
        var decision = UserDecider.Decide(new RemoveAuthenticatorApp(), reading.Person.User, reading.Settings.DemandsSecondFactor(now));
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal);

        await session.Tell(bus, reading, step.Me.Caller, decision.Events, now);
        await session.EndOthers(reading, EndReason.FactorsChanged, now, ct);
        return MeAnswer.Yes(new DeletedResource("totp", new AppId(app!.Value).ToString(), true));
    }

    private static Refused UserChangeProblem(UserRefusal refusal) => Users.UserChangeHandler.Problem(refusal).Refuse();
}
