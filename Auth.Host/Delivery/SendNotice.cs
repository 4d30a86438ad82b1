using Auth.Domain.Users;
using Auth.Host.Delivery.Mail;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Marten;

namespace Auth.Host.Delivery;

/// <summary>Somebody is to be told of a change to their account. The envelope holds ids only.</summary>
public sealed record SendNotice(Guid User, NoticeKind Kind, Guid Notice, DateTimeOffset At, Guid? ExceptIdentifier);

/// <summary>The same for one of their addresses, so that one server's trouble does not write to the others again.</summary>
public sealed record SendNoticeTo(Guid User, NoticeKind Kind, Guid Notice, DateTimeOffset At, Guid EmailAddress);

/// <summary>Splits a notice into one for each address that is verified now, but for the one that is not to be told.</summary>
public static class SendNoticeHandler
{
    /// <summary>None where there is no mail, and nobody is told of it.</summary>
    public static async Task<IEnumerable<SendNoticeTo>> Handle(SendNotice due, IQuerySession session, IMailSender mail, CancellationToken ct) =>
        mail.IsConfigured && await session.LoadAsync<User>(due.User, ct) is { } user
            ? user.EmailAddresses.Where(address => address.Verified && address.Id != due.ExceptIdentifier).Select(address => new SendNoticeTo(due.User, due.Kind, due.Notice, due.At, address.Id))
            : [];
}

/// <summary>Reads the address when the notice leaves, and writes to it. What was not taken, or may not have been, is tried again by the queue: twice is better than never.</summary>
public static class SendNoticeToHandler
{
    /// <summary>Nothing where the address or the person is gone in the meantime.</summary>
    public static async Task Handle(SendNoticeTo due, IQuerySession session, IMailSender mail, IKeyring keyring, InstanceName instance, CancellationToken ct)
    {
        var batch = session.CreateBatchQuery();
        var user = batch.Load<User>(due.User);
        var key = batch.Load<PersonalKey>(due.User);
        await batch.Execute(ct);
        if (await key is not { } wrapped || (await user)?.EmailAddresses.Find(address => address.Id == due.EmailAddress) is not { Verified: true } address) return;
        if (keyring.Unwrap(wrapped).Open(address.Address) is not { } to) return;

        var reference = new NoticeId(due.Notice).ToString();
        if (await mail.SendAsync(NoticeMail.Of(to, due.Kind, due.At, instance, reference), ct) is not (MailReceipt.Accepted or MailReceipt.Refused { Permanent: true }))
            throw new MailNotTakenException(reference);
    }
}

/// <summary>A mail is still here; the queue tries again.</summary>
public sealed class MailNotTakenException(string reference) : Exception($"The mail {reference} was not taken yet.");
