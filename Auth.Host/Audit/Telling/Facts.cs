using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Auth.Domain;
using Auth.Host.Http;

namespace Auth.Host.Audit.Telling;

/// <summary>An event's body as it may leave the house: ids as they are written outside, sealed values masked, nothing a code is made from.</summary>
internal static class Facts
{
    /// <summary>How bodies are written here.</summary>
    internal static readonly JsonSerializerOptions Written = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>How the id in a member is written outside.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Prefixes = new Dictionary<string, string>
    {
        ["user"] = UserId.Prefix,
        ["client"] = ClientId.Prefix,
        ["session"] = SessionId.Prefix,
        ["text"] = TextId.Prefix,
        ["trust"] = TrustedDeviceId.Prefix,
        ["trusted_in"] = SignInId.Prefix,
        ["by"] = SignInId.Prefix,
        ["sign_in"] = SignInId.Prefix,
        ["id"] = IdentifierId.Prefix,
        ["identifier"] = IdentifierId.Prefix,
        ["email_address"] = IdentifierId.Prefix,
        ["phone_number"] = IdentifierId.Prefix,
        ["app"] = AppId.Prefix,
        ["set"] = BackupCodesId.Prefix,
        ["passkey"] = PasskeyId.Prefix,
    };

    /// <summary>A body, with everything in it that is sealed.</summary>
    internal static JsonNode Body(JasperFx.Events.IEvent e) => JsonSerializer.SerializeToNode(e.Data, e.EventType, Written)!;

    /// <summary>What is sealed in a body.</summary>
    internal static IEnumerable<Sealed> SealedIn(JsonNode? node) => node switch
    {
        JsonObject { Count: 2 } box when box.ContainsKey("key") && box.ContainsKey("box") => [box.Deserialize<Sealed>(Written)!],
        JsonObject body => body.SelectMany(member => SealedIn(member.Value)),
        JsonArray list => list.SelectMany(SealedIn),
        _ => [],
    };

    internal static JsonNode? Of(JsonNode? node, Personal personal, string name = "") => node switch
    {
        JsonObject { Count: 2 } box when box.ContainsKey("key") && box.ContainsKey("box") => personal.Show(box.Deserialize<Sealed>(Written)!),
        JsonObject body => new JsonObject(body.Where(x => x.Key != "nonce").Select(x => KeyValuePair.Create(x.Key, Of(x.Value?.DeepClone(), personal, x.Key)))),
        JsonValue value when Prefixes.TryGetValue(name, out var prefix) && value.TryGetValue<string>(out var text) && Guid.TryParse(text, out var id) => PrefixedId.Write(prefix, id),
        _ => node?.DeepClone(),
    };
}
