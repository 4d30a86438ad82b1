using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.Me;

/// <summary>Addresses and numbers of somebody who is signed in: added, verified by a code, made second factors, taken off again (R60 to R64).</summary>
public static class IdentifierHandler
{
    /// <summary>Adds one. Unverified copies may coexist; that somebody else has it is told only after the right code.</summary>
    public static async Task<MeAnswer> Handle(AddIdentifierStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, Tenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = (await MeReading.Of(session, keyring, step.Me, now, ct)).SteppedUp(now);
        var person = reading.Person;
        if (step.ThenReserve) reading.Enrolling(Strategy.PhoneCode);
        if (person.Owns(step.Identifier)) return new(Problems.IdentifierTaken.About(step.Identifier.Kind is IdentifierKind.PhoneNumber ? "phone_number" : "email_address"), null);

        if (step.Identifier is { Kind: IdentifierKind.PhoneNumber, Value: var number } && TextableNumber.CountryOf(number) is var country && !reading.Settings.MayText(country, tenants.Of(session.TenantId).Name.HomeCountry))
            return new(Problems.NotTextable.Answer().With("alpha2", country).With("country_code", TextableNumber.CallingCodeOf(number)), null);

        var added = new NewIdentifier(Guid.CreateVersion7(now), person.Key.Seal(step.Identifier.Value));
        var decision = UserDecider.Decide(step.Identifier.Kind is IdentifierKind.PhoneNumber ? new AddPhoneNumber(added, now) : new AddEmailAddress(added), person.User);
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal);

        session.Events.StartStream<Verification>(added.Id, new VerificationBegun(Purpose.NewIdentifier, person.User.Id, null, null, step.ThenReserve));
        return MeAnswer.Yes(IdentifierResource.Of(added.Id, await session.Tell(bus, reading, step.Me.Caller, decision.Events, now)));
    }

    /// <summary>Has a code sent to it. Only to an identifier of theirs that is not verified yet (R58).</summary>
    public static async Task<MeAnswer> Handle(
        PrepareIdentifierStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, AddressLimits limits, Tenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var (keys, reading) = (await keyring.Of(tenant, ct), await MeReading.Of(session, keyring, step.Me, now, ct, (_, _) => step.Identifier));
        var dials = reading.Settings.Dials;
        var place = Unverified(reading.Person.User, step.Identifier);
        var authenticator = new Authenticator(step.Strategy ?? Strategy.Password, step.Identifier);
        if (authenticator.Strategy is not (Strategy.EmailCode or Strategy.PhoneCode) || authenticator.Strategy.Traits().To != place.Kind) return MeAnswer.Refused(Refusal.StrategyInvalid, null, now);

        var sending = await CodeSending.Extra(session, reading.Person, place.Value, keys, tenants.Of(session.TenantId).Name.HomeCountry, limits, step.Me.Caller, now, ct);
        var command = new PrepareVerification(authenticator, reading.Session.Id, Guid.CreateVersion7(now), OneTimeCodes.NewNonce(), keys.Code.Id);
        var decision = VerificationDecider.Decide(command, reading.Verification, new(now, reading.Person.User, reading.GuessesOn(keys, authenticator).Standing, sending.Sendings, reading.Settings));
        var verification = session.Tell(reading, step.Me.Caller, decision);
        await sending.Queue(decision, step.Identifier, command.Text, session, bus, limits, step.Me.Caller, now, reading.Settings);
        return decision.Refusal is { } refusal ? MeAnswer.Refused(refusal, decision.Until, now) : MeAnswer.Yes(IdentifierResource.Of(step.Identifier, reading.Person, verification, now, dials));
    }

    /// <summary>The right code makes it theirs; if it is somebody's already, that is told now and nothing else happens.</summary>
    public static async Task<MeAnswer> Handle(AttemptIdentifierStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, Comparing comparing, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var (keys, reading) = (await keyring.Of(tenant, ct), await MeReading.Of(session, keyring, step.Me, now, ct, (_, _) => step.Identifier));
        var dials = reading.Settings.Dials;
        var (kind, value) = Unverified(reading.Person.User, step.Identifier);
        if (kind != step.Kind) throw Problems.NotFound.Refuse();
        var authenticator = new Authenticator(kind is IdentifierKind.PhoneNumber ? Strategy.PhoneCode : Strategy.EmailCode, step.Identifier);
        var guesses = reading.GuessesOn(keys, authenticator);
        var circumstances = new Circumstances(now, reading.Person.User, guesses.Standing, Sendings.None, reading.Settings);

        var comparison = VerificationDecider.MayGuess(authenticator, reading.Session.Id, reading.Verification, circumstances)
            ? await comparing.Compare(tenant, new Offer.OfCode(step.Code), reading.Credentials, new(step.Identifier, OneTimeCodes.NewIdentifier, reading.Verification.Prepared!), ct)
            : Comparison.None;
        var decision = VerificationDecider.Decide(new AttemptVerification(authenticator, reading.Session.Id, comparison.Verdict), reading.Verification, circumstances);
        await session.Tell(bus, reading.Person, session.Count(guesses, decision, now, dials), now);
        var verification = session.Tell(reading, step.Me.Caller, decision);
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal, decision.Until, now);

        var verified = UserDecider.Decide(new VerifyIdentifier(step.Identifier, Vouching.Code), reading.Person.User).Events;
        var reserved = verification.Begun!.ThenReserve ? Reserved(verified, reading.Person.User, step.Identifier) : [];
        session.Insert(new Identifier(Identifier.IdOf(keys, kind, reading.Person.Read(value)!), reading.Person.User.Id, step.Identifier));
        return MeAnswer.Yes(IdentifierResource.Of(step.Identifier, await session.Tell(bus, reading, step.Me.Caller, [.. verified, .. reserved], now, except: step.Identifier, proved: reserved.Count > 0 ? authenticator : null)));
    }

    /// <summary>Reserves, releases, makes default.</summary>
    public static async Task<MeAnswer> Handle(ChangeNumberStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = (await MeReading.Of(session, keyring, step.Me, now, ct, (_, _) => step.Number)).SteppedUp(now);
        if (step.ReservedForSecondFactor == true) reading.Enrolling(Strategy.PhoneCode);
        var decision = UserDecider.Decide(new ChangePhoneNumber(step.Number, step.ReservedForSecondFactor, step.DefaultSecondFactor), reading.Person.User, reading.Settings.DemandsSecondFactor(now));
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal);

        if (decision.Events.Any(e => e is ReleasedFromSecondFactor)) await session.EndOthers(reading, EndReason.FactorsChanged, now, ct);
        var proved = reading.Session.SecondAt is null && decision.Events.Any(e => e is ReservedForSecondFactor) ? reading.Verification.ProvedIn(reading.Session.Id) : null;
        var person = await session.Tell(bus, reading, step.Me.Caller, decision.Events, now, proved: proved?.Authenticator, at: proved?.Code.ExpiresAt - reading.Settings.Dials.CodeLife);
        return MeAnswer.Yes(IdentifierResource.Of(step.Number, person));
    }

    /// <summary>Takes it off: nobody signs in with it any more, codes sent to it are void, other sessions end (R22, R63).</summary>
    public static async Task<MeAnswer> Handle(RemoveIdentifierStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = (await MeReading.Of(session, keyring, step.Me, now, ct)).SteppedUp(now);
        var (kind, value, verified) = Of(reading.Person.User, step.Identifier);
        if (kind != step.Kind) throw Problems.NotFound.Refuse();
        var decision = UserDecider.Decide(new RemoveIdentifier(step.Identifier), reading.Person.User, reading.Settings.DemandsSecondFactor(now));
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal);

        if (verified) session.Delete<Identifier>(Identifier.IdOf(await keyring.Of(session.TenantId, ct), kind, reading.Person.Read(value)!));
        await session.Tell(bus, reading, step.Me.Caller, decision.Events, now);
        if (verified) await session.EndOthers(reading, EndReason.FactorsChanged, now, ct);
        return MeAnswer.Yes(new DeletedResource(kind is IdentifierKind.PhoneNumber ? "phone_number" : "email_address", new IdentifierId(step.Identifier).ToString(), true));
    }

    private static IReadOnlyList<UserEvent> Reserved(IReadOnlyList<UserEvent> verified, User user, Guid number) =>
        UserDecider.Decide(new ChangePhoneNumber(number, true, null), verified.Aggregate(user, (u, happened) => User.Evolve(u, happened, default))).Events;

    private static (IdentifierKind Kind, Domain.Sealed Value) Unverified(User user, Guid id) =>
        Of(user, id) is var (kind, value, verified) && !verified ? (kind, value) : throw Problems.AlreadyVerified.Refuse();

    private static (IdentifierKind Kind, Domain.Sealed Value, bool Verified) Of(User user, Guid id) =>
        user.EmailAddresses.Find(x => x.Id == id) is { } address ? (IdentifierKind.EmailAddress, address.Address, address.Verified)
        : user.PhoneNumbers.Find(x => x.Id == id) is { } number ? (IdentifierKind.PhoneNumber, number.Number, number.Verified)
        : throw Problems.NotFound.Refuse();
}
