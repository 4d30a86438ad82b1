using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Delivery.Sms;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Marten;
using Wolverine;

namespace Auth.Host.Delivery;

/// <summary>A text is due. The envelope holds ids only; the code is derived when it leaves (R24, R28).</summary>
public sealed record SendText(Guid SignIn, Guid Text);

/// <summary>Something became of a text: told to the sign-in's stream, many at a time.</summary>
public sealed record TextTold(Guid SignIn, Guid Text, string? ProviderId, string? Status, string? Code, DateTimeOffset? DeliveredAt);

/// <summary>Hands a text to the provider if it still means something: the sign-in under way, the same factors, the code alive and not followed by another.</summary>
public static class SendTextHandler
{
    /// <summary>Sends, and says what became of it.</summary>
    public static async Task<TextTold?> Handle(
        SendText due, IQuerySession session, ISmsSender sender, IKeyring keyring, InstanceName instance, TimeProvider clock, Dials dials, CancellationToken ct)
    {
        var tenant = session.TenantId;
        var batch = session.CreateBatchQuery();
        var latest = batch.Events.FetchLatest<SignIn>(due.SignIn);
        const string person = "where tenant_id = ? and id = (select (data ->> 'user')::uuid from auth.mt_events where tenant_id = ? and stream_id = ? and version = 1)";
        var users = batch.Query<User>(person, tenant, tenant, due.SignIn);
        var keys = batch.Query<PersonalKey>(person, tenant, tenant, due.SignIn);
        await batch.Execute(ct);

        var now = clock.GetUtcNow();
        if ((await users, await keys) is not ([var user], [var wrapped]) || await latest is not SignIn.AwaitingSecondFactor { Prepared: { } text } signIn) return null;
        var circumstances = Circumstances.At(now, user) with { Dials = dials };
        if (text.Text != due.Text || now >= text.Code.ExpiresAt || signIn.IsOver(now) || signIn.IsVoid(circumstances) || user.Banned || user.SecondFactor(text.Authenticator.Id) is not { } number) return null;
        if (keyring.Unwrap(wrapped).Open(number.Number) is not { } to) return null;

        var code = OneTimeCodes.Derive((await keyring.Of(tenant, text.Code.Key, ct)).Codes[text.Code.Key], OneTimeCodes.SecondFactor, tenant, due.SignIn, text.Authenticator, text.Code);
        var receipt = await sender.SendAsync(new SmsMessage(to, instance.TextOf(code), new TextId(due.Text).ToString(), text.Code.ExpiresAt), ct);
        return receipt switch
        {
            SmsReceipt.Accepted accepted => new(due.SignIn, due.Text, accepted.ProviderId, null, null, null),
            SmsReceipt.Refused refused   => new(due.SignIn, due.Text, null, "Refused", refused.Code, null),
            SmsReceipt.Unknown           => new(due.SignIn, due.Text, null, "Unknown", null, null),
            _ => throw new InvalidOperationException("A receipt of no known kind."),
        };
    }
}
