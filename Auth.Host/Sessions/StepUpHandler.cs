using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Me;
using Auth.Host.Passkeys;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Marten;
using Wolverine;

namespace Auth.Host.Sessions;

/// <summary>Somebody who is signed in begins to prove it once more.</summary>
public sealed record BeginStepUpStep(SignedIn Me, Level Level);

/// <summary>They want a code for it.</summary>
public sealed record PrepareStepUpStep(SignedIn Me, Level For, Strategy? Strategy, Guid? Identifier);

/// <summary>They offer a proof.</summary>
public sealed record AttemptStepUpStep(SignedIn Me, Level For, Strategy? Strategy, Offer? Offer);

/// <summary>Step-up: a session proves once more what it was made from, before something is changed (R60). Its guesses count with all others (R18).</summary>
public static class StepUpHandler
{
    /// <summary>A new one; an older one of this session is forgotten.</summary>
    public static async Task<MeAnswer> Handle(BeginStepUpStep step, IDocumentSession session, IKeyring keyring, TimeProvider clock, Dials dials, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = await MeReading.Of(session, keyring, step.Me, null, now, dials, ct);
        var (user, held) = (reading.Person.User, reading.Session with { StepUp = Guid.CreateVersion7(now), Level = StepUp.Effective(step.Level, reading.Person.User) });
        var begun = new VerificationBegun(Purpose.StepUp, user.Id, held.Id, now + dials.StepUpAge);

        session.Sign(step.Me.Caller, reading.Person.Key);
        session.Events.StartStream<Verification>(held.StepUp!.Value, begun);
        session.Move(held, reading.Session.Version);
        return MeAnswer.Yes(StepUpResource.Of(held, Verification.Evolve(Verification.Initial, begun), reading.Person, now, dials));
    }

    /// <summary>Has a code sent to something they have already.</summary>
    public static async Task<MeAnswer> Handle(
        PrepareStepUpStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, AddressLimits limits, PasskeyDesk passkeys, TimeProvider clock, Dials dials, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var (keys, reading) = (await keyring.Of(tenant, ct), await Read(session, keyring, step.Me, now, dials, ct));
        if (step.Strategy is Strategy.Passkey) return await Ask(step, session, reading, keys, passkeys, now, dials, ct);
        if (Authenticator(step.For, step.Strategy, step.Identifier, reading) is not { } authenticator) return MeAnswer.Refused(Refusal.NotForThisSignIn, null, now);
        if (reading.Person.Place(authenticator) is not { } place) return MeAnswer.Refused(Refusal.StrategyInvalid, null, now);

        var sending = await CodeSending.Extra(session, reading.Person, place, keys, limits, step.Me.Caller, now, ct);
        var command = new PrepareVerification(authenticator, reading.Session.Id, Guid.CreateVersion7(now), OneTimeCodes.NewNonce(), keys.Code.Id);
        var decision = VerificationDecider.Decide(command, reading.Verification, new(now, reading.Person.User, reading.GuessesOn(keys, authenticator).Standing, sending.Sendings, dials));
        var verification = await session.Tell(reading, step.Me.Caller, reading.Session.StepUp!.Value, decision, ct);
        await sending.Queue(decision, verification.Id, command.Text, session, bus, limits, step.Me.Caller, now, dials);
        return decision.Refusal is { } refusal ? MeAnswer.Refused(refusal, decision.Until, now) : MeAnswer.Yes(StepUpResource.Of(reading.Session, verification, reading.Person, now, dials));
    }

    /// <summary>The proof that was still missing renews the session's age of factors, in the commit that accepts it.</summary>
    public static async Task<MeAnswer> Handle(AttemptStepUpStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, Comparing comparing, TimeProvider clock, Dials dials, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var (keys, reading) = (await keyring.Of(tenant, ct), await Read(session, keyring, step.Me, now, dials, ct));
        var (user, held) = (reading.Person.User, reading.Session);
        if (step is { Strategy: Strategy.Passkey, Offer: Offer.OfPasskey offer }) return await Handle(step, offer, session, bus, reading, comparing, now, dials, ct);
        if (Authenticator(step.For, step.Strategy, null, reading) is not { } authenticator) return MeAnswer.Refused(step.Strategy?.Traits().Prepared == true ? Refusal.NotPrepared : Refusal.NotForThisSignIn, null, now);

        var guesses = reading.GuessesOn(keys, authenticator);
        var circumstances = new Circumstances(now, user, guesses.Standing, Sendings.None, dials);
        var sent = authenticator.Strategy.Traits().Prepared && reading.Verification.Prepared is { } message ? new SentCode(reading.Verification.Id, OneTimeCodes.StepUp, message) : null;
        var comparison = VerificationDecider.MayGuess(authenticator, held.Id, reading.Verification, circumstances) ? await comparing.Compare(tenant, step.Offer!, reading.Credentials, sent, ct) : Comparison.None;
        var decision = VerificationDecider.Decide(new AttemptVerification(authenticator, held.Id, comparison.Verdict), reading.Verification, circumstances);

        session.Count(guesses, decision, now, dials);
        comparison.Taken?.Invoke(session);
        var verification = await session.Tell(reading, step.Me.Caller, held.StepUp!.Value, decision, ct);
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal, decision.Until, now);

        return MeAnswer.Yes(StepUpResource.Of(Renewed(session, held, verification, user, now), verification, reading.Person, now, dials));
    }

    /// <summary>Asks for a passkey of theirs: they have some, and which ones is theirs to know.</summary>
    private static async Task<MeAnswer> Ask(PrepareStepUpStep step, IDocumentSession session, MeReading reading, InstanceKeys keys, PasskeyDesk passkeys, DateTimeOffset now, Dials dials, CancellationToken ct)
    {
        if (reading.Person.User.Passkeys.IsEmpty) return MeAnswer.Refused(Refusal.NotForThisSignIn, null, now);
        var decision = VerificationDecider.Decide(
            new ChallengeVerification(PasskeyChallenges.New(keys.Code, now), reading.Session.Id), reading.Verification, Circumstances.At(now, reading.Person.User) with { Dials = dials });
        var verification = await session.Tell(reading, step.Me.Caller, reading.Session.StepUp!.Value, decision, ct);
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal, decision.Until, now);
        var nonce = AskedPasskey.Of(verification, reading.Credentials.Passkeys) is { } asked ? await passkeys.Request(session.TenantId, asked) : null;
        return MeAnswer.Yes(StepUpResource.Of(reading.Session, verification, reading.Person, now, dials).Asking(step.For, verification, nonce));
    }

    /// <summary>A passkey is a second factor; one that checked who touched it is the first one, too (R43).</summary>
    private static async Task<MeAnswer> Handle(
        AttemptStepUpStep step, Offer.OfPasskey offer, IDocumentSession session, IMessageContext bus, MeReading reading, Comparing comparing, DateTimeOffset now, Dials dials, CancellationToken ct)
    {
        var (user, held, circumstances) = (reading.Person.User, reading.Session, Circumstances.At(now, reading.Person.User) with { Dials = dials });
        var comparison = VerificationDecider.MayGuess(Domain.SignIns.Authenticator.AnyPasskey, held.Id, reading.Verification, circumstances)
            ? await comparing.Compare(session.TenantId, offer, reading.Credentials, null, ct, AskedPasskey.Of(reading.Verification, reading.Credentials.Passkeys)) : Comparison.None;
        var decision = VerificationDecider.Decide(
            new AttemptVerification(new(Strategy.Passkey, comparison.Signing?.Passkey), held.Id, comparison.Verdict, comparison.Signing), reading.Verification, circumstances);

        comparison.Taken?.Invoke(session);
        await session.Suspect(bus, user, comparison.Suspect, now, ct);
        var verification = await session.Tell(reading, step.Me.Caller, held.StepUp!.Value, decision, ct);
        return decision.Refusal is { } refusal ? MeAnswer.Refused(refusal, decision.Until, now)
            : MeAnswer.Yes(StepUpResource.Of(Renewed(session, held, verification, user, now), verification, reading.Person, now, dials));
    }

    private static Session Renewed(IDocumentSession session, Session held, Verification verification, User user, DateTimeOffset now)
    {
        if (StepUp.Awaits(verification, held.Level ?? Level.MultiFactor, user) is not null) return held;
        var (first, second) = (verification.Proved.Find(x => StepUp.IsFirst(x, user)) ?? verification.UserVerified, verification.Proved.Find(x => StepUp.IsSecond(x, user)));
        session.Tell(held, new SteppedUp(verification.Id, first, second));
        var renewed = held with { Told = true, FirstAt = first is null ? held.FirstAt : now, SecondAt = second is null ? held.SecondAt : now, Second = second?.Strategy ?? held.Second, UserVerified = held.UserVerified || verification.UserVerified is not null, UpdatedAt = now };
        session.Move(renewed, held.Version);
        return renewed;
    }

    /// <summary>Which of their authenticators: sent codes name the one they go to, the others there is only one of.</summary>
    private static Authenticator? Authenticator(Level asked, Strategy? strategy, Guid? identifier, MeReading reading)
    {
        var (user, verification) = (reading.Person.User, reading.Verification);
        Authenticator? named = strategy switch
        {
            null                                      => null,
            Strategy.Totp                             => user.Totp is { } app ? new(Strategy.Totp, app) : null,
            { } sent when sent.Traits().Prepared      => identifier is { } id ? new(sent, id)
                : verification.Prepared is { } message && message.Authenticator.Strategy == sent ? message.Authenticator : null,
            { } other                                 => new(other),
        };
        return named is not null && (asked is Level.FirstFactor ? StepUp.IsFirst(named, user) : StepUp.IsSecond(named, user)) ? named : null;
    }

    private static async Task<MeReading> Read(IDocumentSession session, IKeyring keyring, SignedIn me, DateTimeOffset now, Dials dials, CancellationToken ct)
    {
        var held = (await MeReading.Of(session, keyring, me, null, now, dials, ct)).Session;
        return held.StepUp is { } begun ? await MeReading.Of(session, keyring, me, begun, now, dials, ct) : throw Problems.NothingPrepared.Refuse();
    }
}
