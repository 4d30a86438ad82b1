using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Auth.Host.Database;
using Auth.Specs.Given;
using Npgsql;

namespace Auth.Specs.Hosts;

/// <summary>kill -9 of PostgreSQL: what was answered is there, while it is away nobody is told yes, and afterwards the same host goes on (R88, F03).</summary>
public partial class KilledDatabaseSpecs
{
    [Fact]
    public async Task while_it_is_away_503_and_afterwards_sign_ins_work_without_a_restart()
    {
        await using var machine = new EmptyMachine();
        await using var database = await machine.Resolve();
        await using var host = await HostProcess.Start(Settings(database, machine.Folder)).Listening();
        var (ada, bob) = (await Person.Make(host), await Person.Make(host));
        var signedIn = new Visit(host, ada);
        await signedIn.Through();
        var (halfWay, prepared) = (new Visit(host, bob), new Visit(host, bob));
        (await halfWay.Create()).Status.ShouldBe(200);
        var code = await prepared.UpToCode();
        var facts = await Facts(database.ConnectionString);

        await Kill(machine.Server!.Value);

        await Away(() => new Visit(host, ada).Create());
        await Away(() => new Visit(host, ada).Create("a wrong horse battery staple"));
        await Away(() => new Browser(host).Post("/v1/client/sign_ins", ("identifier", "nobody@example.com"), ("password", "not a password")));
        await Away(halfWay.Prepare);
        await Away(() => prepared.Attempt(code));
        await Away(() => prepared.Attempt(Wrong.For(code)));
        await Away(() => signedIn.Browser.Get("/v1/me"));
        await Away(() => new Operator(host).Post("/v1/users", new { email_address = new[] { "new@example.com" } }));
        await NobodyIsToldYes(host, signedIn, ada);
        (await new Browser(host).Get("/health/live")).Status.ShouldBe(200);
        (await new Browser(host).Get("/health/ready")).Status.ShouldBe(503);

        await using var again = await machine.Resolve();
        await Eventually.Of(async () => (await new Browser(host).Get("/health/ready")).Status == 200 && (await signedIn.Browser.Get("/v1/me")).Status == 200 ? "again" : null);

        // What was answered before is there, and what was refused meanwhile left nothing.
        (await Facts(again.ConnectionString)).ShouldBe(facts);
        (await prepared.Attempt(code)).Status.ShouldBe(200);
        (await halfWay.Prepare()).Status.ShouldBe(200);
        (await halfWay.Attempt(await bob.LatestCode(host, texts: 2))).Status.ShouldBe(200);
        await new Visit(host, await Person.Make(host)).Through();
    }

    private static async Task Away(Func<Task<Reply>> step)
    {
        var reply = await step();
        reply.ShouldBe(503, "service_unavailable");
        reply.Headers["Content-Type"].ShouldStartWith("application/problem+json");
        reply.RetryAfter.ShouldNotBeNull();
        reply.SetsCookie.ShouldBeFalse();
    }

    /// <summary>Whatever is asked, by whoever may ask it (R89). Public keys and schemas are the same without a database.</summary>
    private static async Task NobodyIsToldYes(HostProcess host, Visit signedIn, Person person)
    {
        var (away, told) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        var paths = JsonNode.Parse(await File.ReadAllTextAsync(Checkout.File("docs/openapi.json"), TestContext.Current.CancellationToken))!["paths"]!.AsObject();
        var routes = paths.Where(path => path.Key.StartsWith("/v1/", StringComparison.Ordinal)).SelectMany(path => path.Value!.AsObject().Select(operation => (Path: path.Key, Method: operation.Key.ToUpperInvariant(), Tag: $"{operation.Value!["tags"]?[0]}")));
        await Parallel.ForEachAsync(routes.ToList(), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (route, _) =>
        {
            var key = route.Tag switch { "Audit API" => RunningHost.AuditKey, var tag when tag.StartsWith("Backend", StringComparison.Ordinal) => RunningHost.SecretKey, _ => null };
            var request = new HttpRequestMessage(new(route.Method), Id().Replace(route.Path, found => found.Value switch { "{id}" when route.Path.Contains("/users/", StringComparison.Ordinal) => person.UserId, "{type}" => "user.created", _ => "x" }));
            if (key is not null) request.Headers.Authorization = new("Bearer", key);
            if (route.Method is not "GET") request.Content = new StringContent("""{"strategy":"password","identifier":"ada@example.com","password":"a wrong horse battery staple","reason":"A reason."}""", System.Text.Encoding.UTF8, "application/json");
            var reply = await signedIn.Browser.Send(request);
            if (reply.Status == 503) away.Add($"{route.Method} {route.Path}");
            else if (reply.Status is < 400 or >= 500) told.Add($"{route.Method} {route.Path} {reply.Status}");
        });

        told.Except(["GET /v1/jwks 200"]).ShouldBe(["GET /v1/audit/schemas/{type} 200"]);
        string[] newer = ["GET /v1/me", "POST /v1/me/totp", "GET /v1/me/sessions", "GET /v1/client", "GET /v1/users/{id}", "POST /v1/users/{id}/ban", "DELETE /v1/users/{id}", "GET /v1/instance/settings", "GET /v1/audit/events"];
        newer.Except(away).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Id();

    private static async Task Kill(int server)
    {
        using var process = Process.GetProcessById(server);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> Facts(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        // What was malformed is told a minute later, of a block of addresses and of nobody.
        await using var ask = database.CreateCommand("select string_agg(seq_id || ' ' || type, ', ' order by seq_id) from auth.mt_events where type not like '%.text_%' and not (type = 'limits.limited' and data ->> 'reason' like 'form_%')");
        return (string)(await ask.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static Dictionary<string, string?> Settings(ChosenDatabase database, string folder) => new()
    {
        ["ConnectionStrings:Auth"] = database.ConnectionString,
        [ChosenDatabase.OwnerKey] = database.Owner,
        ["Auth:SecretKey"] = RunningHost.SecretKey,
        ["Auth:AuditKey"] = RunningHost.AuditKey,
        ["Auth:Keys:Folder"] = Path.Combine(folder, "keys"),
        ["Auth:Limits:PerAddress"] = "off",
        ["Auth:Passwords:MemoryKiB"] = "64",
        ["Auth:Passwords:Passes"] = "1",
    };
}
