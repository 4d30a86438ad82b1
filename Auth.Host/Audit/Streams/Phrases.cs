using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Host.Audit.Telling;
using JasperFx.Events;

namespace Auth.Host.Audit.Streams;

/// <summary>A fact of any stream in a few words: its name, and what in its body says something to a reader. Ids of other things are left to <c>--json</c>.</summary>
internal static class Phrases
{
    private static readonly string[] Unsaid = ["settings", "code", "challenge", "resend_from", "minute", "epoch", "aaguid", "identifier_kind"];

    internal static string Of(IEvent e, Personal personal)
    {
        var said = Facts.Of(JsonSerializer.SerializeToNode(e.Data, e.EventType, Facts.Written)!, personal) is JsonObject body
            ? body.Where(x => !Unsaid.Contains(x.Key)).Select(x => Said(x.Key, x.Value)).OfType<string>().ToList() : [];
        var name = Named(e.EventTypeName);
        return said.Count == 0 ? name : $"{name}: {string.Join(", ", said)}";
    }

    private static string Named(string type) => type[(type.IndexOf('.', StringComparison.Ordinal) + 1)..].Replace('_', ' ') is { Length: > 0 } name ? $"{char.ToUpperInvariant(name[0])}{name[1..]}" : type;

    private static string? Said(string name, JsonNode? value) => value switch
    {
        JsonObject on when on["strategy"] is { } strategy                    => $"{strategy}".Replace('_', ' '),
        JsonValue x when x.TryGetValue<bool>(out var yes)                    => yes ? name.Replace('_', ' ') : null,
        JsonValue x when x.TryGetValue<string>(out var text) && IsId(text)   => null,
        JsonValue x when x.TryGetValue<string>(out var text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && text.Contains('T', StringComparison.Ordinal)
                                                                             => $"{name.Replace('_', ' ')} {Look.Instant(at)}",
        JsonValue x                                                          => $"{name.Replace('_', ' ')} {x.ToString().Replace('_', ' ')}",
        _                                                                    => null,
    };

    private static bool IsId(string text) => Guid.TryParse(text, out _) || (text.Length > 27 && text.LastIndexOf('_') is var at and > 0 && text.Length - at == 27);
}
