using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Delivery.Mail;
using Auth.Host.Keys;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Auth.Host.Wiring;
using Marten;
using Wolverine;

namespace Auth.Host.Delivery;

/// <summary>A code of a verification is due. The envelope holds ids only; the code is derived when it leaves (R24, R28).</summary>
public sealed record SendVerification(Guid Verification, Guid Text);

/// <summary>Hands the message over if it still means something: the code alive and not followed by another, the place still theirs.</summary>
public static class SendVerificationHandler
{
    /// <summary>Sends it.</summary>
    public static async Task Handle(SendVerification due, Envelope envelope, IQuerySession session, CodeCarrier carrier, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var batch = session.CreateBatchQuery();
        var latest = batch.Events.FetchLatest<Verification>(due.Verification);
        var users = batch.Query<User>(StreamOwner.OfAny, tenant, tenant, due.Verification);
        var keys = batch.Query<PersonalKey>(StreamOwner.OfAny, tenant, tenant, due.Verification);
        await batch.Execute(ct);

        if ((await users, await keys) is not ([var user], [var wrapped]) || await latest is not { Prepared: { } sent, Begun: { } begun } verification) return;
        var view = new PersonView(user, keyring.Unwrap(wrapped));
        if (sent.Text != due.Text || now >= sent.Code.ExpiresAt || verification.IsOver(now) || view.Read(view.Place(sent.Authenticator)) is not { } to) return;

        var purpose = begun.Purpose is Purpose.StepUp ? OneTimeCodes.StepUp : OneTimeCodes.NewIdentifier;
        var code = OneTimeCodes.Derive((await keyring.Of(tenant, sent.Code.Key, ct)).Codes[sent.Code.Key], purpose, tenant, due.Verification, sent.Authenticator, sent.Code);
        await carrier.Carry(
            sent.Authenticator.Strategy.Traits().By, to, code, begun.Purpose is Purpose.StepUp ? MailedCode.SignIn : MailedCode.VerifyAddress, due.Text, sent.Code.ExpiresAt, envelope.Attempts, ct);
    }
}
