using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Auth.Specs.Sms;

/// <summary>The fake answers as the provider does.</summary>
public class FakeSinchSpecs(SmsDatabase database)
{
    private const string Batches = $"{FakeHost.Plan}/batches";

    [Theory]
    [InlineData("""{"body":"a"}""", "syntax_constraint_violation")]
    [InlineData("""{"to":[],"body":"a"}""", "syntax_constraint_violation")]
    [InlineData("""{"to":["+12015550100"]}""", "syntax_constraint_violation")]
    [InlineData("""{"to":["0201"],"body":"a"}""", "syntax_invalid_parameter_format")]
    [InlineData("""{"to":[12015550100],"body":"a"}""", "syntax_invalid_parameter_format")]
    [InlineData("""{"to":["+12015550100"],"body":"a","expire_at":"2026-03-02T08:59:59.000Z"}""", "syntax_constraint_violation")]
    [InlineData("""{"to":["+12015550100"],"body":"a","send_at":"2026-03-02T10:00:00.000Z","expire_at":"2026-03-02T09:59:59.000Z"}""", "syntax_constraint_violation")]
    [InlineData("""{"to":["+12015550100"],"body":"a","expire_at":"soon"}""", "syntax_invalid_parameter_format")]
    [InlineData("""{"to":["+12015550100"],"body":"a","delivery_report":"maybe"}""", "syntax_constraint_violation")]
    [InlineData("""{"to":[""", "syntax_invalid_json")]
    [InlineData("[]", "syntax_invalid_json")]
    public async Task a_bad_submission_is_a_400_in_the_providers_words(string body, string code)
    {
        await using var host = await FakeHost.Start(database, FakeHost.PlanSettings);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/_sinch/xms/v1/{Batches}") { Content = new StringContent(body) };
        request.Headers.Authorization = new("Bearer", FakeHost.ApiToken);
        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var said = (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        ((string?)said["code"]).ShouldBe(code);
        ((string?)said["text"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task an_accepted_batch_is_a_201_with_numbers_without_plus()
    {
        await using var host = await FakeHost.Start(database, FakeHost.PlanSettings);
        using var answer = await host.Ask(HttpMethod.Post, Batches, new { from = "+12015550101", to = new[] { "+12015550100" }, body = "a", unknown_member = 1 });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var batch = (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        ((string)batch["id"]!).ShouldMatch("^[0-9A-HJKMNP-TV-Z]{26}$");
        ((string)batch["to"]![0]!).ShouldBe("12015550100");
        ((string)batch["from"]!).ShouldBe("12015550101");
        ((string)batch["created_at"]!).ShouldMatch(@"^2026-03-02T09:\d\d:\d\d\.\d{3}Z$");
        ((string)batch["expire_at"]!).ShouldStartWith("2026-03-05T09:");
    }

    [Theory]
    [InlineData("wrong", FakeHost.Plan, HttpStatusCode.Unauthorized)]
    [InlineData("a.b.c", FakeHost.Plan, HttpStatusCode.Unauthorized)]
    [InlineData(FakeHost.ApiToken, "another", HttpStatusCode.NotFound)]
    [InlineData(FakeHost.ApiToken, FakeHost.Plan, HttpStatusCode.OK)]
    public async Task only_the_right_token_for_the_right_plan_gets_in(string bearer, string plan, HttpStatusCode status)
    {
        await using var host = await FakeHost.Start(database, FakeHost.PlanSettings);
        (await host.Ask(HttpMethod.Get, $"{plan}/batches", bearer: bearer)).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task an_old_token_is_told_that_it_has_expired()
    {
        await using var host = await FakeHost.Start(database, FakeHost.KeySettings);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_sinch/oauth2/token") { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{FakeHost.KeyId}:{FakeHost.KeySecret}")));
        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var token = (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["access_token"]!;
        (await host.Ask(HttpMethod.Get, $"{FakeHost.Project}/batches", bearer: token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await host.Ask(HttpMethod.Get, $"{FakeHost.Project}/batches", bearer: token)).Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer error=\"invalid_token\", error_description=\"Jwt expired at 2026-03-02T10:00:");
    }

    [Fact]
    public async Task the_token_host_knows_its_keys()
    {
        await using var host = await FakeHost.Start(database, FakeHost.KeySettings);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_sinch/oauth2/token") { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]) };
        request.Headers.Authorization = new("Basic", "bm86bm8=");
        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        ((string)(await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["error"]!).ShouldBe("invalid_client");
    }

    [Fact]
    public async Task a_dry_run_counts_parts_and_sends_nothing()
    {
        await using var host = await FakeHost.Start(database, FakeHost.PlanSettings);
        var reference = $"ver_{Guid.CreateVersion7():N}";
        var said = await host.Say(HttpMethod.Post, $"{Batches}/dry_run?per_recipient=true", new { to = new[] { "+12015550130" }, body = new string('a', 161), client_reference = reference });
        ((int)said["number_of_messages"]!).ShouldBe(2);
        ((string)said["per_recipient"]![0]!["encoding"]!).ShouldBe("GSM");
        (await host.Inbox("+12015550130", reference)).ShouldBeEmpty();
    }

    [Fact]
    public async Task what_is_still_queued_can_be_taken_back()
    {
        await using var host = await FakeHost.Start(database, FakeHost.PlanSettings);
        var sent = await host.Say(HttpMethod.Post, Batches, new { to = new[] { "+12015550131" }, body = "a", send_at = "2026-03-02T12:00:00.000Z" });
        var cancelled = await host.Say(HttpMethod.Delete, $"{Batches}/{sent["id"]}");
        ((bool)cancelled["canceled"]!).ShouldBeTrue();
        ((int)(await host.Say(HttpMethod.Get, $"{Batches}/{sent["id"]}/delivery_report/12015550131"))["code"]!).ShouldBe(407);
    }

    [Fact]
    public async Task feedback_is_taken_where_it_was_announced()
    {
        await using var host = await FakeHost.Start(database, FakeHost.PlanSettings);
        var (with, without) = (
            await host.Say(HttpMethod.Post, Batches, new { to = new[] { "+12015550132" }, body = "a", feedback_enabled = true }),
            await host.Say(HttpMethod.Post, Batches, new { to = new[] { "+12015550132" }, body = "a" }));
        (await host.Ask(HttpMethod.Post, $"{Batches}/{with["id"]}/delivery_feedback", new { recipients = Array.Empty<string>() })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await host.Ask(HttpMethod.Post, $"{Batches}/{without["id"]}/delivery_feedback", new { recipients = Array.Empty<string>() })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task reports_can_be_asked_for_in_three_ways()
    {
        await using var story = await Story.Of(database, "+12015550133");
        await story.Receipt();
        await story.End(0);
        var summary = await story.Host.Say(HttpMethod.Get, $"{Batches}/{await story.ProviderId()}/delivery_report?type=full");
        ((string)summary["statuses"]![0]!["recipients"]![0]!).ShouldBe("12015550133");
        var list = await story.Host.Say(HttpMethod.Get, $"{FakeHost.Plan}/delivery_reports?client_reference={story.Text.Reference}");
        ((string)list["delivery_reports"]![0]!["status"]!).ShouldBe("Delivered");
    }

    [Fact]
    public async Task faults_of_one_seed_are_the_same_faults()
    {
        (await Answers()).ShouldBe(await Answers());

        async Task<string> Answers()
        {
            await using var host = await FakeHost.Start(database, FakeHost.PlanSettings);
            await host.Fault("too_many_requests", rate: 0.5, seed: 7);
            var answers = new List<int>();
            for (var text = 0; text < 12; text++)
                answers.Add((int)(await host.Ask(HttpMethod.Post, Batches, new { to = new[] { "+12015550134" }, body = "a" })).StatusCode);
            answers.ShouldContain(429);
            answers.ShouldContain(201);
            return string.Join(' ', answers);
        }
    }
}
