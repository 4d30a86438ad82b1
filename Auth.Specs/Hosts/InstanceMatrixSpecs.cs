using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Auth.Specs.Given;

namespace Auth.Specs.Hosts;

/// <summary>R76, the id matrix: under the credentials and the host name of one instance, whatever belongs to another is what a random id is, to every route there is.</summary>
public partial class InstanceMatrixSpecs(RunningHost table, TwoInstances instances) : IClassFixture<TwoInstances>
{
    private static readonly string[] Strategies = ["phone_code", "email_code", "password", "passkey"];

    [Fact]
    public async Task what_belongs_to_one_instance_is_a_random_id_to_every_route_of_another_R76()
    {
        var (theirs, random) = (await Belongings.Of(instances.First), Belongings.Nobodys());
        theirs.Keys.ShouldBe(random.Keys, ignoreOrder: true);
        var ours = await Account.New(instances.Second, twoStep: true);
        var before = await instances.Rows("default");

        var routes = Routes.Of(table, word => "{" + word + "}").Where(route => route.Path.Contains('{')).Distinct().ToList();
        foreach (var (method, path) in routes)
        {
            foreach (var strategy in method == "GET" ? [""] : Strategies)
            {
                (await ByKey(method, path, theirs, strategy)).ShouldBe(await ByKey(method, path, random, strategy), $"{method} {path} {strategy}, by key");
                (await ByClient(ours, method, path, theirs, strategy)).ShouldBe(await ByClient(ours, method, path, random, strategy), $"{method} {path} {strategy}, by client");
            }
        }

        routes.Count.ShouldBeGreaterThan(40);
        (await instances.Rows("default")).ShouldBe(before);
    }

    [Fact]
    public async Task nor_is_it_found_by_what_is_asked_or_sent_R76()
    {
        var (theirs, random) = (await Belongings.Of(instances.First), Belongings.Nobodys());
        var ours = await Account.New(instances.Second, twoStep: true);

        foreach (var (_, path) in Routes.Of(table, "{}").Where(route => route.Method == "GET" && !route.Path.Contains('{')))
        {
            (await ByKey("GET", path, theirs, "")).ShouldBe(await ByKey("GET", path, random, ""), path);
            (await ByClient(ours, "GET", path, theirs, "")).ShouldBe(await ByClient(ours, "GET", path, random, ""), path);
        }

        (await ByKey("POST", "/v1/sign_in_tokens", theirs, "")).ShouldBe(await ByKey("POST", "/v1/sign_in_tokens", random, ""));

        var visit = new Visit(instances.Second, ours.Person);
        (await visit.Create()).Status.ShouldBe(200);
        var prepare = $"/v1/client/sign_ins/{visit.SignIn}/prepare_second_factor";
        Shape(await visit.Browser.Post(prepare, ("strategy", "phone_code"), ("phone_number_id", theirs["phone_numbers"])), theirs)
            .ShouldBe(Shape(await visit.Browser.Post(prepare, ("strategy", "phone_code"), ("phone_number_id", random["phone_numbers"])), random));
    }

    [Fact]
    public async Task at_home_each_of_these_ids_opens_something()
    {
        var ids = await Belongings.Of(instances.First);
        var operators = new Operator(instances.First);
        foreach (var path in (string[])["/v1/users/{users}", "/v1/users/{users}/trusted_devices", "/v1/sessions/{sessions}", "/v1/clients/{clients}"])
            (await operators.Get(Filled(path, ids))).Status.ShouldBe(200, path);
        foreach (var (browser, path) in ids.Opened) (await browser.Get(path)).Status.ShouldBe(200, path);
        (await operators.Delete(Filled("/v1/users/{users}/trusted_devices/{trusted_devices}", ids))).Status.ShouldBe(200);
        (await operators.Post(Filled("/v1/sign_in_tokens/{sign_in_tokens}/revoke", ids), new { })).Status.ShouldBe(200);
        (await operators.Get("/v1/instance/settings/versions")).Json[0]!["version"]!.ToString().ShouldNotBe("0");
    }

    private async Task<string> ByKey(string method, string path, Belongings ids, string strategy)
    {
        var request = new HttpRequestMessage(new(method), $"{Filled(path, ids)}?{Query(ids)}&reason=asked");
        request.Headers.Authorization = new("Bearer", path.StartsWith("/v1/audit/", StringComparison.Ordinal) && path.Contains('{') ? Door.SecondAuditKey : instances.Second.Key);
        request.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        if (method != "GET") request.Content = JsonContent.Create(Sent(ids, strategy));
        return Shape(await new Browser(instances.Second).Send(request), ids);
    }

    private static async Task<string> ByClient(Account ours, string method, string path, Belongings ids, string strategy)
    {
        var request = new HttpRequestMessage(new(method), $"{Filled(path, ids)}?{(path.Contains('{') ? "" : Query(ids))}");
        if (method != "GET") request.Content = new FormUrlEncodedContent(Sent(ids, strategy));
        return Shape(await ours.Browser.Twin(null).Send(request), ids);
    }

    private static string Filled(string path, Belongings ids)
    {
        foreach (var (word, id) in ids) path = path.Replace("{" + word + "}", id, StringComparison.Ordinal);
        path.ShouldNotContain("{", Case.Sensitive, "This route names something of a new kind: add one to this matrix.");
        return path;
    }

    private static string Query(Belongings ids) => $"user_id={ids["users"]}&client_id={ids["clients"]}&_clerk_session_id={ids["sessions"]}";

    private static Dictionary<string, string> Sent(Belongings ids, string strategy)
    {
        Dictionary<string, string> fields = new() { ["strategy"] = strategy, ["user_id"] = ids["users"], ["phone_number_id"] = ids["phone_numbers"], ["email_address_id"] = ids["email_addresses"], ["code"] = "123456", ["password"] = "correct horse battery staple" };
        if (strategy.Length == 0) fields.Remove("strategy");
        return fields;
    }

    /// <summary>The whole answer, but for the ids that were asked for and what every answer has of its own.</summary>
    private static string Shape(Reply reply, Belongings ids)
    {
        var text = reply.Text;
        if (text.Length > 0 && text[0] == '{')
        {
            var body = JsonNode.Parse(text)!.AsObject();
            foreach (var own in (string[])["instance", "trace_id", "traceId", "clerk_trace_id"]) body.Remove(own);
            text = body.ToJsonString();
        }

        foreach (var (word, id) in ids.Where(pair => pair.Key != "versions")) text = text.Replace(id, $"~{word}", StringComparison.Ordinal);
        return $"{reply.Status} {reply.SetsCookie} {MadeAnew().Replace(text, "~")}";
    }

    /// <summary>A token, or a moment.</summary>
    [GeneratedRegex(@"eyJ[\w.-]{100,}|\b\d{13}\b")]
    private static partial Regex MadeAnew();
}
