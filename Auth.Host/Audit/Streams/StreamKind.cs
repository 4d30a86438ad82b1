using Auth.Domain.Audits;
using Auth.Domain.Instances;
using Auth.Domain.Limits;
using Auth.Domain.Notices;
using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Tickets;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Http;

namespace Auth.Host.Audit.Streams;

/// <summary>A kind of stream: what its events are called, and how its id is written outside.</summary>
public sealed record StreamKind(string Name, string Prefix, Type Events)
{
    /// <summary>The operator's settings have one stream, and its name instead of an id.</summary>
    public const string Settings = "settings";

    /// <summary>Every kind there is.</summary>
    public static readonly IReadOnlyList<StreamKind> All =
    [
        new("sign_in",      SignInId.Prefix,  typeof(SignInEvent)),
        new("user",         UserId.Prefix,    typeof(UserEvent)),
        new("session",      SessionId.Prefix, typeof(SessionEvent)),
        new("sign_up",      SignUpId.Prefix,  typeof(SignUpEvent)),
        new("ticket",       TicketId.Prefix,  typeof(TicketEvent)),
        new("verification", "vrf_",           typeof(VerificationEvent)),
        new("instance",     "",               typeof(InstanceEvent)),
        new("notice",       NoticeId.Prefix,  typeof(NoticeEvent)),
        new("limits",       "lim_",           typeof(LimitEvent)),
        new("audit",        "aud_",           typeof(AuditEvent)),
    ];

    /// <summary>The one whose events are named like that.</summary>
    public static StreamKind Of(string type) => All.FirstOrDefault(kind => type.StartsWith($"{kind.Name}.", StringComparison.Ordinal)) ?? throw new InvalidOperationException($"{type} belongs to no stream.");

    /// <summary>An id as it is written outside.</summary>
    public string Write(Guid id) => Prefix.Length == 0 ? Settings : PrefixedId.Write(Prefix, id);

    /// <summary>Reads what <see cref="Write"/> wrote; null for what is no stream's.</summary>
    public static (StreamKind Kind, Guid Id)? Read(string text) =>
        text == Settings ? (Of("instance."), Instance.TheOne)
        : All.Where(kind => kind.Prefix.Length > 0).Select(kind => (Kind: kind, Id: PrefixedId.Read(kind.Prefix, text))).FirstOrDefault(x => x.Id != Guid.Empty) is { Kind: not null } found ? found
        : null;
}
