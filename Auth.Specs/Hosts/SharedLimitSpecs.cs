using System.Text.Json.Nodes;
using Auth.Specs.Given;

namespace Auth.Specs.Hosts;

/// <summary>The limits per address are those of the service, not of one host of it: nobody gains by going to both (R54, R55).</summary>
public class SharedLimitSpecs
{
    private const int Most = 30;
    private static readonly (string, string?) On = ("Auth:Limits:PerAddress", "on"), Proxied = ("Auth:TrustedProxies", "127.0.0.1");

    [Fact]
    public async Task what_one_host_counted_the_others_know_and_a_new_one_too()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(On), await database.Host(On));
        var person = await Person.Make(first);

        for (var create = 0; create < Most; create++) (await Create(first, $"nobody{create}@example.com", null)).Status.ShouldBe(200);
        (await Create(first, person.EmailAddress, person.Password)).ShouldBe(429, "too_many_requests");

        await LimitedWithinSeconds(second);
        await LimitedWithinSeconds(await database.Host(On));
    }

    /// <summary>Of the right password and a wrong one, of somebody and of nobody: the same answer, and nothing was looked at.</summary>
    [Fact]
    public async Task over_the_limit_right_and_wrong_look_the_same_on_both_and_nothing_is_compared()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(On), await database.Host(On));
        var person = await Person.Make(first);
        for (var create = 0; create < Most; create++) (await Create(first, person.EmailAddress, null)).Status.ShouldBe(200);
        await LimitedWithinSeconds(second);
        var before = await Facts(database);

        var answers = new List<string>();
        foreach (var host in (HostProcess[])[first, second])
        {
            foreach (var (identifier, password) in ((string, string)[])[(person.EmailAddress, person.Password), (person.EmailAddress, "a wrong horse battery staple"), ("nobody@example.com", person.Password)])
            {
                var reply = await Create(host, identifier, password);
                reply.RetryAfter.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(1, 120);
                answers.Add(Bare(reply));
            }
        }

        answers.Distinct().ShouldHaveSingleItem().ShouldStartWith("429 ");
        (await Facts(database)).ShouldBe(before);
        (await database.Count("select count(*) from auth.mt_doc_guesses")).ShouldBe(0);
    }

    /// <summary>An address is what the trusted hop says, a whole /64 counts as one, and what a client writes in front of it counts for nothing.</summary>
    [Fact]
    public async Task many_addresses_of_one_network_count_as_one_over_both_hosts()
    {
        await using var database = await SharedDatabase.Make();
        var (first, second) = (await database.Host(On, Proxied), await database.Host(On, Proxied));

        for (var create = 0; create < Most; create++) (await Create(first, "nobody@example.com", null, $"2001:db8:1:2::{create:x}")).Status.ShouldBe(200);
        (await Create(first, "nobody@example.com", null, "2001:db8:1:2:ffff::1")).ShouldBe(429, "too_many_requests");
        (await Create(first, "nobody@example.com", null, "198.51.100.1, 2001:db8:1:2::1")).ShouldBe(429, "too_many_requests");

        await LimitedWithinSeconds(second, "2001:db8:1:2:aaaa::1");
        (await Create(second, "nobody@example.com", null, "2001:db8:1:3::1")).Status.ShouldBe(200);
    }

    /// <summary>Asks now and then, far less often than the host would allow if it knew nothing of the other one.</summary>
    private static async Task LimitedWithinSeconds(HostProcess host, string? from = null)
    {
        using var now = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (var asked = 1; (await Create(host, "nobody@example.com", null, from)).Status != 429; asked++)
        {
            asked.ShouldBeLessThan(10, "the host knows nothing of the others");
            await now.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private static Task<Reply> Create(HostProcess host, string identifier, string? password, string? from = null)
    {
        var form = new Dictionary<string, string> { ["identifier"] = identifier };
        if (password is not null) form["password"] = password;
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/client/sign_ins") { Content = new FormUrlEncodedContent(form) };
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        return new Browser(host).Send(request);
    }

    /// <summary>Without what is new in each answer: its own names, and the seconds that pass.</summary>
    private static string Bare(Reply reply)
    {
        var body = (JsonObject)reply.Json;
        foreach (var own in (string[])["instance", "trace_id", "traceId", "clerk_trace_id", "retryAfter"]) body.Remove(own);
        return $"{reply.Status} {string.Join(' ', reply.Headers.Keys.Order())} {body.ToJsonString()}";
    }

    private static Task<long> Facts(SharedDatabase database) => database.Count("select count(*) from auth.mt_events where type like 'sign_in.%'");
}
