using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Passkeys;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.Me;

/// <summary>Passkeys of somebody who is signed in: made for the challenge of this session, counted once the answer is believed, renamed, taken off (R42, R60 to R64).</summary>
public static class PasskeyHandler
{
    /// <summary>What the browser is to make one for. Nothing counts yet.</summary>
    public static async Task<MeAnswer> Handle(AddPasskeyStep step, IDocumentSession session, IKeyring keyring, PasskeyDesk desk, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (keys, reading) = (await keyring.Of(session.TenantId, ct), (await MeReading.Of(session, keyring, step.Me, now, ct)).SteppedUp(now).Enrolling(Strategy.Passkey));
        var (person, id, challenge) = (reading.Person, Guid.CreateVersion7(now), PasskeyChallenges.New(keys.Code, now));

        session.Sign(step.Me.Caller, person.Key, reading.Who.Settings);
        session.Events.StartStream<Verification>(id, new VerificationBegun(Purpose.NewPasskey, person.User.Id, reading.Session.Id, challenge.ExpiresAt) { Epoch = person.User.Epoch }, new VerificationChallenged(challenge, reading.Session.Id));
        var options = await desk.Creation(session.TenantId, id, challenge, person.User.Id, person.Identifier(), person.DisplayName(), reading.Credentials.Passkeys);
        return MeAnswer.Yes(PasskeyResource.Asked(id, NameFor(person.User), options!, challenge, now));
    }

    /// <summary>The answer is taken once; right, it counts from the commit on (R04, R40).</summary>
    public static async Task<MeAnswer> Handle(AttemptPasskeyStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, PasskeyDesk desk, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = await MeReading.Of(session, keyring, step.Me, now, ct, (_, _) => step.Passkey);
        if (reading.Verification.Begun?.Purpose is not Purpose.NewPasskey) throw Problems.NotFound.Refuse();
        var (user, authenticator, circumstances) = (reading.Person.User, new Authenticator(Strategy.Passkey, step.Passkey), Circumstances.At(now, reading.Person.User) with { Settings = reading.Settings });

        var (verdict, made) = VerificationDecider.MayGuess(authenticator, reading.Session.Id, reading.Verification, circumstances) ? await Verify(step, session, reading, desk, now, ct) : (Verdict.NotChecked, null);
        var decision = VerificationDecider.Decide(
            new AttemptVerification(authenticator, reading.Session.Id, verdict, new(step.Passkey, made?.Credential?.VerifiesUser == true, made?.Flaw?.ToString())), reading.Verification, circumstances);
        session.Tell(reading, step.Me.Caller, decision);
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal, decision.Until, now);

        var row = made!.Credential!;
        var added = UserDecider.Decide(new AddPasskey(new(row.Passkey, row.VerifiesUser, row.BackupEligible, row.BackedUp, row.Aaguid, reading.Person.Key.Seal(NameFor(user)))), user);
        if (added.Refusal is { } no) return MeAnswer.Refused(no);
        session.Insert(row);
        return MeAnswer.Yes(PasskeyResource.Of(step.Passkey, await session.Tell(bus, reading, step.Me.Caller, added.Events, now, proved: authenticator)));
    }

    /// <summary>Calls one something else.</summary>
    public static async Task<MeAnswer> Handle(RenamePasskeyStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = await MeReading.Of(session, keyring, step.Me, now, ct);
        var decision = UserDecider.Decide(new RenamePasskey(step.Passkey, reading.Person.Key.Seal(step.Name)), reading.Person.User);
        return decision.Refusal is { } refusal ? MeAnswer.Refused(refusal)
            : MeAnswer.Yes(PasskeyResource.Of(step.Passkey, await session.Tell(bus, reading, step.Me.Caller, decision.Events, now)));
    }

    /// <summary>It proves nothing from the commit on; other sessions end (R63).</summary>
    public static async Task<MeAnswer> Handle(RemovePasskeyStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = (await MeReading.Of(session, keyring, step.Me, now, ct)).SteppedUp(now);
        var decision = UserDecider.Decide(new RemovePasskey(step.Passkey), reading.Person.User, reading.Settings.DemandsSecondFactor(now));
        if (decision.Refusal is { } refusal) return MeAnswer.Refused(refusal);

        await session.Tell(bus, reading, step.Me.Caller, decision.Events, now);
        await session.EndOthers(reading, EndReason.FactorsChanged, now, ct);
        return MeAnswer.Yes(new DeletedResource("passkey", new PasskeyId(step.Passkey).ToString(), true));
    }

    // The row of that credential, whosever it is, is one trip more; two at once meet at its primary key.
    private static async Task<(Verdict, EnrolmentVerdict?)> Verify(AttemptPasskeyStep step, IDocumentSession session, MeReading reading, PasskeyDesk desk, DateTimeOffset now, CancellationToken ct)
    {
        if (step.Answer is not { } answer) return (Verdict.Wrong, new(step.Flaw, null));
        if (await desk.Enrolment(session.TenantId, step.Passkey, reading.Verification.Challenge!, reading.Person.User.Id) is not { } ceremony) return (Verdict.Wrong, new(PasskeyFlaw.Challenge, null));
        var existing = await session.LoadAsync<PasskeyCredential>(PasskeyCredential.IdOf(answer.CredentialId), ct);
        var made = await PasskeyEnrolment.Verify(answer, existing, ceremony, step.Passkey, now);
        return (made.Credential is null ? Verdict.Wrong : Verdict.Right, made);
    }

    private static string NameFor(User user) => user.Passkeys.IsEmpty ? "Passkey" : $"Passkey {user.Passkeys.Count + 1}";
}
