using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>A submission that the provider would take. Members it does not know are passed over.</summary>
internal sealed partial record FakeSubmission(
    IReadOnlyList<string> To, string Body, string? From, string? Reference, string DeliveryReport, Uri? CallbackUrl,
    DateTimeOffset? SendAt, DateTimeOffset ExpireAt, bool FeedbackEnabled, int? MostParts)
{
    private static readonly string[] Reports = ["none", "summary", "full", "per_recipient", "per_recipient_final"];
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(3);
    private const int LongestBody = 2000, LongestReference = 2048, MostNumbers = 1000;

    public override string ToString() => $"FakeSubmission({Reference})";

    /// <summary>The submission, or what is wrong with it in the provider's words.</summary>
    public static (FakeSubmission? Good, FakeProblem? Bad) Read(JsonNode? body, DateTimeOffset now)
    {
        if (body is not JsonObject json) return (null, FakeProblem.Json);
        try
        {
            return Read(json, now);
        }
        catch (Exception wrongKind) when (wrongKind is InvalidOperationException or FormatException or JsonException)
        {
            return (null, FakeProblem.Format("A member is not of the kind that it should be."));
        }
    }

    private static (FakeSubmission?, FakeProblem?) Read(JsonObject json, DateTimeOffset now)
    {
        var to = json["to"] is JsonArray { Count: > 0 and <= MostNumbers } numbers ? numbers.Select(number => number?.GetValue<string>() ?? "").ToArray() : null;
        if (to is null) return Bad(FakeProblem.Constraint("'to' is missing."));
        if (!to.All(number => Number().IsMatch(number))) return Bad(FakeProblem.Format("'to' has a number that is not E.164."));
        if (Text(json, "body") is not { Length: > 0 and <= LongestBody } body) return Bad(FakeProblem.Constraint("'body' is missing, or longer than 2000 characters."));
        if (Text(json, "type") is not (null or "mt_text")) return Bad(FakeProblem.Constraint("'type' is not mt_text."));
        if (Text(json, "delivery_report") is { } wanted && !Reports.Contains(wanted)) return Bad(FakeProblem.Constraint($"'delivery_report' is not one of {string.Join(", ", Reports)}."));
        if (Text(json, "client_reference") is { Length: > LongestReference }) return Bad(FakeProblem.Constraint("'client_reference' is longer than 2048 characters."));
        if (!Moment(json, "send_at", out var sendAt) || !Moment(json, "expire_at", out var expireAt)) return Bad(FakeProblem.Format("'send_at' or 'expire_at' is not an ISO 8601 moment."));
        if (expireAt <= (sendAt ?? now)) return Bad(FakeProblem.Constraint("'expire_at' is not after 'send_at'."));
        if (!Callback(Text(json, "callback_url"), out var callback)) return Bad(FakeProblem.Format("'callback_url' is not an absolute address."));
        var latest = (sendAt ?? now) + LongestLife;
        return (new([.. to.Select(Normal)], body, Text(json, "from"), Text(json, "client_reference"), Text(json, "delivery_report") ?? "none", callback,
            sendAt, expireAt < latest ? expireAt.Value : latest, json["feedback_enabled"]?.GetValue<bool>() ?? false, json["max_number_of_message_parts"]?.GetValue<int>()), null);
    }

    private static (FakeSubmission?, FakeProblem?) Bad(FakeProblem problem) => (null, problem);

    private static string? Text(JsonObject json, string name) => json[name]?.GetValue<string>();

    /// <summary>With plus, as people write it.</summary>
    public static string Normal(string number) => "+" + number.TrimStart('+', ' ');

    private static bool Moment(JsonObject json, string name, out DateTimeOffset? at)
    {
        at = null;
        if (Text(json, name) is not { } text) return true;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return false;
        at = moment;
        return true;
    }

    private static bool Callback(string? text, out Uri? address)
    {
        address = null;
        return text is null || (Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https");
    }

    [GeneratedRegex(@"^\+?[1-9]\d{6,14}$")]
    private static partial Regex Number();
}

/// <summary>A refusal in the provider's shape.</summary>
internal sealed record FakeProblem(int Status, string Code, string Text)
{
    public static readonly FakeProblem Json = new(400, "syntax_invalid_json", "The body is not a JSON object.");

    public static FakeProblem Format(string text) => new(400, "syntax_invalid_parameter_format", text);

    public static FakeProblem Constraint(string text) => new(400, "syntax_constraint_violation", text);

    public IResult Result() => Results.Json(new JsonObject { ["code"] = Code, ["text"] = Text }, statusCode: Status);
}
