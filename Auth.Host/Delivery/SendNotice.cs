using Auth.Domain.Users;
using Auth.Host.Delivery.Mail;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Marten;

namespace Auth.Host.Delivery;

/// <summary>Somebody is to be told of a change to their account. The envelope holds ids only.</summary>
public sealed record SendNotice(Guid User, NoticeKind Kind, Guid Notice, DateTimeOffset At, Guid? ExceptIdentifier, DateTimeOffset? Due = null);

/// <summary>The same for one of their addresses, so that one server's trouble does not write to the others again.</summary>
public sealed record SendNoticeTo(Guid User, NoticeKind Kind, Guid Notice, DateTimeOffset At, Guid EmailAddress, DateTimeOffset? Due = null);

/// <summary>The same for one of their numbers, under an id of its own.</summary>
public sealed record SendNoticeByText(Guid User, NoticeKind Kind, Guid Text, Guid PhoneNumber);

/// <summary>Splits a notice into one for each address that is verified now, but for the one that is not to be told.</summary>
public static class SendNoticeHandler
{
    /// <summary>
    /// By mail where there is mail; whom no mail reaches is told by text, at every number but the one that is not to be told (R64). What takes every second factor off
    /// is told to the numbers in any case: a mailbox alone may be in other hands (R65).
    /// </summary>
    public static async Task<IEnumerable<object>> Handle(SendNotice due, IQuerySession session, IMailSender mail, CancellationToken ct)
    {
        if (await session.LoadAsync<User>(due.User, ct) is not { } user) return [];
        var mails = user.EmailAddresses.Where(address => mail.IsConfigured && address.Verified && address.Id != due.ExceptIdentifier)
            .Select(address => new SendNoticeTo(due.User, due.Kind, due.Notice, due.At, address.Id, due.Due)).ToList();
        var texts = user.PhoneNumbers.Where(number => (mails.Count == 0 || NoticeText.Always(due.Kind)) && number.Verified && number.Id != due.ExceptIdentifier)
            .Select(number => new NoticeByTextDue(due.User, due.Kind, Guid.CreateVersion7(due.At), number.Id));
        return [.. mails, .. texts];
    }
}

/// <summary>Reads the address when the notice leaves, and writes to it. What was not taken, or may not have been, is tried again by the queue: twice is better than never.</summary>
public static class SendNoticeToHandler
{
    /// <summary>Nothing where the address or the person is gone in the meantime.</summary>
    public static async Task Handle(SendNoticeTo due, IQuerySession session, IMailSender mail, IKeyring keyring, Tenants tenants, CancellationToken ct)
    {
        var batch = session.CreateBatchQuery();
        var user = batch.Load<User>(due.User);
        var key = batch.Load<PersonalKey>(due.User);
        var settings = batch.Load<InstanceSettings>(InstanceSettings.TheOne);
        await batch.Execute(ct);
        if (await key is not { } wrapped || (await user)?.EmailAddresses.Find(address => address.Id == due.EmailAddress) is not { Verified: true } address) return;
        if (keyring.Unwrap(wrapped).Open(address.Address) is not { } to) return;

        var reference = new NoticeId(due.Notice).ToString();
        var named = tenants.Of(session.TenantId).Name.Under((await settings ?? InstanceSettings.Shipped).InForce);
        if (await mail.SendAsync(NoticeMail.Of(to, due.Kind, due.At, named, reference, due.Due), ct) is not (MailReceipt.Accepted or MailReceipt.Refused { Permanent: true }))
            throw new MailNotTakenException(reference);
    }
}

/// <summary>A mail is still here; the queue tries again.</summary>
public sealed class MailNotTakenException(string reference) : Exception($"The mail {reference} was not taken yet.");
