using System.Text.Json.Nodes;
using System.Xml.Linq;
using Auth.Host.Audit.Telling;
using Auth.Host.Audit.Verbs;
using Auth.Host.Http;

namespace Auth.Host.Audit.Pictures;

/// <summary>One sign-in as a page: its picture, and every event in a table.</summary>
internal static class SignInPage
{
    internal static string Written(OneSignIn one)
    {
        var scene = Scene.Of(one);
        var (name, zone) = ($"Sign-in {new SignInId(one.History.Id)}", Look.Zone.Value is null ? "UTC" : Look.Zone.Value.Id);
        return Page.Written(name,
            Page.Pairs(("who", $"{one.Words.Identifier}, {one.Who}"), ("began", ShowVerb.Began(one)["began ".Length..]), ("outcome", scene.Outcome), ("times", zone), ("people", one.Personal.Reveals ? "values of people are shown as they are" : "values of people are masked")),
            Page.Wide("Picture of the sign-in", [.. SignInPicture.Parts(one)]),
            Page.Wide("Events of the sign-in", Page.Table("Every event, in order", [("#", "number"), ("time", "time"), ("what happened", null), ("facts", "facts"), ("stands after it", "stage")], scene.Rows.Select(row => Cells(row, one)))));
    }

    private static object[] Cells(Row row, OneSignIn one) =>
    [
        FormattableString.Invariant($"{row.Step.Event.Version}"),
        new object[] { Svg.Safe(Look.Time(row.Step.Event.Timestamp)), row.Gap is { } gap && Look.Gap(gap) is { Length: > 0 } after ? Page.Text("code", after) : "" },
        new object?[] { Svg.Safe(row.Step.Happened), Page.Text("code", row.Step.Event.EventTypeName), row.Step.Why is { } why ? Page.Text("span", $"because {why.In(one.History.Id)}", "why") : null },
        Flat(Facts.Of(Facts.Body(row.Step.Event), one.Personal), "").Select(fact => Page.Text("code", fact)).ToArray(),
        row.Step.Stage,
    ];

    private static IEnumerable<string> Flat(JsonNode? node, string name) => node switch
    {
        JsonObject body => body.SelectMany(member => Flat(member.Value, name.Length == 0 ? member.Key : $"{name}.{member.Key}")),
        JsonArray list => list.SelectMany((item, i) => Flat(item, $"{name}.{i + 1}")),
        JsonValue value => [$"{name}: {(value.TryGetValue<string>(out var text) ? text : value.ToJsonString())}"],
        _ => [],
    };
}
