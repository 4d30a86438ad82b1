using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Domain.Audits;
using Auth.Host.Audit.Telling;

namespace Auth.Host.Audit.Export;

/// <summary>What a file of events looks like: its content type, its first line, and a line for each event.</summary>
public abstract class EventForm
{
    internal static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As HTTP calls it.</summary>
    public abstract string ContentType { get; }

    /// <summary>What stands above the events; null for nothing.</summary>
    public virtual string? Head => null;

    /// <summary>How lines end.</summary>
    public virtual string End => "\n";

    /// <summary>An event.</summary>
    public abstract string Line(EventView e);

    /// <summary>The form of that name.</summary>
    /// <param name="source">The address of the service.</param>
    public static EventForm Of(ExportForm form, string source) => form switch
    {
        ExportForm.Csv         => new CsvForm(),
        ExportForm.Ocsf        => new OcsfForm(),
        ExportForm.CloudEvents => new CloudEventsForm(source),
        _                      => new NdjsonForm(),
    };

    /// <summary>How a form is called outside; null for none.</summary>
    public static ExportForm? Named(string? name) => name switch
    {
        null or "ndjson" => ExportForm.Ndjson,
        "csv"            => ExportForm.Csv,
        "ocsf"           => ExportForm.Ocsf,
        "cloudevents"    => ExportForm.CloudEvents,
        _                => null,
    };

    /// <summary>One line of JSON.</summary>
    protected static string Written(JsonNode node) => node.ToJsonString(Compact);
}

/// <summary>Our own: one event a line, as the published schemas say.</summary>
public sealed class NdjsonForm : EventForm
{
    /// <inheritdoc />
    public override string ContentType => "application/x-ndjson";

    /// <inheritdoc />
    public override string Line(EventView e) => Written(e.Json());
}

/// <summary>CloudEvents 1.0 in structured mode, one a line. Whose history it is, is <c>source</c>.</summary>
public sealed class CloudEventsForm(string source) : EventForm
{
    /// <inheritdoc />
    public override string ContentType => "application/x-ndjson";

    /// <inheritdoc />
    public override string Line(EventView e) => Written(new JsonObject
    {
        ["specversion"] = "1.0",
        ["id"] = e.Id,
        ["source"] = source,
        ["type"] = $"auth.{e.Type}.v{EventView.Schema}",
        ["subject"] = e.Stream,
        ["time"] = AuditJson.Time(e.At),
        ["datacontenttype"] = "application/json",
        ["dataschema"] = $"{source}/v1/audit/schemas/{e.Type}",
        ["sequence"] = e.Sequence.ToString("D20", System.Globalization.CultureInfo.InvariantCulture),
        ["data"] = e.Json(),
    });
}

/// <summary>RFC 4180, with commas, for people and spreadsheets.</summary>
public sealed class CsvForm : EventForm
{
    private static readonly string[] Columns = ["sequence", "id", "at", "type", "stream_kind", "stream", "version", "outcome", "by", "user", "client", "factor", "reason", "address", "agent", "settings", "trace", "facts"];

    /// <inheritdoc />
    public override string ContentType => "text/csv; charset=utf-8; header=present";

    /// <inheritdoc />
    public override string Head => string.Join(',', Columns);

    /// <inheritdoc />
    public override string End => "\r\n";

    /// <inheritdoc />
    public override string Line(EventView e) => string.Join(',', new[]
    {
        $"{e.Sequence}", e.Id, AuditJson.Time(e.At), e.Type, e.StreamKind, e.Stream, $"{e.Version}", e.Outcome, e.By, Text(e.Facts["user"]), Text(e.Facts["client"]),
        Text(e.Facts["authenticator"]?["strategy"]), Text(e.Facts["reason"]), e.Address, e.Agent, e.Settings, e.Trace, e.Facts.ToJsonString(Compact),
    }.Select(Cell));

    private static readonly SearchValues<char> Quoting = SearchValues.Create(",\"\r\n\t ");

    private static string? Text(JsonNode? node) => node is JsonValue value ? value.ToString() : null;

    /// <summary>A cell that a spreadsheet would calculate begins with an apostrophe instead.</summary>
    internal static string Cell(string? text)
    {
        if (text is null) return "";
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = $"'{text}";
        return text.AsSpan().IndexOfAny(Quoting) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
