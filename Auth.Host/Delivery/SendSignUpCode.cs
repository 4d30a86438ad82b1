using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Host.Delivery.Mail;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Auth.Host.Wiring;
using Marten;
using Wolverine;

namespace Auth.Host.Delivery;

/// <summary>A code of a sign-up is due. The envelope holds ids only; the code is derived when it leaves (R24, R28).</summary>
public sealed record SendSignUpCode(Guid SignUp, Guid Text);

/// <summary>Hands the message over if it still means something: the sign-up under way, the same address or number, the code alive and not followed by another.</summary>
public static class SendSignUpCodeHandler
{
    /// <summary>Sends it.</summary>
    public static async Task Handle(SendSignUpCode due, Envelope envelope, IQuerySession session, CodeCarrier carrier, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var batch = session.CreateBatchQuery();
        var latest = batch.Events.FetchLatest<SignUp>(due.SignUp);
        var keys = batch.Query<PersonalKey>(StreamOwner.OfAny, tenant, tenant, due.SignUp);
        await batch.Execute(ct);

        if (await latest is not SignUp.Open signUp || signUp.IsOver(now) || await keys is not [var wrapped]) return;
        if (signUp.Record.Texts.Values.FirstOrDefault(text => text.Text == due.Text) is not { } sent || now >= sent.Code.ExpiresAt) return;
        if (signUp.Identifiers.Find(given => given.Id == sent.Authenticator.Id && given.VerifiedAt is null) is not { } place || keyring.Unwrap(wrapped).Open(place.Value) is not { } to) return;

        var code = OneTimeCodes.Derive((await keyring.Of(tenant, sent.Code.Key, ct)).Codes[sent.Code.Key], OneTimeCodes.SignUp, tenant, due.SignUp, sent.Authenticator, sent.Code);
        await carrier.Carry(sent.Authenticator.Strategy.Traits().By, to, code, MailedCode.VerifyAddress, due.Text, sent.Code.ExpiresAt, envelope.Attempts, ct);
    }
}
