using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Passwords;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Marten;
using Wolverine;

namespace Auth.Host.Me;

/// <summary>Somebody changes their password, or sets a first one.</summary>
/// <param name="Current">The one they have; null where they have none.</param>
public sealed record ChangePasswordStep(Speaker Me, Password? Current, Password New, bool EndOthers)
{
    /// <summary>Nothing of it.</summary>
    public override string ToString() => "ChangePasswordStep(hidden)";
}

/// <summary>The wish for another password.</summary>
/// <param name="SignOutOfOtherSessions">Ends all other sessions; yes where nothing is said (R49).</param>
public sealed record ChangePasswordRequest(string? CurrentPassword, string NewPassword, bool? SignOutOfOtherSessions) : IFromFields<ChangePasswordRequest>
{
    /// <inheritdoc />
    public static ChangePasswordRequest From(Fields fields) =>
        new(fields.Text("current_password").OrNull(), fields.Text("new_password").Given(), fields.Flag("sign_out_of_other_sessions"));

    internal ChangePasswordStep For(Speaker me) =>
        new(me, CurrentPassword is null ? null : PasswordFields.Typed(CurrentPassword), PasswordFields.Typed(NewPassword), SignOutOfOtherSessions ?? true);

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "ChangePasswordRequest(hidden)";
}

/// <summary>Another password: needs the current one and a step-up, ends other sessions by default, voids sign-ins under way (R49).</summary>
public static class PasswordHandler
{
    /// <summary>A wrong current password is a guess like any other, in a verification of its own.</summary>
    public static async Task<MeAnswer> Handle(ChangePasswordStep step, IDocumentSession session, IMessageContext bus, IKeyring keyring, Comparing comparing, PasswordHashing hashing, PasswordRules rules, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var keys = await keyring.Of(tenant, ct);
        var reading = (await MeReading.Of(session, keyring, step.Me, now, ct)).SteppedUp(now);
        var dials = reading.Settings.Dials;
        var user = reading.Person.User;
        if (rules.Check(step.New, reading.Person.OwnWords(), reading.Settings.Passwords) is { } problem) throw PasswordFields.Refusal(problem);

        if (user.HasPassword)
        {
            var guesses = reading.GuessesOn(keys, Authenticator.Password);
            if (guesses.Disabled) return MeAnswer.Refused(Refusal.FactorDisabled, null, now);
            if (guesses.Standing.Waits(now)) return MeAnswer.Refused(Refusal.Waiting, guesses.WaitUntil, now);
            if (step.Current is not { } current) return new(Problems.FieldMissing.About("current_password"), null);

            var comparison = await comparing.Compare(tenant, new Offer.OfPassword(current), reading.Credentials, null, ct);
            var verification = Guid.CreateVersion7(now);
            VerificationEvent verdict = comparison.Verdict is Verdict.Right ? new VerificationAccepted(Authenticator.Password) : new VerificationRejected(Authenticator.Password);
            session.Sign(step.Me.Caller, reading.Person.Key, reading.Who.Settings);
            session.Events.StartStream<Verification>(verification, new VerificationBegun(Purpose.StepUp, user.Id, reading.Session.Id, now), verdict);
            var told = session.Count(guesses, new([verdict], null), now, dials);
            await session.Tell(bus, reading.Person, told, now);
            if (comparison.Verdict is not Verdict.Right) return new(Problems.PasswordIncorrect.About("current_password"), null);
        }

        var phc = await hashing.Hash(tenant, step.New, ct) ?? throw Problems.Unavailable.After(PasswordHashing.RetryAfter).Refuse();
        session.Store(new PasswordCredential(user.Id, phc));
        var person = await session.Tell(bus, reading, step.Me.Caller, UserDecider.Decide(new SetPassword(), user).Events, now);
        if (step.EndOthers) await session.EndOthers(reading, EndReason.PasswordChanged, now, ct);
        return MeAnswer.Yes(UserResource.Of(person, now, reading.Session.CreatedAt, reading.Session.LastActiveAt));
    }
}
