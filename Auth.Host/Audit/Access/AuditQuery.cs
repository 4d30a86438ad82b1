using System.Globalization;
using System.Net;
using Auth.Domain.Audits;
using Auth.Domain.SignIns;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Streams;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;
using Auth.Host.Users;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Host.Audit.Access;

/// <summary>What an auditor asks for over HTTP, as it was written.</summary>
public sealed record AuditQuery
{
    /// <summary>Names of events; a star stands for the rest, commas for or.</summary>
    [FromQuery(Name = "type")] public string? Type { get; init; }

    /// <summary>The id of a stream: sia_…, user_…, sess_…, sua_…, sit_…, vrf_…, or settings.</summary>
    [FromQuery(Name = "stream")] public string? Stream { get; init; }

    /// <summary>user_…: their account, sign-ins, sessions.</summary>
    [FromQuery(Name = "user")] public string? User { get; init; }

    /// <summary>The short id of whoever did it: key_…, aud_….</summary>
    [FromQuery(Name = "actor")] public string? Actor { get; init; }

    /// <summary>client_…: what happened on this browser or app.</summary>
    [FromQuery(Name = "device")] public string? Device { get; init; }

    /// <summary>The network address it was asked for from, exactly.</summary>
    [FromQuery(Name = "address")] public string? Address { get; init; }

    /// <summary>An email address or phone number, exactly.</summary>
    [FromQuery(Name = "identifier")] public string? Identifier { get; init; }

    /// <summary>The trace of a request.</summary>
    [FromQuery(Name = "trace")] public string? Trace { get; init; }

    /// <summary>A strategy, such as phone_code.</summary>
    [FromQuery(Name = "factor")] public string? Factor { get; init; }

    /// <summary>success, failure or refused.</summary>
    [FromQuery(Name = "outcome")] public string? Outcome { get; init; }

    /// <summary>Then or later (RFC 3339).</summary>
    [FromQuery(Name = "since")] public string? Since { get; init; }

    /// <summary>Before then.</summary>
    [FromQuery(Name = "until")] public string? Until { get; init; }

    /// <summary>The cursor of the answer before: the number of an event.</summary>
    [FromQuery(Name = "after")] public string? After { get; init; }

    /// <summary>true: values of people are shown as they are; takes a reason.</summary>
    [FromQuery(Name = "reveal")] public string? Reveal { get; init; }

    /// <summary>Why. It is kept for ever and names nobody.</summary>
    [FromQuery(Name = "reason")] public string? Reason { get; init; }

    private const int LongestReason = 200;

    internal EventFilter Filter(string? types = null) => new()
    {
        Types = Checked("type", Type, x => EventFilter.IsType(x) ? x : null) ?? types,
        Stream = Checked("stream", Stream, x => StreamKind.Read(x)?.Id),
        User = Checked("user", User, x => Id(UserId.Prefix, x)),
        Actor = Checked("actor", Actor, x => EventFilter.IsActor(x) ? x : null),
        Client = Checked("device", Device, x => Id(ClientId.Prefix, x)),
        Address = Checked("address", Address, x => IPAddress.TryParse(x, out var address) ? address : null),
        Identifier = Checked("identifier", Identifier, x => CanonicalIdentifier.Of(x)?.Value),
        Trace = Checked("trace", Trace, x => EventFilter.IsTrace(x) ? x : null),
        Factor = Checked("factor", Factor, x => Strategies.Named(x)),
        Outcome = Checked("outcome", Outcome, x => Enum.TryParse<EventOutcome>(x, ignoreCase: true, out var outcome) && !char.IsAsciiDigit(x[0]) ? outcome : (EventOutcome?)null),
        Since = Checked("since", Since, Instant),
        Until = Checked("until", Until, Instant),
    };

    internal long Cursor => Checked("after", After, x => long.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) ? cursor : (long?)null) ?? 0;

    /// <summary>The reason to show values as they are; null where they stay masked.</summary>
    internal string? Revealing
    {
        get
        {
            if (Reveal is null or "false") return null;
            if (Reveal is not "true") throw Problems.FieldUnknownValue.About("reveal").Refuse();
            if (string.IsNullOrWhiteSpace(Reason)) throw Problems.FieldMissing.About("reason").Refuse();
            return Reason.Length <= LongestReason ? Personal.Harmless(Reason.Trim()) : throw Problems.FieldTooLong.About("reason").Refuse();
        }
    }

    internal static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    internal static T? Checked<T>(string field, string? text, Func<string, T?> read) where T : struct =>
        string.IsNullOrEmpty(text) ? null : read(text) ?? throw Problems.FieldUnknownValue.About(field).Refuse();

    internal static T? Checked<T>(string field, string? text, Func<string, T?> read) where T : class =>
        string.IsNullOrEmpty(text) ? null : read(text) ?? throw Problems.FieldUnknownValue.About(field).Refuse();

    private static Guid? Id(string prefix, string text) => PrefixedId.Read(prefix, text) is var id && id != Guid.Empty ? id : null;
}
