using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Projections;
using JasperFx.Events;

namespace Auth.Host.Audit;

/// <summary>The same for programs: snake_case, RFC 3339, prefixed ids, personal values masked.</summary>
internal static class AuditJson
{
    private static readonly JsonSerializerOptions Compact = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    internal static string Line(object value) => JsonSerializer.Serialize(value, Compact);

    internal static string Document(object value) => JsonSerializer.Serialize(value, Indented);

    internal static object Of(SignInHistory row, Personal personal, DateTimeOffset now) => new
    {
        Id = $"{new SignInId(row.Id)}",
        User = User(row.User),
        Client = $"{new ClientId(row.Client)}",
        Identifier = row.Identifier is null ? null : personal.Show(row.Identifier),
        IdentifierKind = Snake($"{row.Kind}"),
        StartedAt = Time(row.StartedAt),
        Outcome = Snake($"{row.OutcomeAt(now)}"),
        FinishedAt = Time(row.FinishedAt),
        EndsAt = Time(row.EndsAt),
        SecondFactorBy = Time(row.SecondFactorBy),
        FirstFactor = row.FirstFactor?.Traits().Name,
        SecondFactor = row.SecondFactor?.Traits().Name,
        row.WrongGuesses,
        row.Refused,
        row.Texts,
        Session = row.Session is { } session ? $"{new SessionId(session)}" : null,
        row.UpTo,
    };

    internal static object Of(Instances.SettingsVersionResource version, IEvent e) =>
        new { version.Version, e.Sequence, At = Time(e.Timestamp), version.By, version.Reason, version.RestoredFrom, Changes = version.Diff, Trace = e.GetHeader(EventHeaders.Trace)?.ToString() };

    internal static object Shown(OneSignIn one) => new
    {
        SignIn = Of(one.Summary, one.Personal, one.Now),
        Address = one.Summary.Address is { } address ? one.Personal.Show(address) : null,
        Agent = one.Summary.Agent is { } agent ? one.Personal.Show(agent) : null,
        one.History.UpTo,
        Events = one.History.SignIn.Select(e => Event(e, one)),
    };

    internal static object Replayed(OneSignIn one, Replay replay) => new
    {
        SignIn = $"{new SignInId(one.History.Id)}",
        User = User(one.History.Identity.User),
        At = Time(replay.At),
        replay.Stage,
        one.History.UpTo,
        Steps = replay.Steps.Select(step => new
        {
            Event = Event(step.Event, one),
            step.Stage,
            step.Changed,
            Why = step.Why is { } why ? new { why.Sentence, Because = why.Because.Select(e => new { Stream = Reason.Stream(e), e.Version, e.Sequence, Type = e.EventTypeName }) } : null,
        }),
    };

    private static object Event(IEvent e, OneSignIn one) => new
    {
        e.Version,
        e.Sequence,
        Type = e.EventTypeName,
        At = Time(e.Timestamp),
        Words = one.Words.Of(e),
        Settings = e.GetHeader(EventHeaders.Settings)?.ToString(),
        Trace = e.GetHeader(EventHeaders.Trace)?.ToString(),
        Facts = Facts.Of(JsonSerializer.SerializeToNode(e.Data, e.EventType, Facts.Written)!, one.Personal),
    };

    private static string? User(Guid? user) => user is { } id ? $"{new UserId(id)}" : null;

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
