using System.Text.Json;
using System.Text.Json.Nodes;
using Auth.Domain.Instances;
using Auth.Host.Instances;
using Auth.Host.Wiring;
using Auth.Projections;
using Auth.Specs.Given;
using JasperFx.Events;

namespace Auth.Specs.Http;

/// <summary>The operator's policy through the Backend API: staged, looked at, applied, restored. What is refused is asked of the host that all specs share.</summary>
public class SettingsSpecs(RunningHost shared, Office desk) : IClassFixture<Office>
{
    private const string Path = Office.Path;

    [Fact]
    public async Task as_shipped_it_is_version_0_with_nothing_staged()
    {
        var settings = await Office.Send(shared, HttpMethod.Get, Path);

        settings.Status.ShouldBe(200);
        settings.Headers["ETag"].ShouldBe("\"0\"");
        Shape.Of([settings.Json]).ShouldBe(Shape.Flat("""
            { object: text, version: number, staged: null, guess_odds: [{ strategy: text, guesses_in_a_day: number, chance_in_a_day: number }],
            second_factor: { required: flag, policy: text, required_from: null }, first_factors: [text], second_factors: [text],
            dials: { otp_ttl: number, otp_tries: number, fail_wait_from: number, fail_wait_first: number, fail_wait_longest: number, sign_in_ttl: number, second_factor_ttl:
            number, resend_gap: number, sends_per_number_and_hour: number, sends_per_number_and_day: number, sends_per_user_and_hour: number, access_ttl: number,
            session_idle: number, session_max: number, fail_hard: number, step_up_ttl: number, new_numbers_per_user_and_day: number, recovery_wait: number, sends_per_day: number, sends_per_country_and_day: number,
            sends_per_prefix_and_day: number }, password: { min_length: number }, sign_up: { mode: null, open: flag },
            session: { single_session_mode: flag }, sms: { countries: [], home_country: text, fraud_rule: text }, trusted_devices: { enabled: flag, days: number }, retention: { person_days: number }, allowed_origins: [],
            redirect_urls: [], branding: { name: null, logo_url: null, primary_color: null, background_color: null } }
            """));
    }

    [Fact]
    public async Task the_odds_of_a_guess_follow_the_dials_in_force()
    {
        var host = await desk.Open();
        Odds(await host.Get()).ShouldBe((39, 0.000039));

        await host.Stage(new { dials = new { fail_wait_from = 5 } });
        Odds(await host.Get()).ShouldBe((39, 0.000039));
        Odds(await host.Apply(host.Tag())).ShouldBe((34, 0.000034));

        static (int, double) Odds(Reply settings)
        {
            var row = settings.Json["guess_odds"]!.AsArray().Single(row => (string)row!["strategy"]! == "phone_code")!;
            return ((int)row["guesses_in_a_day"]!, (double)row["chance_in_a_day"]!);
        }
    }

    [Fact]
    public async Task a_change_is_staged_and_shown_and_changes_nothing()
    {
        var host = await desk.Open();

        var staged = await host.Stage(new { second_factor = new { policy = "required" }, dials = new { otp_ttl = 240 } });

        staged.Status.ShouldBe(200, staged.Text);
        ((string)staged.Json["second_factor"]!["policy"]!).ShouldBe("optional");
        Diff(staged.Json["staged"]!).ShouldBe(["second_factor.policy: optional → required", "dials.otp_ttl: 300 → 240"]);
        ((string)staged.Json["staged"]!["by"]!).ShouldMatch("^key_[0-9a-f]{8}$");
        JsonNode.DeepEquals(Timeless(await host.Get()), Timeless(staged)).ShouldBeTrue("what was answered is what is read");
        (await host.Environment())["user_settings"]!["sign_in"]!["second_factor"]!["required"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task changes_are_merged_and_null_is_as_shipped()
    {
        var host = await desk.Open();
        await host.Stage(new { dials = new { otp_ttl = 240, otp_tries = 3 } });

        Diff((await host.Stage(new { sms = new { countries = new[] { "SE", "NO" } } })).Json["staged"]!)
            .ShouldBe(["dials.otp_ttl: 300 → 240", "dials.otp_tries: 5 → 3", "sms.countries: [] → [\"NO\",\"SE\"]"]);
        Diff((await host.Stage(new { dials = new { otp_ttl = (int?)null } })).Json["staged"]!).ShouldBe(["dials.otp_tries: 5 → 3", "sms.countries: [] → [\"NO\",\"SE\"]"]);
        (await host.Stage(new { dials = (object?)null, sms = (object?)null })).Json["staged"].ShouldBeNull();
    }

    [Fact]
    public async Task what_was_read_can_be_sent_back()
    {
        var host = await desk.Open();
        var read = (await host.Get()).Json;
        read["branding"]!["name"] = "Acme";

        Diff((await host.Stage(read)).Json["staged"]!).ShouldBe(["branding.name: null → Acme"]);
    }

    [Fact]
    public async Task what_is_staged_can_be_thrown_away_twice()
    {
        var host = await desk.Open();
        await host.Stage(new { dials = new { otp_ttl = 240 } });

        foreach (var _ in new[] { 1, 2 }) (await host.Send(HttpMethod.Delete, $"{Path}/staged")).Json["staged"].ShouldBeNull();

        (await host.Apply(host.Tag())).ShouldBe(409, "settings_nothing_staged");
    }

    [Fact]
    public async Task applied_it_is_in_force_for_clients_and_in_the_row_that_steps_read()
    {
        var host = await desk.Open();
        await host.Stage(new
        {
            second_factor = new { policy = "required" },
            password = new { min_length = 12 },
            session = new { single_session_mode = false },
            branding = new { name = "Acme", logo_url = "https://acme.example/logo.svg" },
            dials = new { fail_wait_from = 7, fail_wait_longest = 7200 },
        });

        var applied = await host.Apply(host.Tag(), new { reason = "The auditors asked." });

        (applied.Status, applied.Headers["ETag"]).ShouldBe((200, host.Tag(1)), applied.Text);
        (applied.Json["staged"], (bool)applied.Json["second_factor"]!["required"]!).ShouldBe((null, true));
        var environment = await host.Environment();
        environment["user_settings"]!["sign_in"]!["second_factor"]!["required"]!.GetValue<bool>().ShouldBeTrue();
        environment["user_settings"]!["password_settings"]!["min_length"]!.GetValue<int>().ShouldBe(12);
        environment["user_settings"]!["attack_protection"]!["user_lockout"]!.ToJsonString().ShouldBe("""{"enabled":true,"max_attempts":7,"duration_in_minutes":120}""");
        environment["auth_config"]!["single_session_mode"]!.GetValue<bool>().ShouldBeFalse();
        ((string)environment["display_config"]!["application_name"]!).ShouldBe("Acme");
        ((string)environment["display_config"]!["logo_image_url"]!).ShouldBe("https://acme.example/logo.svg");
        var row = await host.Row();
        (row.Version, row.InForce.TwoStep.Policy, row.InForce.Dials.WaitFrom).ShouldBe((host.Began + 1, TwoStepPolicy.Required, 7));
    }

    [Fact]
    public async Task off_stops_enrolment_and_hides_nothing_that_people_have()
    {
        var host = await desk.Open();
        await host.Stage(new { second_factor = new { policy = "off" } });
        await host.Apply(host.Tag());

        var environment = await host.Environment();

        environment["user_settings"]!["attributes"]!["phone_number"]!["used_for_second_factor"]!.GetValue<bool>().ShouldBeFalse();
        environment["auth_config"]!["second_factors"]!.ToJsonString().ShouldBe("""["phone_code","totp","backup_code","passkey"]""");
    }

    [Fact]
    public async Task two_operators_who_looked_at_the_same_version_apply_once()
    {
        var host = await desk.Open();
        await host.Stage(new { dials = new { otp_ttl = 240 } });

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.Apply(host.Tag())));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        foreach (var late in replies.Where(reply => reply.Status != 200)) late.ShouldBe(412, "settings_version_mismatch");
        (await host.Get()).Headers["ETag"].ShouldBe(host.Tag(1));
    }

    [Fact]
    public async Task an_operator_applies_only_the_staging_they_looked_at()
    {
        var host = await desk.Open();
        var mine = (int)(await host.Stage(new { dials = new { otp_ttl = 240 } })).Json["staged"]!["revision"]!;
        await host.Stage(new { dials = new { otp_tries = 1 } });

        (await host.Apply(host.Tag(), new { revision = mine })).ShouldBe(412, "settings_version_mismatch");
        (await host.Apply(host.Tag(), new { revision = mine + 1 })).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(null, 428, "settings_version_required")]
    [InlineData("999999", 412, "settings_version_mismatch")]
    [InlineData("*", 412, "settings_version_mismatch")]
    [InlineData("one", 412, "settings_version_mismatch")]
    public async Task who_does_not_say_what_they_looked_at_changes_nothing(string? version, int status, string code)
    {
        var host = await desk.Open();
        await host.Stage(new { dials = new { otp_ttl = 240 } });

        (await host.Apply(version)).ShouldBe(status, code);
        (await host.Restore(0, version)).ShouldBe(status, code);

        (await host.Get()).Headers["ETag"].ShouldBe(host.Tag());
    }

    [Fact]
    public async Task an_earlier_version_is_restored_and_all_of_it_is_told()
    {
        var host = await desk.Open();
        await host.Stage(new { second_factor = new { policy = "required" } });
        await host.Apply(host.Tag(), new { reason = "The auditors asked." });
        await host.Stage(new { dials = new { otp_ttl = 240 } });

        var restored = await host.Restore(0, host.Tag(1), new { reason = "Nobody could sign in." });

        (restored.Status, restored.Headers["ETag"]).ShouldBe((200, host.Tag(2)), restored.Text);
        (restored.Json["staged"], (string)restored.Json["second_factor"]!["policy"]!).ShouldBe((null, "optional"));
        var versions = (await host.Send(HttpMethod.Get, $"{Path}/versions?limit=2")).Json.AsArray();
        versions.Select(version => (long)version!["version"]!).ShouldBe([host.Began + 2, host.Began + 1]);
        versions.Select(version => (int?)version!["restored_from"]).ShouldBe([0, null]);
        versions.Select(version => (string?)version!["reason"]).ShouldBe(["Nobody could sign in.", "The auditors asked."]);
        versions.Select(version => Diff(version!).Single()).ShouldBe(["second_factor.policy: required → optional", "second_factor.policy: optional → required"]);
        versions.Select(version => (string)version!["by"]!).Distinct().Single().ShouldMatch("^key_[0-9a-f]{8}$");
        (await host.Send(HttpMethod.Get, $"{Path}/versions?limit=1&offset=1")).Json.AsArray().Select(version => (long)version!["version"]!).ShouldBe([host.Began + 1]);
        (await host.Row()).Version.ShouldBe(host.Began + 2);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("-1")]
    [InlineData("one")]
    public async Task what_never_was_cannot_be_restored(string version) =>
        (await Office.Send(shared, HttpMethod.Post, $"{Path}/versions/{version}/restore", new { }, "0")).ShouldBe(404, "resource_not_found");

    [Fact]
    public async Task everything_that_is_wrong_with_a_change_is_told_at_once()
    {
        var refused = await Refused(new
        {
            dials = new { otp_ttl = "soon", speed = 7 },
            second_factor = new { policy = "maybe" },
            sms = new { countries = new[] { "Sweden" } },
            branding = new { name = "<b>" },
        });

        refused.Status.ShouldBe(422);
        Wrong(refused).ShouldBe(
        [
            "form_param_format_invalid dials.otp_ttl", "form_param_unknown dials.speed", "form_param_value_invalid second_factor.policy",
            "form_param_value_invalid sms.countries", "form_param_format_invalid branding.name",
        ], ignoreOrder: true);
        (await Office.Send(shared, HttpMethod.Get, Path)).Json["staged"].ShouldBeNull();
    }

    [Fact]
    public async Task more_than_fits_is_told_as_far_as_it_fits()
    {
        var refused = await Refused(Enumerable.Range(0, 90).ToDictionary(n => $"{new string('x', 90)}{n}", _ => 1));

        Wrong(refused).Count().ShouldBe(5);
        System.Text.Encoding.UTF8.GetByteCount(refused.Text).ShouldBeLessThanOrEqualTo(2048);
    }

    [Fact]
    public async Task beyond_a_ceiling_the_bounds_are_told_and_for_a_contradiction_the_other_field()
    {
        var refused = await Refused(new { dials = new { otp_tries = 6 }, password = new { min_length = 8 } });

        Wrong(refused).ShouldBe(["setting_out_of_bounds dials.otp_tries", "settings_contradictory password.min_length"]);
        refused.Json["errors"]![0]!["meta"]!.ToJsonString().ShouldBe("""{"param_name":"dials.otp_tries","least":1,"most":5}""");
        refused.Json["errors"]![1]!["meta"]!.ToJsonString().ShouldBe("""{"param_name":"password.min_length","with":"second_factor.policy"}""");
    }

    [Fact]
    public async Task what_needs_a_reason_gets_one_or_stays_staged()
    {
        var host = await desk.Open();
        await host.Stage(new { dials = new { session_max = 604800 } });

        (await host.Apply(host.Tag())).ShouldBe(422, "setting_reason_required");
        (await host.Apply(host.Tag(), new { reason = new string('x', 201) })).ShouldBe(422, "form_param_max_length_exceeded");
        (await host.Apply(host.Tag(), new { reason = "A kiosk." })).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("allowed_origins", "app.example.com")]
    [InlineData("allowed_origins", "https://app.example.com/path")]
    [InlineData("allowed_origins", "javascript:alert(1)")]
    [InlineData("redirect_urls", "javascript:alert(1)")]
    [InlineData("redirect_urls", "/relative")]
    [InlineData("first_factors", "telepathy")]
    public async Task what_is_no_origin_address_or_strategy_is_refused(string field, string value)
    {
        (await Refused(new Dictionary<string, string[]> { [field] = [value] })).ShouldBe(422, "form_param_value_invalid");
    }

    [Theory]
    [InlineData("""{"dials":7}""")]
    [InlineData("""{"dials":{"otp_ttl":-1}}""")]
    [InlineData("""{"dials":{"otp_ttl":299.5}}""")]
    [InlineData("""{"dials":{"otp_ttl":99999999999}}""")]
    [InlineData("""{"dials":{"otp_ttl":{"seconds":300}}}""")]
    [InlineData("""{"first_factors":"password"}""")]
    [InlineData("""{"first_factors":[1]}""")]
    [InlineData("""{"first_factors":[null]}""")]
    [InlineData("""{"sms":[]}""")]
    [InlineData("""{"session":{"single_session_mode":"true"}}""")]
    [InlineData("""{"second_factor":{"policy":""}}""")]
    [InlineData("""{"second_factor":{"policy":"required","required_from":"tomorrow"}}""")]
    [InlineData("""{"branding":{"primary_color":"red"}}""")]
    [InlineData("""{"branding":{"logo_url":"http://acme.example/logo.svg"}}""")]
    public async Task what_has_another_form_is_refused(string change) =>
        (await Refused(JsonNode.Parse(change)!)).ShouldBe(422, "form_param_format_invalid");

    [Theory]
    [InlineData(null, true)]
    [InlineData("SE", true)]
    [InlineData("se", false)]
    [InlineData("Sweden", false)]
    public void the_operators_country_is_one(string? home, bool starts)
    {
        var read = () => InstanceOptions.From(Instances.Section(("HomeCountry", home)));
        if (starts) read().HomeCountry.ShouldBe(home);
        else Should.Throw<SettingException>(read).Message.ShouldContain("Auth:HomeCountry");
    }

    [Fact]
    public async Task each_change_is_an_event_beside_the_version_that_was_in_force()
    {
        var host = await desk.Open();
        var before = (await Facts(host)).Count;
        await host.Stage(new { dials = new { otp_ttl = 240 } });
        await host.Apply(host.Tag());
        await host.Restore(0, host.Tag(1));

        var events = (await Facts(host)).Skip(before).ToList();

        events.Select(e => e.EventTypeName).ShouldBe(["instance.settings_staged", "instance.settings_applied", "instance.settings_applied"]);
        events.Select(e => e.GetHeader(EventHeaders.Settings)?.ToString()).ShouldBe([$"{host.Began}", $"{host.Began}", $"{host.Began + 1}"]);
        events.ShouldAllBe(e => EventHeaders.Read(e.GetHeader(EventHeaders.Address)) != null);
        JsonSerializer.Serialize(events.Select(e => e.Data)).ShouldNotContain(RunningHost.SecretKey);
    }

    [Fact]
    public async Task an_allowed_origin_is_let_in_once_it_is_applied_and_no_longer_once_it_is_restored_R74()
    {
        var host = await desk.Open();
        await host.Stage(new { allowed_origins = new[] { "https://App.example.com:443/" }, redirect_urls = new[] { "https://elsewhere.example/home?x=1" } });
        (await Meets(host, "https://app.example.com")).ShouldBe((false, false));

        await host.Apply(host.Tag());
        await Eventually.Of(async () => await Meets(host, "https://app.example.com") == (true, true) ? "in" : null);
        (await Meets(host, "https://elsewhere.example")).ShouldBe((false, true));

        await host.Restore(0, host.Tag(1));
        await Eventually.Of(async () => await Meets(host, "https://app.example.com") == (false, false) ? "out" : null);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PATCH", "")]
    [InlineData("DELETE", "/staged")]
    [InlineData("POST", "/apply")]
    [InlineData("GET", "/versions")]
    [InlineData("POST", "/versions/0/restore")]
    public async Task nobody_without_the_key_gets_anywhere_R69(string method, string path) =>
        (await new Browser(shared).Send(new(new(method), Path + path))).ShouldBe(401, "authentication_invalid");

    /// <summary>The store's time of the event is a moment after the decision's.</summary>
    private static JsonNode Timeless(Reply reply)
    {
        var settings = reply.Json;
        settings["staged"]!["at"] = 0;
        return settings;
    }

    private Task<Reply> Refused(object change) => Office.Send(shared, HttpMethod.Patch, Path, change);

    private static async Task<IReadOnlyList<IEvent>> Facts(Office host)
    {
        await using var session = host.Host.Store.QuerySession(Tenants.Default);
        return await session.Events.FetchStreamAsync(Instance.TheOne, token: TestContext.Current.CancellationToken);
    }

    /// <summary>Whether a page of that origin may read answers, and whether a browser may be sent to the redirect URL.</summary>
    private static async Task<(bool Reads, bool Redirects)> Meets(Office host, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/environment");
        request.Headers.Add("Origin", origin);
        var reads = (await new Browser(host.Host).Send(request)).Headers.ContainsKey("Access-Control-Allow-Origin");
        var touched = await new Browser(host.Host).Get($"/v1/client/touch?redirect_url={Uri.EscapeDataString("https://elsewhere.example/home?x=1")}");
        return (reads, touched.Status is not 400);
    }

    private static IEnumerable<string> Diff(JsonNode of) => of["diff"]!.AsArray().Select(change => $"{change!["field"]}: {Shown(change["before"])} → {Shown(change["after"])}");

    private static string Shown(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var written) ? written : value?.ToJsonString() ?? "null";

    private static IEnumerable<string> Wrong(Reply refused) => refused.Json["errors"]!.AsArray().Select(error => $"{error!["code"]} {error["meta"]!["param_name"]}");
}
