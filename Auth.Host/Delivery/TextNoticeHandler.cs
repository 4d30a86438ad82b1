using Auth.Domain.Notices;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Delivery.Mail;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.Delivery;

/// <summary>A notice is to go to one of their numbers, if there is money for it.</summary>
public sealed record NoticeByTextDue(Guid User, NoticeKind Kind, Guid Text, Guid PhoneNumber);

/// <summary>The stream of one notice by text.</summary>
public sealed record NoticeByText(Guid Id);

/// <summary>Counts the text with all others of the day and tells it in a stream of its own; it leaves after that commit, or it is told that it was kept (R56, R64).</summary>
public static class TextNoticeHandler
{
    /// <summary>Decides on what was read in two batches; a budget that fills up meanwhile fails the commit, and it is decided again.</summary>
    public static async Task<SendNoticeByText?> Handle(NoticeByTextDue due, IDocumentSession session, IKeyring keyring, Tenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, now) = (session.TenantId, clock.GetUtcNow());
        var own = Sends.IdOfNotices(due.User);
        var batch = session.CreateBatchQuery();
        var (userRow, wrapped, settingsRow, sentRow) = (batch.Load<User>(due.User), batch.Load<PersonalKey>(due.User), batch.Load<InstanceSettings>(InstanceSettings.TheOne), batch.Load<Sends>(own));
        var today = batch.Query<TextCount>(TextTable.OfToday, tenant, TextTable.DayOf(now), tenant);
        await batch.Execute(ct);
        if (await wrapped is not { } key || (await userRow)?.PhoneNumbers.Find(number => number.Id == due.PhoneNumber) is not { Verified: true } number) return null;
        if (keyring.Unwrap(key).Open(number.Number) is not { } to) return null;

        var (settings, sent) = (await settingsRow ?? InstanceSettings.Shipped, await sentRow ?? new(own, []));
        var place = TextPlace.Of(await keyring.Of(tenant, ct), to);
        var circumstances = new Circumstances(now, null, Standing.Clean, new(sent.At, [], null) { Traffic = place.Among(await today, tenants.Of(session.TenantId).Name.HomeCountry) }, settings.InForce);
        var happened = NoticeDecider.Decide(new(due.User, due.PhoneNumber, due.Text, due.Kind.ToString()), circumstances);

        session.SignAsSystem(settings);
        session.Events.StartStream<NoticeByText>(due.Text, happened);
        if (happened is not NoticeTexted) return null;
        session.Move(sent.With(now, settings.InForce.Dials), sent.Version);
        session.QueueOperation(new TextCounted(tenant, TextTable.DayOf(now), place, settings.InForce, tenants.Of(session.TenantId).Name.HomeCountry, leaves: true));
        return new(due.User, due.Kind, due.Text, due.PhoneNumber);
    }
}
