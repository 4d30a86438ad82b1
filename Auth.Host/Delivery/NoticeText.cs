using Auth.Domain.Users;
using Auth.Host.Delivery.Mail;
using Auth.Host.Delivery.Sms;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Marten;

namespace Auth.Host.Delivery;

/// <summary>The fixed template of a notice by text: one segment, no link, nothing that anybody wrote (R26, R82).</summary>
public static class NoticeText
{
    /// <summary>Whether that is told by text as well.</summary>
    public static bool Told(NoticeKind kind) => kind is NoticeKind.RecoveryStarted;

    /// <summary>The text.</summary>
    public static string Of(InstanceName instance) => $"Recovery of your {instance.Name} account was started. If this was not you, sign in and stop it, or tell whoever runs {instance.Name}.";
}

/// <summary>Reads the number when the notice leaves, and texts it. What the provider did not take is left: the mail says the same.</summary>
public static class SendNoticeByTextHandler
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>Nothing where the number, the person or the recovery is gone in the meantime.</summary>
    public static async Task Handle(SendNoticeByText due, IQuerySession session, ISmsSender texts, IKeyring keyring, Tenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var batch = session.CreateBatchQuery();
        var (user, key, settings) = (batch.Load<User>(due.User), batch.Load<PersonalKey>(due.User), batch.Load<InstanceSettings>(InstanceSettings.TheOne));
        await batch.Execute(ct);
        if (await key is not { } wrapped || (await user)?.PhoneNumbers.Find(number => number.Id == due.PhoneNumber) is not { Verified: true } number) return;
        if (keyring.Unwrap(wrapped).Open(number.Number) is { } to)
            await texts.SendAsync(new SmsMessage(to, NoticeText.Of(tenants.Of(session.TenantId).Name.Under((await settings ?? InstanceSettings.Shipped).InForce)), new NoticeId(due.Text).ToString(), clock.GetUtcNow() + Life), ct);
    }
}
