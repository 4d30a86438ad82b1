using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Numbers of one's own: added, verified in the same session, made second factors, taken off again; each change behind a recent proof (R22, R58, R60 to R63).</summary>
public class EnrolmentSpecs(RunningHost host)
{
    private static int _numbers = 9_000_000;

    [Fact]
    public async Task a_number_is_added_verified_and_made_a_second_factor_S2()
    {
        var account = await Account.New(host);
        var number = NewNumber();
        var added = await account.Post("/phone_numbers", ("phone_number", number));
        added.Status.ShouldBe(200, added.Text);
        var id = (string)added.Response["id"]!;
        ((string)added.Response["verification"]!["status"]!).ShouldBe("unverified");

        (await account.Patch($"/phone_numbers/{id}", ("reserved_for_second_factor", "true"))).ShouldBe(400, "identification_update_second_factor_unverified");

        (await account.Post($"/phone_numbers/{id}/prepare_verification", ("strategy", "phone_code"))).Status.ShouldBe(200);
        var code = await Code(number);
        (await account.Post($"/phone_numbers/{id}/attempt_verification", ("code", Account.Not(code)))).ShouldBe(422, "form_code_incorrect");
        var verified = await account.Post($"/phone_numbers/{id}/attempt_verification", ("code", code));
        ((string)verified.Response["verification"]!["status"]!).ShouldBe("verified");

        var reserved = await account.Patch($"/phone_numbers/{id}", ("reserved_for_second_factor", "true"));
        ((bool)reserved.Response["reserved_for_second_factor"]!).ShouldBeTrue();
        ((bool)reserved.Response["default_second_factor"]!).ShouldBeTrue();
        ((string)(await new Visit(host, account.Person).Create()).Response["status"]!).ShouldBe("needs_second_factor");
    }

    [Fact]
    public async Task the_first_second_factor_counts_in_the_session_that_proved_it_R60()
    {
        var account = await Account.New(host);
        var number = NewNumber();
        var id = (string)(await account.Post("/phone_numbers", ("phone_number", number))).Response["id"]!;
        await account.Post($"/phone_numbers/{id}/prepare_verification", ("strategy", "phone_code"));
        await account.Post($"/phone_numbers/{id}/attempt_verification", ("code", await Code(number)));
        (await account.Patch($"/phone_numbers/{id}", ("reserved_for_second_factor", "true"))).Status.ShouldBe(200);

        (await account.Post("/backup_codes")).Status.ShouldBe(200);
        (await account.Browser.Get("/v1/client")).Json["response"]!["sessions"]![0]!["factor_verification_age"]!.ToJsonString().ShouldBe("[0,0]");
    }

    [Fact]
    public async Task a_number_that_this_session_did_not_prove_has_to_be_proved_before_the_next_change_R60()
    {
        var account = await Account.New(host);
        (await account.Patch($"/phone_numbers/{account.Person.PhoneNumberId}", ("reserved_for_second_factor", "true"))).Status.ShouldBe(200);

        (await account.Post("/backup_codes")).ShouldBe(403, "session_reverification_required");
    }

    [Fact]
    public async Task asked_for_at_once_it_is_a_second_factor_with_its_verification()
    {
        var account = await Account.New(host);
        var number = NewNumber();
        var id = (string)(await account.Post("/phone_numbers", ("phone_number", number), ("reserved_for_second_factor", "true"))).Response["id"]!;
        await account.Post($"/phone_numbers/{id}/prepare_verification", ("strategy", "phone_code"));

        var verified = await account.Post($"/phone_numbers/{id}/attempt_verification", ("code", await Code(number)));
        ((bool)verified.Response["reserved_for_second_factor"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task a_code_is_entered_in_the_session_that_asked_for_it_R62()
    {
        var account = await Account.New(host);
        var elsewhere = await Account.SignIn(host, account.Person, twoStep: false);
        var number = NewNumber();
        var id = (string)(await account.Post("/phone_numbers", ("phone_number", number))).Response["id"]!;
        await account.Post($"/phone_numbers/{id}/prepare_verification", ("strategy", "phone_code"));
        var code = await Code(number);

        (await elsewhere.Post($"/phone_numbers/{id}/attempt_verification", ("code", code))).ShouldBe(400, "verification_missing");
        (await account.Post($"/phone_numbers/{id}/attempt_verification", ("code", code))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task that_somebody_else_has_it_is_told_only_after_the_right_code()
    {
        var (account, other) = (await Account.New(host), await Person.Make(host, twoStep: false));
        var added = await account.Post("/phone_numbers", ("phone_number", other.PhoneNumber));
        added.Status.ShouldBe(200, added.Text);
        var id = (string)added.Response["id"]!;
        await account.Post($"/phone_numbers/{id}/prepare_verification", ("strategy", "phone_code"));

        (await account.Post($"/phone_numbers/{id}/attempt_verification", ("code", await Code(other.PhoneNumber)))).ShouldBe(422, "form_identifier_exists");
    }

    [Fact]
    public async Task an_account_is_no_way_to_text_the_world_NEW_NUMBERS()
    {
        var account = await Account.New(host);
        for (var n = 0; n < 2; n++) (await account.Post("/phone_numbers", ("phone_number", NewNumber()))).Status.ShouldBe(200);
        (await account.Post("/phone_numbers", ("phone_number", NewNumber()))).ShouldBe(400, "too_many_unverified_identifications");
    }

    [Fact]
    public async Task after_ten_minutes_a_change_needs_a_step_up_R60()
    {
        var account = await Account.New(host, twoStep: true);
        StoryClock.Advance(TimeSpan.FromMinutes(10));
        (await account.Post("/phone_numbers", ("phone_number", NewNumber()))).ShouldBe(403, "session_reverification_required");
        (await account.Post("/totp")).ShouldBe(403, "session_reverification_required");
        (await account.Post("/backup_codes")).ShouldBe(403, "session_reverification_required");
        (await account.Post("/email_addresses", ("email_address", "x@example.com"))).ShouldBe(403, "session_reverification_required");
        (await account.Post("/change_password", ("current_password", account.Person.Password), ("new_password", "another horse battery staple"))).ShouldBe(403, "session_reverification_required");
        (await account.Patch($"/phone_numbers/{account.Person.PhoneNumberId}", ("reserved_for_second_factor", "false"))).ShouldBe(403, "session_reverification_required");
        (await account.Delete("/totp")).ShouldBe(403, "session_reverification_required");
        (await account.Delete($"/phone_numbers/{account.Person.PhoneNumberId}")).ShouldBe(403, "session_reverification_required");

        var begun = await account.StepUp("", ("level", "first_factor"));
        ((string)begun.Response["status"]!).ShouldBe("needs_second_factor", "a first factor is not enough for somebody with a second one");
        (await account.StepUp("/attempt_first_factor", ("strategy", "password"), ("password", account.Person.Password))).Status.ShouldBe(200);
        (await account.Post("/totp")).ShouldBe(403, "session_reverification_required");

        (await account.StepUp("/prepare_second_factor", ("strategy", "phone_code"))).Status.ShouldBe(200, "the default one where none is named");
        var done = await account.StepUp("/attempt_second_factor", ("strategy", "phone_code"), ("code", await account.Person.LatestCode(host, texts: 2)));
        ((string)done.Response["status"]!).ShouldBe("complete");
        (await account.Post("/totp")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task somebody_without_a_second_factor_steps_up_with_the_first()
    {
        var account = await Account.New(host);
        StoryClock.Advance(TimeSpan.FromMinutes(10));
        (await account.Post("/totp")).ShouldBe(403, "session_reverification_required");

        ((string)(await account.StepUp("", ("level", "second_factor"))).Response["status"]!).ShouldBe("needs_first_factor");
        (await account.StepUp("/attempt_first_factor", ("strategy", "password"), ("password", "a wrong horse battery staple"))).ShouldBe(422, "form_password_or_identifier_incorrect");
        (await account.StepUp("/attempt_first_factor", ("strategy", "password"), ("password", account.Person.Password))).Status.ShouldBe(200);
        (await account.Post("/totp")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_factor_taken_off_ends_the_other_sessions_R63()
    {
        var account = await Account.New(host, twoStep: true);
        StoryClock.Advance(TimeSpan.FromSeconds(31));
        var visit = new Visit(host, account.Person);
        await visit.Create();
        await visit.Prepare();
        (await visit.Attempt(await account.Person.LatestCode(host, texts: 2))).Status.ShouldBe(200);

        (await account.Patch($"/phone_numbers/{account.Person.PhoneNumberId}", ("reserved_for_second_factor", "false"))).Status.ShouldBe(200);
        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(401);
        (await account.Get("")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task the_last_identifier_stays()
    {
        var account = await Account.New(host);
        (await account.Delete($"/phone_numbers/{account.Person.PhoneNumberId}")).Status.ShouldBe(200);
        var email = (string)(await account.Get("/email_addresses")).Json[0]!["id"]!;
        (await account.Delete($"/email_addresses/{email}")).ShouldBe(400, "identification_deletion_failed");
    }

    [Fact]
    public async Task a_number_taken_off_can_be_somebody_elses()
    {
        var (account, other) = (await Account.New(host), await Account.New(host));
        (await account.Delete($"/phone_numbers/{account.Person.PhoneNumberId}")).Status.ShouldBe(200);
        var id = (string)(await other.Post("/phone_numbers", ("phone_number", account.Person.PhoneNumber))).Response["id"]!;
        await other.Post($"/phone_numbers/{id}/prepare_verification", ("strategy", "phone_code"));

        (await other.Post($"/phone_numbers/{id}/attempt_verification", ("code", await Code(account.Person.PhoneNumber)))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/phone_numbers")]
    [InlineData("GET", "/email_addresses")]
    [InlineData("POST", "/phone_numbers")]
    [InlineData("POST", "/email_addresses")]
    [InlineData("POST", "/totp")]
    [InlineData("DELETE", "/totp")]
    [InlineData("POST", "/totp/attempt_verification")]
    [InlineData("POST", "/backup_codes")]
    [InlineData("POST", "/passkeys")]
    [InlineData("POST", "/passkeys/passkey_00000000000000000000000000/attempt_verification")]
    [InlineData("POST", "/change_password")]
    public async Task a_half_done_sign_in_opens_none_of_it_R61(string method, string path)
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["phone_number"] = "+12015550123",
            ["email_address"] = "x@example.com",
            ["code"] = "123456",
            ["public_key_credential"] = "{}",
            ["new_password"] = "correct horse battery staple two",
        });

        (await visit.Browser.Send(new(new HttpMethod(method), $"/v1/me{path}") { Content = method == "POST" ? form : null })).ShouldBe(401, "authentication_invalid");
    }

    [Fact]
    public async Task the_password_changes_with_the_current_one_and_other_sessions_end_R49()
    {
        var account = await Account.New(host);
        var elsewhere = await Account.SignIn(host, account.Person, twoStep: false);
        const string Another = "another horse battery staple";

        (await account.Post("/change_password", ("current_password", "a wrong horse battery staple"), ("new_password", Another))).ShouldBe(422, "form_password_incorrect");
        (await account.Post("/change_password", ("current_password", account.Person.Password), ("new_password", "1234567890qwertyuiop"))).ShouldBe(422, "form_password_pwned");
        (await account.Post("/change_password", ("current_password", account.Person.Password), ("new_password", Another))).Status.ShouldBe(200);

        (await elsewhere.Get("")).Status.ShouldBe(401);
        (await new Visit(host, account.Person).Create()).ShouldBe(422, "form_password_or_identifier_incorrect");
        (await new Visit(host, account.Person).Create(Another)).Status.ShouldBe(200);
        ((string)(await account.Person.LatestMail(host))["subject"]!).ShouldContain("password", Case.Insensitive);
    }

    private static string NewNumber() => $"+1201{Interlocked.Increment(ref _numbers)}";

    private async Task<string> Code(string number) => await Eventually.Of(async () =>
    {
        var reply = await new Browser(host).Get($"/_sinch/inbox/{Uri.EscapeDataString(number)}");
        return reply.Status == 200 && reply.Json.AsArray() is [{ } text, ..] ? ((string)text["body"]!)[..6] : null;
    });
}
