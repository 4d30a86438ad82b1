using System.Globalization;
using System.Text.Json.Nodes;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Two hundred times somebody we know beside somebody we do not: the same status, headers, members and length (R51).</summary>
public class PairSpecs(RunningHost host)
{
    private const int Pairs = 200, PairsOfOnePerson = 5;
    private const string WrongPassword = "a wrong horse battery staple";

    /// <summary>Members that say something else each time, in as many letters.</summary>
    private static readonly string[] Own = ["id", "identifier", "safe_identifier", "email_address_id", "phone_number_id", "instance", "trace_id", "traceId", "clerk_trace_id", "updated_at", "created_at", "last_active_at", "abandon_at", "expire_at", "cookie_expires_at"];

    [Fact]
    public async Task two_hundred_known_and_unknown_identifiers_are_answered_alike()
    {
        for (var pair = 0; pair < Pairs / PairsOfOnePerson; pair++)
        {
            var known = (await Person.Make(host, twoStep: pair % 2 == 0)).EmailAddress;
            for (var n = 0; n < PairsOfOnePerson; n++)
            {
                var unknown = Unknown(known, (pair * PairsOfOnePerson) + n);
                foreach (var password in (string?[])[null, WrongPassword])
                {
                    var (ours, theirs) = (await Create(known, password), await Create(unknown, password));
                    theirs.ShouldBe(ours, $"{known} and {unknown}");
                }
            }
        }
    }

    private static string Unknown(string known, int n) => n.ToString("x", CultureInfo.InvariantCulture) + new string('z', known.IndexOf('@') - n.ToString("x", CultureInfo.InvariantCulture).Length) + known[known.IndexOf('@')..];

    private async Task<string> Create(string identifier, string? password)
    {
        var browser = new Browser(host);
        (string, string)[] form = password is null ? [("identifier", identifier)] : [("identifier", identifier), ("password", password)];
        var reply = await browser.Post("/v1/client/sign_ins", form);
        return $"{reply.Status}, {reply.Text.Length} characters, {string.Join(' ', reply.Headers.Where(h => h.Key is not "Date").OrderBy(h => h.Key).Select(h => $"{h.Key}={(h.Key == "Set-Cookie" ? h.Value.Length : h.Value)}"))} {Without(reply.Json).ToJsonString()}";
    }

    private static JsonNode Without(JsonNode node)
    {
        if (node is JsonArray items) foreach (var item in items) if (item is not null) Without(item);
        if (node is JsonObject members)
        {
            foreach (var name in members.Select(member => member.Key).ToList())
                if (Own.Contains(name) && members[name] is not null) members[name] = "…";
                else if (members[name] is { } inner) Without(inner);
        }

        return node;
    }
}
