using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Delivery;
using Auth.Host.Delivery.Mail;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Me;
using Auth.Host.Passkeys;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.Sessions;

/// <summary>Somebody who is signed in begins to prove it once more.</summary>
public sealed record BeginStepUpStep(Speaker Me, Level Level);

/// <summary>They want a code for it.</summary>
public sealed record PrepareStepUpStep(Speaker Me, Level For, Strategy? Strategy, Guid? Identifier);

/// <summary>They offer a proof.</summary>
public sealed record AttemptStepUpStep(Speaker Me, Level For, Strategy? Strategy, Offer? Offer);

/// <summary>Step-up: a session proves once more what it was made from, before something is changed (R60). Its guesses count with all others (R18).</summary>
public static class StepUpHandler
{
    /// <summary>A new one; an older one of this session is forgotten.</summary>
    public static async Task<MeAnswer> Handle(BeginStepUpStep step, IDocumentSession session, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = await MeReading.Of(session, keyring, step.Me, now, ct);
        var dials = reading.Settings.Dials;
        var (user, held) = (reading.Person.User, reading.Session with { StepUp = Guid.CreateVersion7(now), Level = StepUp.Effective(step.Level, reading.Person.User) });
        var begun = new VerificationBegun(Purpose.StepUp, user.Id, held.Id, now + dials.StepUpAge) { Epoch = user.Epoch };

        session.Sign(step.Me.Caller, reading.Person.Key, reading.Who.Settings);
        session.Events.StartStream<Verification>(held.StepUp!.Value, begun);
        session.Move(held, reading.Session.Version);
        return MeAnswer.Yes(StepUpResource.Of(held, Verification.Evolve(Verification.Initial, begun), reading.Person, now, dials));
    }

    /// <summary>Has a code sent to something they have already.</summary>
    public static async Task<MeAnswer> Handle(
        PrepareStepUpStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, AddressLimits limits, PasskeyDesk passkeys, Tenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var (keys, reading) = (await keyring.Of(tenant, ct), await Read(session, keyring, step.Me, now, ct));
        var dials = reading.Settings.Dials;
        if (step.Strategy is Strategy.Passkey) return await Ask(step, session, reading, keys, passkeys, now);
        var to = step.Identifier ?? (step is { For: Level.SecondFactor, Strategy: Strategy.PhoneCode } ? reading.Person.User.SecondFactor(null)?.Id : null);
        if (Authenticator(step.For, step.Strategy, to, reading) is not { } authenticator) return MeAnswer.Refused(Refusal.NotForThisSignIn, null, now);
        if (reading.Person.Place(authenticator) is not { } place) return MeAnswer.Refused(Refusal.StrategyInvalid, null, now);

        var sending = await CodeSending.Extra(session, reading.Person, place, keys, tenants.Of(session.TenantId).Name.HomeCountry, limits, step.Me.Caller, now, ct);
        var command = new PrepareVerification(authenticator, reading.Session.Id, Guid.CreateVersion7(now), OneTimeCodes.NewNonce(), keys.Code.Id);
        var decision = VerificationDecider.Decide(command, reading.Verification, new(now, reading.Person.User, reading.GuessesOn(keys, authenticator).Standing, sending.Sendings, reading.Settings));
        var verification = session.Tell(reading, step.Me.Caller, decision);
        await sending.Queue(decision, verification.Id, command.Text, session, bus, limits, step.Me.Caller, now, reading.Settings);
        return decision.Refusal is { } refusal ? MeAnswer.Refused(refusal, decision.Until, now) : MeAnswer.Yes(StepUpResource.Of(reading.Session, verification, reading.Person, now, dials));
    }

    /// <summary>The proof that was still missing renews the session's age of factors, in the commit that accepts it.</summary>
    public static async Task<MeAnswer> Handle(AttemptStepUpStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, Comparing comparing, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var (keys, reading) = (await keyring.Of(tenant, ct), await Read(session, keyring, step.Me, now, ct));
        var dials = reading.Settings.Dials;
        var (user, held) = (reading.Person.User, reading.Session);
        if (step is { Strategy: Strategy.Passkey, Offer: Offer.OfPasskey offer }) return await Handle(step, offer, session, bus, reading, comparing, now, ct);
        if (Authenticator(step.For, step.Strategy, null, reading) is not { } authenticator) return MeAnswer.Refused(step.Strategy?.Traits().Prepared == true ? Refusal.NotPrepared : Refusal.NotForThisSignIn, null, now);

        var guesses = reading.GuessesOn(keys, authenticator);
        var circumstances = new Circumstances(now, user, guesses.Standing, Sendings.None, reading.Settings);
        var sent = authenticator.Strategy.Traits().Prepared && reading.Verification.Prepared is { } message ? new SentCode(reading.Verification.Id, OneTimeCodes.StepUp, message) : null;
        var comparison = VerificationDecider.MayGuess(authenticator, held.Id, reading.Verification, circumstances) ? await comparing.Compare(tenant, step.Offer!, reading.Credentials, sent, ct) : Comparison.None;
        var decision = VerificationDecider.Decide(new AttemptVerification(authenticator, held.Id, comparison.Verdict), reading.Verification, circumstances);

        await session.Tell(bus, reading.Person, session.Count(guesses, decision, now, dials), now);
        comparison.Taken?.Invoke(session);
        if (comparison.Verdict is Verdict.Right && step.Strategy is Strategy.BackupCode) await bus.Notify(user.Id, NoticeKind.BackupCodeUsed, now);
        var verification = session.Tell(reading, step.Me.Caller, decision);
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal, decision.Until, now);

        return Accepted(session, reading, verification, now);
    }

    /// <summary>Asks for a passkey of theirs: they have some, and which ones is theirs to know.</summary>
    private static async Task<MeAnswer> Ask(PrepareStepUpStep step, IDocumentSession session, MeReading reading, InstanceKeys keys, PasskeyDesk passkeys, DateTimeOffset now)
    {
        if (reading.Person.User.Passkeys.IsEmpty) return MeAnswer.Refused(Refusal.NotForThisSignIn, null, now);
        var decision = VerificationDecider.Decide(
            new ChallengeVerification(PasskeyChallenges.New(keys.Code, now), reading.Session.Id), reading.Verification, Circumstances.At(now, reading.Person.User) with { Settings = reading.Settings });
        var verification = session.Tell(reading, step.Me.Caller, decision);
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal, decision.Until, now);
        var nonce = AskedPasskey.Of(verification, reading.Credentials.Passkeys) is { } asked ? await passkeys.Request(session.TenantId, asked) : null;
        return MeAnswer.Yes(StepUpResource.Of(reading.Session, verification, reading.Person, now, reading.Settings.Dials).Asking(step.For, verification, nonce));
    }

    /// <summary>A passkey is a second factor; one that checked who touched it is the first one, too (R43).</summary>
    private static async Task<MeAnswer> Handle(
        AttemptStepUpStep step, Offer.OfPasskey offer, IDocumentSession session, IMessageContext bus, MeReading reading, Comparing comparing, DateTimeOffset now, CancellationToken ct)
    {
        var (user, held, circumstances) = (reading.Person.User, reading.Session, Circumstances.At(now, reading.Person.User) with { Settings = reading.Settings });
        var comparison = VerificationDecider.MayGuess(Domain.SignIns.Authenticator.AnyPasskey, held.Id, reading.Verification, circumstances)
            ? await comparing.Compare(session.TenantId, offer, reading.Credentials, null, ct, AskedPasskey.Of(reading.Verification, reading.Credentials.Passkeys)) : Comparison.None;
        var decision = VerificationDecider.Decide(
            new AttemptVerification(new(Strategy.Passkey, comparison.Signing?.Passkey), held.Id, comparison.Verdict, comparison.Signing), reading.Verification, circumstances);

        comparison.Taken?.Invoke(session);
        await session.Suspect(bus, user, comparison.Suspect, now);
        var verification = session.Tell(reading, step.Me.Caller, decision);
        return decision.Refusal is { } refusal ? MeAnswer.Refused(refusal, decision.Until, now)
            : Accepted(session, reading, verification, now);
    }

    /// <summary>Whoever held the client's secret before the last proof does not hold the session after it: the client gets another one, and the old one is nobody's, as at a conversion (R67).</summary>
    private static MeAnswer Accepted(IDocumentSession session, MeReading reading, Verification verification, DateTimeOffset now)
    {
        var (user, held, dials) = (reading.Person.User, reading.Session, reading.Settings.Dials);
        if (StepUp.Awaits(verification, held.Level ?? Level.MultiFactor, user) is not null) return MeAnswer.Yes(StepUpResource.Of(held, verification, reading.Person, now, dials));
        var (client, issued) = reading.Who.Client.Renewed(now);
        session.Move(client, client.Version);
        return MeAnswer.Yes(StepUpResource.Of(Renewed(session, held, verification, user, now), verification, reading.Person, now, dials)) with { Issued = issued };
    }

    private static Session Renewed(IDocumentSession session, Session held, Verification verification, User user, DateTimeOffset now)
    {
        var (first, second) = (verification.Proved.Find(x => StepUp.IsFirst(x, user)) ?? verification.UserVerified, verification.Proved.Find(x => StepUp.IsSecond(x, user)));
        var renewed = held with
        {
            FirstAt = first is null ? held.FirstAt : now, SecondAt = second is null ? held.SecondAt : now, Second = second?.Strategy ?? held.Second,
            UserVerified = held.UserVerified || verification.UserVerified is not null, UpdatedAt = now,
        };
        return session.Tell(held, renewed, new SteppedUp(verification.Id, first, second));
    }

    /// <summary>Which of their authenticators: sent codes name the one they go to, the others there is only one of.</summary>
    private static Authenticator? Authenticator(Level asked, Strategy? strategy, Guid? identifier, MeReading reading)
    {
        var (user, verification) = (reading.Person.User, reading.Verification);
        Authenticator? named = strategy switch
        {
            null => null,
            Strategy.Totp => user.Totp is { } app ? new(Strategy.Totp, app) : null,
            { } sent when sent.Traits().Prepared => identifier is { } id ? new(sent, id)
                : verification.Prepared is { } message && message.Authenticator.Strategy == sent ? message.Authenticator : null,
            { } other => new(other),
        };
        return named is not null && (asked is Level.FirstFactor ? StepUp.IsFirst(named, user) : StepUp.IsSecond(named, user)) ? named : null;
    }

    private static async Task<MeReading> Read(IDocumentSession session, IKeyring keyring, Speaker me, DateTimeOffset now, CancellationToken ct)
    {
        var reading = await MeReading.Of(session, keyring, me, now, ct, (who, _) => who.Session.StepUp);
        return reading.Stream is null ? throw Problems.NothingPrepared.Refuse() : reading;
    }
}
