using Auth.Domain.SignIns;

namespace Auth.Domain.Notices;

/// <summary>A notice is to be told by text.</summary>
public sealed record TextNotice(Guid User, Guid PhoneNumber, Guid Text, string About);

/// <summary>Whether a notice leaves as a text: the same rules as for every other one (R56, R57). How often codes went to the number does not matter, or asking for codes would silence it.</summary>
public static class NoticeDecider
{
    /// <summary>What happens to it.</summary>
    public static NoticeEvent Decide(TextNotice notice, Circumstances now) => SendRules.Refused(now) is var (_, reason, _)
        ? new NoticeKept(notice.User, notice.PhoneNumber, notice.About, now.Sent.Traffic?.Country, reason)
        : new NoticeTexted(notice.User, notice.PhoneNumber, notice.Text, notice.About, now.Sent.Traffic?.Country, SendRules.Noted(now));
}
