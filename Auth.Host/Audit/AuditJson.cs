using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Domain.SignIns;
using Auth.Host.Audit.Telling;
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
        Events = one.History.SignIn.Select(e => Event(e, one.Words.Of(e), one.Personal)),
    };

    internal static object Replayed(Told told, Replay replay) => new
    {
        Stream = told.Name,
        told.User,
        At = Time(replay.At),
        replay.Stage,
        UpTo = replay.Steps.Count == 0 ? 0 : replay.Steps[^1].Event.Sequence,
        Steps = replay.Steps.Select(step => new
        {
            Event = Event(step.Event, step.Happened, told.Personal),
            step.Stage,
            step.Changed,
            Why = step.Why is { } why ? new { why.Sentence, Because = why.Because.Select(e => new { Stream = Reason.Stream(e), e.Version, e.Sequence, Type = e.EventTypeName }) } : null,
        }),
    };

    internal static object Reran(OneSignIn one, Recorded.Rerun rerun) => new
    {
        Stream = $"{new SignInId(one.History.Id)}",
        Command = Snake(rerun.Command.GetType().Name),
        At = Time(rerun.Now.Now),
        Recorded = rerun.Recorded.Select(fact => Fact(fact, one)),
        Instead = rerun.Decision.Events.Select(fact => Fact(fact, one)),
        Refusal = rerun.Decision.Refusal is { } refusal ? SignIns.Answer.Problem(refusal).Code : null,
    };

    internal static object Verified(Auth.Projections.Proof.Report report) => new
    {
        Whole = report.IsWhole,
        report.Events,
        report.Unsealed,
        Checkpoints = report.Seals,
        report.Witnessed,
        Findings = report.Findings.Select(finding => new { Flaw = Snake($"{finding.Flaw}"), finding.Position, finding.Tenant, finding.Sentence }),
        report.NotChecked,
    };

    internal static object Fact(SignInEvent fact, OneSignIn one) => new
    {
        Type = EventNames.All[fact.GetType()],
        Words = one.Words.Of(fact),
        Facts = Facts.Of(JsonSerializer.SerializeToNode(fact, fact.GetType(), Facts.Written)!, one.Personal),
    };

    private static object Event(IEvent e, string words, Personal personal) => new
    {
        e.Version,
        e.Sequence,
        Type = e.EventTypeName,
        At = Time(e.Timestamp),
        Words = words,
        Settings = e.GetHeader(EventHeaders.Settings)?.ToString(),
        Trace = e.GetHeader(EventHeaders.Trace)?.ToString(),
        Facts = Facts.Of(JsonSerializer.SerializeToNode(e.Data, e.EventType, Facts.Written)!, personal),
    };

    private static string? User(Guid? user) => user is { } id ? $"{new UserId(id)}" : null;

    internal static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    internal static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
