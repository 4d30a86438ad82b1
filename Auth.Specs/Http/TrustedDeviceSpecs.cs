using Auth.Domain.SignIns;
using Auth.Host.TrustedDevices;
using Auth.Specs.Given;
using Marten;

namespace Auth.Specs.Http;

/// <summary>A device that is spared the second factor for a while, by the person's wish and where the operator allows it (R66).</summary>
public class TrustedDeviceSpecs(Office desk) : IClassFixture<Office>
{
    private static readonly TimeSpan ThirtyDays = TimeSpan.FromDays(30);

    private Operator Operator => new(desk.Host);

    [Fact]
    public async Task the_next_sign_in_there_needs_one_factor_and_its_history_says_why_R04_R66()
    {
        var (person, visit) = await Trusted();
        var trusted = (await visit.Facts()).OfType<DeviceTrusted>().Single();
        var first = visit.SignIn;

        ((string)(await visit.Create()).Response["status"]!).ShouldBe("complete");

        var skipped = (await visit.Facts()).OfType<SecondFactorSkipped>().Single();
        (skipped.Trust, new Auth.Host.Http.SignInId(skipped.TrustedIn).ToString()).ShouldBe((trusted.Trust, first));
        var session = (await visit.Browser.Get("/v1/client")).Response["sessions"]![0]!;
        ((int)session["factor_verification_age"]![1]!).ShouldBe(-1);
        (await new Account(person, visit.Browser, (string)session["id"]!).Post("/backup_codes")).ShouldBe(403, "session_reverification_required");
    }

    [Fact]
    public async Task it_outlives_signing_out_and_no_other_browser_has_it()
    {
        var (person, visit) = await Trusted();
        await visit.Browser.Post("/v1/client/sessions?_method=DELETE");
        ((string)(await visit.Create()).Response["status"]!).ShouldBe("complete");
        ((string)(await new Visit(desk.Host, person).Create()).Response["status"]!).ShouldBe("needs_second_factor");
    }

    [Fact]
    public async Task the_cookie_from_before_it_was_trusted_is_a_strangers()
    {
        var (person, visit, before) = await TrustedFrom();
        ((string)(await new Visit(desk.Host, person) { Browser = before }.Create()).Response["status"]!).ShouldBe("needs_second_factor");
        ((string)(await visit.Create()).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task a_wrong_password_is_still_wrong_R66()
    {
        var (_, visit) = await Trusted();
        (await visit.Create("not their password, but long")).ShouldBe(422, "form_password_or_identifier_incorrect");
    }

    [Fact]
    public async Task it_is_somebody_elses_device_for_somebody_else()
    {
        var (_, visit) = await Trusted();
        var other = new Visit(desk.Host, await Person.Make(desk.Host)) { Browser = visit.Browser };
        ((string)(await other.Create()).Response["status"]!).ShouldBe("needs_second_factor");
    }

    [Fact]
    public async Task it_ends_after_thirty_days_R66()
    {
        var (_, visit) = await Trusted();
        StoryClock.Advance(ThirtyDays);
        ((string)(await visit.Create()).Response["status"]!).ShouldBe("needs_second_factor");
    }

    [Fact]
    public async Task a_changed_factor_ends_it_R63_R66()
    {
        var (person, visit) = await Trusted();
        var account = await SignedInElsewhere(person);
        (await account.Get("/trusted_devices")).Json.AsArray().Count.ShouldBe(1);
        await account.AddApp();
        (await account.Get("/trusted_devices")).Json.AsArray().ShouldBeEmpty();
        ((string)(await visit.Create()).Response["status"]!).ShouldBe("needs_second_factor");
    }

    [Fact]
    public async Task it_is_listed_and_revoked_by_its_person()
    {
        var (person, visit) = await Trusted();
        var account = await SignedInElsewhere(person);
        var listed = (await account.Get("/trusted_devices")).Json[0]!;
        ((string)listed["object"]!, (bool)listed["current"]!, (string)listed["sign_in_id"]!).ShouldBe(("trusted_device", false, visit.SignIn));

        (await account.Delete($"/trusted_devices/{listed["id"]}")).Status.ShouldBe(200);
        (await account.Delete($"/trusted_devices/{listed["id"]}")).ShouldBe(404, "resource_not_found");
        ((string)(await visit.Create()).Response["status"]!).ShouldBe("needs_second_factor");
    }

    [Fact]
    public async Task the_operator_lists_and_revokes_it_too()
    {
        var (person, visit) = await Trusted();
        var (mine, other) = ((string)(await Operator.Get($"/v1/users/{person.UserId}/trusted_devices")).Json[0]!["id"]!, await Person.Make(desk.Host));
        (await Operator.Delete($"/v1/users/{other.UserId}/trusted_devices/{mine}")).ShouldBe(404, "resource_not_found");
        (await Operator.Delete($"/v1/users/{person.UserId}/trusted_devices/{mine}")).Status.ShouldBe(200);
        ((string)(await visit.Create()).Response["status"]!).ShouldBe("needs_second_factor");
    }

    [Fact]
    public async Task it_goes_with_its_person()
    {
        var (person, _) = await Trusted();
        await Operator.Delete($"/v1/users/{person.UserId}");
        await using var session = desk.Host.Store.QuerySession("default");
        (await session.Query<TrustedDevice>().CountAsync(row => row.UserId == person.Id, TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task where_the_operator_does_not_allow_it_nothing_is_trusted()
    {
        await desk.Open();
        var visit = new Visit(desk.Host, await Person.Make(desk.Host));
        await Finish(visit, await visit.UpToCode());
        (await visit.Facts()).OfType<DeviceTrusted>().ShouldBeEmpty();
        ((string)(await visit.Create()).Response["status"]!).ShouldBe("needs_second_factor");
    }

    private async Task<Account> SignedInElsewhere(Person person)
    {
        var visit = new Visit(desk.Host, person);
        await visit.Create();
        await visit.Prepare();
        var done = await visit.Attempt(await person.LatestCode(desk.Host, texts: 2));
        done.Status.ShouldBe(200, done.Text);
        return new(person, visit.Browser, (string)done.Response["created_session_id"]!);
    }

    private async Task<(Person, Visit)> Trusted()
    {
        var (person, visit, _) = await TrustedFrom();
        return (person, visit);
    }

    private async Task<(Person, Visit, Browser)> TrustedFrom()
    {
        await desk.Open();
        (await desk.Stage(new { trusted_devices = new { enabled = true } })).Status.ShouldBe(200);
        (await desk.Apply(desk.Tag())).Status.ShouldBe(200);
        var person = await Person.Make(desk.Host);
        var visit = new Visit(desk.Host, person);
        var code = await visit.UpToCode();
        var before = visit.Browser.Twin();
        await Finish(visit, code);
        return (person, visit, before);
    }

    private static async Task Finish(Visit visit, string code) =>
        (await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "phone_code"), ("code", code), ("trust_device", "true"))).Status.ShouldBe(200);
}
