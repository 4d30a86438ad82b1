using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Projections;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>What the operator applies holds from the next step on, for every step (R04, R06, R63).</summary>
public class PolicySpecs(Office desk) : IClassFixture<Office>
{
    [Fact]
    public async Task required_makes_the_next_sign_in_with_one_factor_pending_until_one_is_enrolled()
    {
        var office = await desk.Open();
        var person = await Person.Make(office.Host, twoStep: false);
        await Apply(office, new { second_factor = new { policy = "required" } });

        var visit = new Visit(office.Host, person);
        var begun = await visit.Create();
        ((string)begun.Response["status"]!).ShouldBe("complete");
        var session = begun.Json["client"]!["sessions"]![0]!;
        ((string)session["status"]!).ShouldBe("pending");
        ((string)session["tasks"]![0]!["key"]!).ShouldBe("setup-mfa");
        (await visit.Facts()).OfType<Converted>().Single().Task.ShouldBe(SessionTask.SetupMfa);

        var account = new Account(person, visit.Browser, (string)session["id"]!);
        await account.AddApp();
        session = (await visit.Browser.Get("/v1/client")).Json["response"]!["sessions"]![0]!;
        ((string)session["status"]!).ShouldBe("active");
        session["tasks"].ShouldBeNull();
        ((int)session["factor_verification_age"]![1]!).ShouldBe(0);
        (await SessionFacts.Of(office.Host, (string)session["id"]!)).OfType<TaskCompleted>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task required_makes_the_session_of_a_sign_up_pending_too()
    {
        var office = await desk.Open();
        await Apply(office, new { second_factor = new { policy = "required" } });

        var done = await new Newcomer(office.Host).Through();

        ((string)done.Json["client"]!["sessions"]![0]!["status"]!).ShouldBe("pending");
    }

    [Fact]
    public async Task where_two_factors_are_always_demanded_a_password_of_eight_characters_is_taken_R44()
    {
        var office = await desk.Open();
        (await new Newcomer(office.Host) { Password = "vqk7 wzd" }.Begin()).ShouldBe(422, "form_password_length_too_short");

        await Apply(office, new { second_factor = new { policy = "required" }, password = new { min_length = 8 } });

        (await new Newcomer(office.Host) { Password = "vqk7 wzd" }.Through()).Status.ShouldBe(200);
        (await new Newcomer(office.Host) { Password = "vqk7wzd" }.Begin()).ShouldBe(422, "form_password_length_too_short");
        (await new Operator(office.Host).Post("/v1/users", new { email_address = new[] { $"{Guid.NewGuid():n}@example.com" }, password = "vqk7 wzd" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task before_its_day_required_demands_nothing_and_restored_it_demands_nothing_again()
    {
        var office = await desk.Open();
        var person = await Person.Make(office.Host, twoStep: false);
        await Apply(office, new { second_factor = new { policy = "required", required_from = new StoryClock().GetUtcNow().AddDays(7) } });
        (await StatusOf(office, person)).ShouldBe("active");

        StoryClock.Advance(TimeSpan.FromDays(8));
        (await StatusOf(office, person)).ShouldBe("pending");

        (await office.Restore(office.Began, office.Tag(1))).Status.ShouldBe(200);
        (await StatusOf(office, person)).ShouldBe("active");
    }

    [Fact]
    public async Task off_stops_enrolment_and_who_is_enrolled_is_still_asked_R04()
    {
        var office = await desk.Open();
        var (enrolled, other) = (await Person.Make(office.Host), await Account.New(office.Host));
        await Apply(office, new { second_factor = new { policy = "off" } });

        ((string)(await new Visit(office.Host, enrolled).Create()).Response["status"]!).ShouldBe("needs_second_factor");
        (await other.Post("/totp")).ShouldBe(403, "feature_not_enabled");
        (await other.Patch($"/phone_numbers/{other.Person.PhoneNumberId}", ("reserved_for_second_factor", "true"))).ShouldBe(403, "feature_not_enabled");
    }

    [Fact]
    public async Task where_a_second_factor_is_required_the_last_one_stays_R63()
    {
        var office = await desk.Open();
        var account = await Account.New(office.Host, twoStep: true);
        await Apply(office, new { second_factor = new { policy = "required" } });

        (await account.Patch($"/phone_numbers/{account.Person.PhoneNumberId}", ("reserved_for_second_factor", "false"))).ShouldBe(400, "second_factor_deletion_not_allowed");
        (await account.Delete($"/phone_numbers/{account.Person.PhoneNumberId}")).ShouldBe(400, "second_factor_deletion_not_allowed");
    }

    [Fact]
    public async Task a_first_factor_that_is_switched_off_is_neither_offered_nor_taken()
    {
        var office = await desk.Open();
        var visit = new Visit(office.Host, await Person.Make(office.Host, twoStep: false));
        await Apply(office, new { first_factors = new[] { "password" } });

        var begun = await visit.Identify();
        begun.Response["supported_first_factors"]!.AsArray().Select(factor => (string)factor!["strategy"]!).ShouldBe(["password"]);
        (await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/prepare_first_factor", ("strategy", "email_code"))).ShouldBe(400, "verification_strategy_invalid");
    }

    [Fact]
    public async Task dials_hold_from_the_next_step_on()
    {
        var office = await desk.Open();
        var visit = new Visit(office.Host, await Person.Make(office.Host));
        await visit.UpToCode();
        await Apply(office, new { dials = new { otp_tries = 2 } });

        (await visit.Attempt("000000")).ShouldBe(422, "form_code_incorrect");
        (await visit.Attempt("000000")).ShouldBe(422, "form_code_incorrect");
        (await visit.Attempt("000000")).ShouldBe(400, "verification_failed");
    }

    [Fact]
    public async Task every_event_says_under_which_version_it_was_decided()
    {
        var office = await desk.Open();
        var person = await Person.Make(office.Host, twoStep: false);
        var (before, after) = (new Visit(office.Host, person), new Visit(office.Host, person));
        await before.Create();
        await Apply(office, new { dials = new { otp_tries = 4 } });
        await after.Create();

        (await VersionOf(office, before)).ShouldBe($"{office.Began}");
        (await VersionOf(office, after)).ShouldBe($"{office.Began + 1}");
    }

    [Fact]
    public async Task several_sessions_may_live_in_one_client_where_that_is_allowed()
    {
        var office = await desk.Open();
        await Apply(office, new { session = new { single_session_mode = false } });
        var (ann, bob) = (await Person.Make(office.Host, twoStep: false), await Person.Make(office.Host, twoStep: false));
        var visit = new Visit(office.Host, ann);
        await visit.Create();
        await new Visit(office.Host, bob) { Browser = visit.Browser }.Create();

        (await visit.Browser.Get("/v1/client")).Json["response"]!["sessions"]!.AsArray().Count.ShouldBe(2);
    }

    private static async Task Apply(Office office, object change)
    {
        var staged = await office.Stage(change);
        staged.Status.ShouldBe(200, staged.Text);
        var applied = await office.Apply(office.Tag());
        applied.Status.ShouldBe(200, applied.Text);
    }

    private static async Task<string> StatusOf(Office office, Person person) =>
        (string)(await new Visit(office.Host, person).Create()).Json["client"]!["sessions"]![0]!["status"]!;

    private static async Task<string?> VersionOf(Office office, Visit visit)
    {
        Auth.Host.Http.SignInId.TryParse(visit.SignIn, out var id).ShouldBeTrue();
        await using var session = office.Host.Store.QuerySession("default");
        var events = await session.Events.FetchStreamAsync(id.Value, token: TestContext.Current.CancellationToken);
        return events.Select(e => e.GetHeader(EventHeaders.Settings)?.ToString()).Distinct().Single();
    }
}
