using System.Text.Json.Nodes;
using Auth.Specs.Given;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Audit;

/// <summary>The operator looks at the past before they apply something.</summary>
public class WhatIfApiSpecs(RunningHost host)
{
    private const string Path = $"{Office.Path}/what_if";

    [Fact]
    public async Task fewer_guesses_would_have_blocked_who_needed_four()
    {
        var (visit, since) = (new Visit(host, await Person.Make(host)), DateTimeOffset.UtcNow.AddSeconds(-1));
        var code = await visit.UpToCode();
        for (var n = 0; n < 3; n++) await visit.Attempt(Wrong.For(code));
        (await visit.Attempt(code)).Status.ShouldBe(200);
        var facts = (await visit.Facts()).Count;

        var told = await Tried(visit, since, tries: 3);
        told["changes"]!.AsArray().Select(change => (string)change!["field"]!).ShouldBe(["dials.otp_tries"]);
        var its = told["cases"]!.AsArray().Single(x => (string)x!["sign_in"]! == visit.SignIn)!;
        ((string)its["effect"]!, (string)its["why"]!).ShouldBe(("blocked", "too_many_attempts"));
        var steps = told["steps"]!.AsArray();
        Types(steps[^1]!["told"]!).ShouldBe(["sign_in.second_factor_verified", "sign_in.converted"]);
        Types(steps[^1]!["instead"]!).ShouldBe(["sign_in.second_factor_refused"]);
        ((string)steps[^1]!["refusal"]!).ShouldBe("verification_failed");
        steps.Take(steps.Count - 1).ShouldAllBe(step => (string)step!["refusal"]! != "verification_failed");

        ((int)(await Office.Send(host, HttpMethod.Get, Office.Path)).Json["dials"]!["otp_tries"]!).ShouldBe(5);
        (await visit.Facts()).Count.ShouldBeInRange(facts, facts + 1, "a text may have been delivered meanwhile, and nothing else");
    }

    [Fact]
    public async Task the_settings_in_force_change_nothing()
    {
        var (visit, since) = (new Visit(host, await Person.Make(host)), DateTimeOffset.UtcNow.AddSeconds(-1));
        await visit.Through();
        var told = await Tried(visit, since, tries: 5);
        told["changes"]!.AsArray().ShouldBeEmpty();
        told["cases"]!.AsArray().Select(x => (string)x!["sign_in"]!).ShouldNotContain(visit.SignIn);
        told["steps"]!.AsArray().ShouldAllBe(step => Types(step!["told"]!).SequenceEqual(Types(step["instead"]!)));
    }

    [Fact]
    public async Task that_somebody_looked_is_told()
    {
        var until = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(Random.Shared.Next(86_400));
        await Try(new { until = $"{until:O}", settings = new { dials = new { otp_tries = 3 } } });
        var its = await Eventually.Of(async () => (await new Auditing(host).Found("type=audit.history_read&actor=" + Key + "&limit=1000")).FirstOrDefault(e => Until(e!["facts"]!) == until));
        ((string)its!["facts"]!["what"]!).ShouldBe("what_if");

        static DateTimeOffset? Until(JsonNode facts) => facts["sought"]?["until"] is { } told ? DateTimeOffset.Parse((string)told!, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    [Theory]
    [InlineData("""{}""", 409, "settings_nothing_staged")]
    [InlineData("""{"settings": {"dials": {"otp_tries": 9}}}""", 422, "setting_out_of_bounds")]
    [InlineData("""{"settings": {"dials": {"otp_trials": 3}}}""", 422, "form_param_unknown")]
    [InlineData("""{"settings": "fewer"}""", 422, "form_param_format_invalid")]
    [InlineData("""{"settings": {}, "since": "yesterday"}""", 422, "form_param_value_invalid")]
    [InlineData("""{"settings": {}, "prices": {"SE": "cheap"}}""", 422, "form_param_format_invalid")]
    [InlineData("""{"settings": {}, "cases": 1001}""", 422, "form_param_format_invalid")]
    [InlineData("""{"settings": {}, "sign_in": "sia_1"}""", 422, "form_param_value_invalid")]
    [InlineData("""{"settings": {}, "sign_in": "sia_06f8jbs9n9qwt3z2ay34mb1dkr"}""", 404, "resource_not_found")]
    public async Task what_cannot_be_tried_is_said(string body, int status, string code)
    {
        var refused = await Office.Send(host, HttpMethod.Post, Path, JsonNode.Parse(body));
        refused.Status.ShouldBe(status, refused.Text);
        ((string)refused.Json["code"]!).ShouldBe(code, refused.Text);
    }

    private string Key => host.Alba.Services.GetRequiredService<Auth.Host.Instances.Tenants>().Of("default").Keys.Id;

    /// <summary>Once its session is among what can be counted on.</summary>
    private async Task<JsonNode> Tried(Visit visit, DateTimeOffset since, int tries)
    {
        await new Auditing(host).Found($"stream={visit.SignIn}&type=sign_in.converted");
        return await Try(new { since = $"{since:O}", settings = new { dials = new { otp_tries = tries } }, sign_in = visit.SignIn, cases = 1000 });
    }

    private async Task<JsonNode> Try(object body)
    {
        var reply = await Office.Send(host, HttpMethod.Post, Path, body);
        reply.Status.ShouldBe(200, reply.Text);
        return reply.Json;
    }

    private static IReadOnlyList<string> Types(JsonNode facts) => [.. facts.AsArray().Select(fact => (string)fact!["type"]!)];
}
