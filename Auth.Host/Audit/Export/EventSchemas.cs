using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Auth.Domain;
using Auth.Host.Audit.Telling;
using Auth.Projections;

namespace Auth.Host.Audit.Export;

/// <summary>The JSON Schema (2020-12) of every kind of event as it leaves the house, made from the events themselves.</summary>
public static class EventSchemas
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema of that name; null for what is no event.</summary>
    public static string? Of(string type) => EventNames.All.FirstOrDefault(row => row.Value == type).Key is { } kind ? Schema(type, kind).ToJsonString(Readable).ReplaceLineEndings("\n") + "\n" : null;

    private static JsonObject Schema(string type, Type kind) => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["$id"] = $"/v1/audit/schemas/{type}",
        ["title"] = type,
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["sequence"] = Described("integer", "Its number in the whole store; grows, with gaps."),
            ["id"] = Described("string", "evt_…"),
            ["type"] = new JsonObject { ["const"] = type },
            ["schema"] = new JsonObject { ["const"] = EventView.Schema },
            ["at"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            ["stream"] = Described("string", "The id of the stream it belongs to."),
            ["stream_kind"] = Described("string", "What kind of stream that is."),
            ["version"] = Described("integer", "Its place in the stream."),
            ["outcome"] = new JsonObject { ["enum"] = new JsonArray("success", "failure", "refused", null) },
            ["by"] = Maybe("The short id of the key or auditor it was done with."),
            ["address"] = Maybe("Where it was asked for from: masked, [erased], [sealed] or, revealed, as it is."),
            ["agent"] = Maybe("What the caller's program calls itself; likewise."),
            ["settings"] = Maybe("The version of the settings it was decided under."),
            ["trace"] = Maybe("The trace of the request."),
            ["facts"] = Facts(kind),
        },
        ["required"] = new JsonArray("sequence", "id", "type", "schema", "at", "stream", "stream_kind", "version", "outcome", "by", "address", "agent", "settings", "trace", "facts"),
    };

    private static JsonNode Facts(Type kind) => Telling.Facts.Written.GetJsonSchemaAsNode(kind, new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Shown });

    // As they leave the house: what is sealed is a word, an id has its prefix, and nothing that a code is made from is there.
    private static JsonNode Shown(JsonSchemaExporterContext at, JsonNode schema)
    {
        if (at.TypeInfo.Type == typeof(Sealed)) return Maybe("A value of a person: masked, [erased], [sealed] or, revealed, as it is.");
        if (at.TypeInfo.Type.IsGenericType && at.TypeInfo.Type.GetGenericTypeDefinition() == typeof(Choice<>)) return new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } };
        if ((Nullable.GetUnderlyingType(at.TypeInfo.Type) ?? at.TypeInfo.Type) == typeof(Guid) && at.PropertyInfo?.Name is { } name && Telling.Facts.Prefixes.TryGetValue(name, out var prefix))
            return new JsonObject { ["type"] = schema["type"]!.DeepClone(), ["pattern"] = $"^{prefix}[0-9a-hjkmnp-tv-z]{{26}}$" };
        (schema as JsonObject)?.Remove("$comment");
        if (schema is JsonObject whole && whole["properties"] is JsonObject members)
        {
            members.Remove("nonce");
            if (whole["required"] is JsonArray required) foreach (var nonce in required.Where(name => name!.ToString() is "nonce").ToList()) required.Remove(nonce);
        }

        return schema;
    }

    private static JsonObject Described(string type, string text) => new() { ["type"] = type, ["description"] = text };

    private static JsonObject Maybe(string text) => new() { ["type"] = new JsonArray("string", "null"), ["description"] = text };
}
