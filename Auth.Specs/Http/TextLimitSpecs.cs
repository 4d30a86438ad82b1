using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Texts go to open countries, and to everybody together no more than the day's; each one that was kept is a fact, and health says so (R56, R57).</summary>
public class TextLimitSpecs(Office desk) : IClassFixture<Office>
{
    private static int _days, _numbers = 1_000_000;

    [Fact]
    public async Task a_closed_country_is_told_alike_to_people_and_strangers_R51_R57()
    {
        var office = await desk.Open();
        var (number, nobodys) = (Swedish(), Swedish());
        await Person.Make(office.Host, twoStep: false, number: number);

        var (known, unknown) = (await AskAt(office, number), await AskAt(office, nobodys));

        known.ShouldBe(403, "unsupported_country_code");
        unknown.ShouldBe(403, "unsupported_country_code");
        (await office.Stage(new { sms = new { countries = new[] { "SE" } } })).Status.ShouldBe(200);
        (await office.Apply(office.Tag())).Status.ShouldBe(200);
        (await AskAt(office, number)).Status.ShouldBe(200);
        (await AskAt(office, nobodys)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_second_factor_in_a_closed_country_is_not_texted_and_that_is_a_fact_R57()
    {
        var office = await desk.Open();
        var person = await Person.Make(office.Host, number: Swedish());
        var visit = new Visit(office.Host, person);
        (await visit.Create()).Status.ShouldBe(200);

        (await visit.Prepare()).ShouldBe(403, "unsupported_country_code");

        (await visit.Facts()).OfType<SecondFactorRefused>().ShouldBe([new(new(Strategy.PhoneCode, Id(person)), RefusalReason.Country, null, "SE")]);
        (await person.Texts(office.Host)).ShouldBe(0);
    }

    [Fact]
    public async Task a_number_in_a_closed_country_is_not_added_and_the_answer_says_which_R57()
    {
        var office = await desk.Open();
        var account = await Account.New(office.Host);

        var reply = await account.Post("/phone_numbers", ("phone_number", Swedish()));

        reply.ShouldBe(403, "unsupported_country_code");
        var meta = reply.Json["errors"]![0]!["meta"]!;
        ((string)meta["alpha2"]!, (int)meta["country_code"]!).ShouldBe(("SE", 46));
    }

    [Theory]
    [InlineData("+19002345678")]
    [InlineData("+881612345678")]
    [InlineData("+1201555")]
    public async Task a_number_that_is_no_mobiles_is_refused_like_one_that_is_none_R57(string number)
    {
        var office = await desk.Open();
        var account = await Account.New(office.Host);

        (await account.Post("/phone_numbers", ("phone_number", number))).ShouldBe(422, "form_param_format_invalid");
        (await AskAt(office, number)).ShouldBe(422, "form_param_format_invalid");
    }

    [Fact]
    public async Task when_the_day_is_used_up_no_text_leaves_until_midnight_and_health_says_so_R56()
    {
        var office = await Limited(new { sends_per_day = 2, sends_per_country_and_day = 1 }, "record_only");
        foreach (var _ in (int[])[1, 2]) (await (await Passed(office)).Prepare()).Status.ShouldBe(200);
        var late = await Passed(office);

        var refused = await late.Prepare();

        refused.ShouldBe(429, "verification_code_rate_limit_exceeded");
        refused.RetryAfter.ShouldNotBeNull().TotalHours.ShouldBeInRange(0, 24);
        (await late.Facts()).OfType<SecondFactorRefused>().Single().Reason.ShouldBe(RefusalReason.Budget);
        ((string)(await Health(office))["description"]!).ShouldContain("all 2 of the day");
        (await AskAt(office, (await Person.Make(office.Host, twoStep: false)).PhoneNumber)).ShouldBe(429, "verification_code_rate_limit_exceeded");
        (await AskAt(office, "+12015550198")).ShouldBe(429, "verification_code_rate_limit_exceeded");
        StoryClock.Advance(TimeSpan.FromDays(1));
        ((string)(await Health(office))["status"]!).ShouldBe("ok");
        (await (await Passed(office)).Prepare()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task asked_for_at_once_exactly_the_days_texts_leave_R56()
    {
        var office = await Limited(new { sends_per_day = 3, sends_per_country_and_day = 1 }, "record_only");
        var visits = new List<Visit>();
        for (var n = 0; n < 10; n++) visits.Add(await Passed(office));

        var replies = await Task.WhenAll(visits.Select(visit => visit.Prepare()));

        replies.Count(reply => reply.Status == 200).ShouldBe(3);
        replies.Where(reply => reply.Status != 200).ShouldAllBe(reply => reply.Problem == "verification_code_rate_limit_exceeded" || reply.Status == 409);
    }

    [Fact]
    public async Task what_strangers_ask_for_uses_up_nothing_R56()
    {
        var office = await Limited(new { sends_per_day = 1, sends_per_country_and_day = 1 }, "record_only");
        for (var n = 0; n < 3; n++) (await AskAt(office, $"+1205555{1000 + n}")).Status.ShouldBe(200);

        (await (await Passed(office)).Prepare()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_text_to_somebody_who_signs_up_uses_up_the_same_day_and_keeps_to_the_same_countries_R56_R57()
    {
        var office = await Limited(new { sends_per_day = 1, sends_per_country_and_day = 1 }, "record_only");
        var (cleo, abroad) = (new Newcomer(office.Host), new Newcomer(office.Host));
        await abroad.Begin(("phone_number", Swedish()));
        (await abroad.Prepare("phone_code")).ShouldBe(403, "unsupported_country_code");
        await cleo.Begin(("phone_number", cleo.PhoneNumber));
        (await cleo.Prepare("phone_code")).Status.ShouldBe(200);

        (await (await Passed(office)).Prepare()).ShouldBe(429, "verification_code_rate_limit_exceeded");
    }

    [Theory]
    [InlineData("record_only", true)]
    [InlineData("enforce", false)]
    public async Task too_many_to_one_block_of_numbers_are_noted_first_and_kept_where_that_is_enforced_R56(string rule, bool leaves)
    {
        var office = await Limited(new { sends_per_prefix_and_day = 2 }, rule);
        var block = $"+1213{Interlocked.Increment(ref _numbers) % 1000 + 200:d3}";
        for (var n = 0; n < 2; n++) (await (await Passed(office, $"{block}000{n}")).Prepare()).Status.ShouldBe(200);
        var third = await Passed(office, $"{block}0003");

        var reply = await third.Prepare();

        reply.Status.ShouldBe(leaves ? 200 : 429, reply.Text);
        if (leaves) (await third.Facts()).OfType<SecondFactorPrepared>().Single().Noted.ShouldBe(RefusalReason.Prefix);
        else (await third.Facts()).OfType<SecondFactorRefused>().Single().Reason.ShouldBe(RefusalReason.Prefix);
        (await (await Passed(office, $"+1214{Interlocked.Increment(ref _numbers) % 1000 + 200:d3}0000")).Prepare()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task the_operator_reads_the_days()
    {
        var office = await desk.Open();
        await new Visit(office.Host, await Person.Make(office.Host)).Through();

        var sms = await Eventually.Of(async () => (await new Operator(office.Host).Get("/v1/instance/sms?limit=500")).Json.AsArray().FirstOrDefault(row => (string)row!["country"]! == "US" && (int)row["used"]! > 0)?.DeepClone());
        ((string)sms["object"]!, (int)sms["asked"]! >= (int)sms["used"]!).ShouldBe(("sms_day", true));
        var days = await Eventually.Of(async () => (await new Operator(office.Host).Get("/v1/instance/mfa_adoption")).Json.AsArray().FirstOrDefault(row => (int)row!["converted"]! > 0 && (int?)row["second_factors"]!["phone_code"] > 0)?.DeepClone());
        ((string)days["object"]!).ShouldBe("mfa_day");
        (await new Operator(office.Host).Get("/v1/instance/sms?limit=0")).ShouldBe(422, "form_param_value_invalid");
        (await new Browser(office.Host).Get("/v1/instance/sms")).Status.ShouldBe(401);
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> Health(Office office) => (await new Browser(office.Host).Get("/health/ready")).Json["checks"]!["sms"]!;

    private static string Swedish() => $"+4670{Interlocked.Increment(ref _numbers)}";

    private static Guid Id(Person person) => IdentifierId.TryParse(person.PhoneNumberId, out var id) ? id.Value : Guid.Empty;

    private static Task<Reply> AskAt(Office office, string number) => new Browser(office.Host).Post("/v1/client/sign_ins", ("identifier", number), ("strategy", "phone_code"));

    /// <summary>Somebody new whose first factor is right.</summary>
    private static async Task<Visit> Passed(Office office, string? number = null)
    {
        var visit = new Visit(office.Host, await Person.Make(office.Host, number: number));
        (await visit.Create()).Status.ShouldBe(200);
        return visit;
    }

    /// <summary>On a day of the spec's own, on which no text left yet: moved here, where the spec still sees it.</summary>
    private Task<Office> Limited(object dials, string rule)
    {
        StoryClock.Advance(TimeSpan.FromDays(3 * Interlocked.Increment(ref _days)));
        return Applied(dials, rule);
    }

    private async Task<Office> Applied(object dials, string rule)
    {
        var office = await desk.Open();
        (await office.Stage(new { dials, sms = new { fraud_rule = rule } })).Status.ShouldBe(200);
        var applied = await office.Apply(office.Tag());
        applied.Status.ShouldBe(200, applied.Text);
        return office;
    }
}
