using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Auth.Host.SignUps;
using Auth.Host.Users;
using Auth.Specs.Given;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Http;

/// <summary>Somebody makes an account of their own, and is signed in with it (R03, R14, R19, R51, R56, R85).</summary>
public class SignUpSpecs(RunningHost host)
{
    [Fact]
    public async Task address_password_and_mailed_code_make_a_person_who_is_signed_in()
    {
        var cleo = new Newcomer(host);
        var begun = await cleo.Begin(("email_address", cleo.EmailAddress), ("password", cleo.Password), ("first_name", "Cleo"), ("last_name", "Nile"));
        ((string)begun.Response["status"]!, (string)begun.Response["object"]!).ShouldBe(("missing_requirements", "sign_up_attempt"), begun.Text);
        begun.Response["unverified_fields"]!.AsArray().Select(field => (string)field!).ShouldBe(["email_address"]);
        begun.Response["verifications"]!["email_address"].ShouldBeNull("clients ask for a code where they see nothing");
        ((string)begun.Json["client"]!["sign_up"]!["id"]!).ShouldBe(cleo.SignUp);
        var before = cleo.Browser.Cookie;

        var sent = await cleo.Prepare();
        ((string)sent.Response["verifications"]!["email_address"]!["next_action"]!).ShouldBe("needs_attempt");
        var done = await cleo.Attempt(await cleo.MailedCode());

        done.Status.ShouldBe(200, done.Text);
        ((string)done.Response["status"]!).ShouldBe("complete");
        var session = done.Json["client"]!["sessions"]!.AsArray().Single()!;
        ((string)done.Response["created_session_id"]!).ShouldBe((string)session["id"]!);
        ((string)done.Response["created_user_id"]!).ShouldBe((string)session["user"]!["id"]!);
        done.Json["client"]!["sign_up"].ShouldBeNull();
        cleo.Browser.Cookie.ShouldNotBe(before, "the client has a new secret");
        ((string)(await cleo.Browser.Get("/v1/me")).Response["last_name"]!).ShouldBe("Nile");
        ((string)(await cleo.Get()).Response["status"]!).ShouldBe("complete");
        var visit = new Visit(host, new Person(Guid.Empty, cleo.EmailAddress, "", "", cleo.Password));
        ((string)(await visit.Create()).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task number_and_texted_code_do_as_well_and_bit_by_bit()
    {
        var cleo = new Newcomer(host);
        var begun = await cleo.Begin(("first_name", "Cleo"));
        begun.Response["missing_fields"]!.AsArray().Select(field => (string)field!).ShouldBe(["email_address", "password"]);
        (await cleo.Prepare("phone_code")).ShouldBe(400, "verification_missing");
        (await cleo.Give(("phone_number", cleo.PhoneNumber))).Response["missing_fields"]!.AsArray().Select(field => (string)field!).ShouldBe(["password"]);
        (await cleo.Prepare("phone_code")).Status.ShouldBe(200);
        var proved = await cleo.Attempt(await cleo.TextedCode(), "phone_code");
        ((string)proved.Response["verifications"]!["phone_number"]!["status"]!).ShouldBe("verified");
        proved.SetsCookie.ShouldBeFalse();

        var done = await cleo.Give(("password", cleo.Password));

        ((string)done.Response["status"]!).ShouldBe("complete");
        ((string)(await cleo.Browser.Get("/v1/me")).Response["phone_numbers"]![0]!["phone_number"]!).ShouldBe(cleo.PhoneNumber);
    }

    [Fact]
    public async Task the_session_comes_from_a_sign_in_like_every_other_R03()
    {
        var cleo = new Newcomer(host);
        await cleo.Through();
        var completed = (await cleo.Facts()).OfType<SignUpCompleted>().Single();

        var facts = await Newcomer.Facts(host, completed.SignIn);

        facts.Select(fact => fact.GetType()).ShouldBe([typeof(Identified), typeof(FirstFactorVerified), typeof(Converted)]);
        facts.OfType<FirstFactorVerified>().Single().Authenticator.Strategy.ShouldBe(Strategy.EmailCode);
        facts.OfType<Converted>().Single().Session.ShouldBe(completed.Session);
    }

    [Fact]
    public async Task what_was_proved_long_ago_is_told_to_be_old()
    {
        var cleo = new Newcomer(host);
        await cleo.Begin(("email_address", cleo.EmailAddress));
        await cleo.Prepare();
        await cleo.Attempt(await cleo.MailedCode());
        StoryClock.Advance(TimeSpan.FromHours(2));

        var done = await cleo.Give(("password", cleo.Password));

        ((long)done.Json["client"]!["sessions"]![0]!["factor_verification_age"]![0]!).ShouldBe(120);
    }

    [Fact]
    public async Task a_common_password_and_ones_own_words_are_refused_at_every_step_R45()
    {
        var cleo = new Newcomer(host);
        (await cleo.Begin(("email_address", cleo.EmailAddress), ("password", "1234567890qwertyuiop"))).ShouldBe(422, "form_password_pwned");
        (await cleo.Begin(("email_address", cleo.EmailAddress), ("password", cleo.EmailAddress))).ShouldBe(422, "form_password_not_strong_enough");
        await cleo.Begin(("email_address", cleo.EmailAddress), ("first_name", "Cleopatra"));

        (await cleo.Give(("password", "1234567890qwertyuiop"))).ShouldBe(422, "form_password_pwned");
        (await cleo.Give(("password", cleo.EmailAddress))).ShouldBe(422, "form_password_not_strong_enough");
        (await cleo.Give(("last_name", "Philopator"), ("password", "Cleopatra Philopator"))).ShouldBe(422, "form_password_not_strong_enough");
        (await cleo.Facts()).OfType<SignUpPasswordChosen>().ShouldBeEmpty();
    }

    [Fact]
    public async Task that_an_address_is_taken_is_told_to_nobody_but_its_owner_R51()
    {
        var (person, free) = (await Person.Make(host), new Newcomer(host));
        var taken = new Newcomer(host, person.EmailAddress);
        var answers = new List<(int, string)>[2];
        foreach (var (who, i) in new[] { free, taken }.Select((who, i) => (who, i)))
        {
            var replies = new[] { await who.Begin(), await who.Prepare(), await who.Attempt("000000"), await who.Attempt("000001"), await who.Prepare(), await who.Get(), await who.Give(("first_name", "Cleo")) };
            answers[i] = [.. replies.Select(reply => (reply.Status, reply.Problem ?? Shape.Of([reply.Json])))];
        }

        answers[1].ShouldBe(answers[0]);
        (await taken.Attempt(await taken.MailedCode())).ShouldBe(422, "form_identifier_exists");
        ((string)(await free.Attempt(await free.MailedCode())).Response["status"]!).ShouldBe("complete");
        (await taken.Facts()).OfType<SignUpIdentifierTaken>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task who_owns_a_taken_address_goes_on_with_another_one()
    {
        var person = await Person.Make(host);
        var taken = new Newcomer(host, person.EmailAddress);
        (await taken.Attempt(await taken.UpToCode())).ShouldBe(422, "form_identifier_exists");

        (await taken.Get()).Response["missing_fields"]!.AsArray().Select(field => (string)field!).ShouldBe(["email_address"]);
        (await taken.Give(("phone_number", taken.PhoneNumber))).Status.ShouldBe(200);
        await taken.Prepare("phone_code");
        ((string)(await taken.Attempt(await taken.TextedCode(), "phone_code")).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task failures_at_a_sign_up_do_not_tell_a_sign_in_who_is_a_stranger_R51()
    {
        var statuses = new List<int>();
        foreach (var address in new[] { (await Person.Make(host)).EmailAddress, $"{Guid.NewGuid():n}@example.com" })
        {
            for (var tries = 0; tries < 2; tries++)
            {
                var newcomer = new Newcomer(host, address);
                await newcomer.Begin();
                await newcomer.Prepare();
                for (var guess = 0; guess < 5; guess++) await newcomer.Attempt($"00000{guess}");
            }

            var third = new Newcomer(host, address);
            await third.Begin();
            statuses.Add((await third.Prepare()).Status);
            statuses.Add((await new Browser(host).Post("/v1/client/sign_ins", ("identifier", address), ("strategy", "email_code"))).Status);
        }

        statuses.ShouldBe([429, 200, 429, 200]);
    }

    [Fact]
    public async Task five_guesses_and_no_more_R14()
    {
        var cleo = new Newcomer(host);
        var code = await cleo.UpToCode();
        for (var guess = 0; guess < 5; guess++) (await cleo.Attempt(Account.Not(code))).ShouldBe(422, "form_code_incorrect");

        (await cleo.Attempt(code)).ShouldBe(400, "verification_failed");
        (await cleo.Facts()).OfType<SignUpCodeRejected>().Count().ShouldBe(5);
    }

    [Fact]
    public async Task a_resend_within_the_gap_sends_nothing_and_five_an_hour_is_all_R56()
    {
        var cleo = new Newcomer(host);
        await cleo.Begin();
        await cleo.Prepare();
        (await cleo.Prepare()).Status.ShouldBe(200);
        (await cleo.Facts()).OfType<SignUpCodePrepared>().Count().ShouldBe(1);
        for (var sent = 1; sent < 5; sent++)
        {
            StoryClock.Advance(TimeSpan.FromSeconds(31));
            (await cleo.Prepare()).Status.ShouldBe(200);
        }

        StoryClock.Advance(TimeSpan.FromSeconds(31));
        var refused = await cleo.Prepare();
        refused.ShouldBe(429, "verification_code_rate_limit_exceeded");
        refused.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task a_code_of_a_sign_up_is_good_for_nothing_else_R23()
    {
        var (one, other) = (new Newcomer(host), new Newcomer(host));
        var code = await one.UpToCode();
        var others = await other.UpToCode();
        if (code == others) return;
        (await other.Attempt(code)).ShouldBe(422, "form_code_incorrect");
    }

    [Fact]
    public async Task two_completions_of_one_sign_up_make_one_person()
    {
        var cleo = new Newcomer(host);
        var code = await cleo.UpToCode();
        var twins = Enumerable.Range(0, 6).Select(_ => new Newcomer(host, cleo.EmailAddress) { Browser = cleo.Browser.Twin() }).ToList();

        var replies = await Task.WhenAll(twins.Select(twin => twin.Browser.Post($"/v1/client/sign_ups/{cleo.SignUp}/attempt_verification", ("strategy", "email_code"), ("code", code))));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        (await cleo.Facts()).OfType<SignUpCompleted>().Count().ShouldBe(1);
        (await Owners(cleo.EmailAddress)).ShouldBe(1);
    }

    [Fact]
    public async Task two_sign_ups_with_one_address_make_one_person()
    {
        var one = new Newcomer(host);
        var other = new Newcomer(host, one.EmailAddress);
        var code = await one.UpToCode();
        await other.Begin();
        await other.Prepare();
        var codes = await Eventually.Of(async () => (await new Browser(host).Get($"/_mail/inbox/{one.EmailAddress}")).Json.AsArray() is { Count: 2 } both ? both.Select(mail => ((string)mail!["subject"]!)[..6]).ToList() : null);

        var replies = await Task.WhenAll(one.Attempt(code), other.Attempt(codes.Find(mailed => mailed != code) ?? code));

        replies.Select(reply => reply.Status).Order().ToList().ShouldBe([200, 422], customMessage: string.Join("\n", replies.Select(reply => reply.Text)));
        replies.Single(reply => reply.Status == 422).ShouldBe(422, "form_identifier_exists");
        (await Owners(one.EmailAddress)).ShouldBe(1);
    }

    [Fact]
    public async Task a_newer_one_ends_the_older_one_and_what_it_held_cannot_be_read_any_more_R85()
    {
        var cleo = new Newcomer(host);
        await cleo.Begin();
        var older = cleo.SignUp;
        var user = (await cleo.Facts()).OfType<SignUpBegun>().Single().User;
        (await Kept(user)).ShouldBe((true, true));

        await cleo.Begin();

        (await Kept(user)).ShouldBe((false, false));
        var seen = await cleo.Browser.Get($"/v1/client/sign_ups/{older}");
        ((string)seen.Response["status"]!, seen.Response["email_address"]).ShouldBe(("abandoned", null));
        (await cleo.Browser.Post($"/v1/client/sign_ups/{older}/prepare_verification", ("strategy", "email_code"))).ShouldBe(400, "sign_up_expired");
    }

    [Fact]
    public async Task one_that_ran_out_of_time_is_told_once_and_its_key_destroyed_R85()
    {
        var cleo = new Newcomer(host);
        await cleo.UpToCode();
        var user = (await cleo.Facts()).OfType<SignUpBegun>().Single().User;
        StoryClock.Advance(TimeSpan.FromHours(24));
        (await cleo.Browser.Get("/v1/client")).Json["response"]!["sign_up"].ShouldBeNull();

        var sweep = host.Alba.Services.GetRequiredService<Sweep>();
        await sweep.Once(TestContext.Current.CancellationToken);
        await sweep.Once(TestContext.Current.CancellationToken);

        (await cleo.Facts()).Count(fact => fact is SignUpExpired).ShouldBe(1);
        (await Kept(user)).ShouldBe((false, false));
        (await cleo.Attempt("000000")).ShouldBe(400, "sign_up_expired");
    }

    [Fact]
    public async Task a_late_step_ends_it_as_well()
    {
        var cleo = new Newcomer(host);
        await cleo.UpToCode();
        var user = (await cleo.Facts()).OfType<SignUpBegun>().Single().User;
        StoryClock.Advance(TimeSpan.FromHours(24));

        (await cleo.Give(("first_name", "Cleo"))).ShouldBe(400, "sign_up_expired");

        (await cleo.Facts()).OfType<SignUpExpired>().Count().ShouldBe(1);
        (await Kept(user)).ShouldBe((false, false));
    }

    [Fact]
    public async Task another_browser_is_told_what_it_is_told_of_an_unknown_one_R08()
    {
        var (cleo, other) = (new Newcomer(host), new Newcomer(host));
        await cleo.Begin();
        await other.Begin();

        (await other.Browser.Get($"/v1/client/sign_ups/{cleo.SignUp}")).ShouldBe(404, "resource_not_found");
        (await other.Browser.Post($"/v1/client/sign_ups/{cleo.SignUp}/prepare_verification", ("strategy", "email_code"))).ShouldBe(404, "resource_not_found");
        (await other.Browser.Get($"/v1/client/sign_ups/{new SignUpId(Guid.NewGuid())}")).ShouldBe(404, "resource_not_found");
        (await other.Browser.Get("/v1/client/sign_ups/sia_nonsense")).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task a_sign_in_under_way_is_superseded_by_the_completed_sign_up_R11()
    {
        var cleo = new Newcomer(host);
        var visit = new Visit(host, await Person.Make(host)) { Browser = cleo.Browser };
        await visit.Create();
        await cleo.Begin();
        ((await cleo.Browser.Get("/v1/client")).Json["response"]!["sign_in"]).ShouldBeNull();
        await cleo.Prepare();
        (await cleo.Attempt(await cleo.MailedCode())).Status.ShouldBe(200);

        (await visit.Facts()).OfType<Superseded>().Count().ShouldBe(1);
        (await visit.Prepare()).ShouldBe(403, "resource_forbidden");
    }

    [Fact]
    public async Task a_sign_in_begun_later_is_what_the_client_shows()
    {
        var cleo = new Newcomer(host);
        await cleo.Begin();
        var visit = new Visit(host, await Person.Make(host)) { Browser = cleo.Browser };
        await visit.Create();

        var client = (await cleo.Browser.Get("/v1/client")).Json["response"]!;
        (client["sign_up"], (string)client["sign_in"]!["id"]!).ShouldBe((null, visit.SignIn));
        ((string)(await cleo.Get()).Response["status"]!).ShouldBe("missing_requirements");
    }

    [Theory]
    [InlineData("password", "too short", "form_password_length_too_short")]
    [InlineData("email_address", "nonsense", "form_param_format_invalid")]
    [InlineData("phone_number", "12345", "form_param_format_invalid")]
    public async Task what_cannot_be_is_refused_before_anything_is_stored(string field, string value, string code) =>
        (await new Newcomer(host).Begin((field, value))).ShouldBe(422, code);

    [Fact]
    public async Task the_sixth_address_is_one_too_many()
    {
        var cleo = new Newcomer(host);
        await cleo.Begin();
        for (var n = 1; n < 5; n++) (await cleo.Give(("email_address", $"{n}.{cleo.EmailAddress}"))).Status.ShouldBe(200);

        (await cleo.Give(("email_address", $"6.{cleo.EmailAddress}"))).ShouldBe(400, "too_many_unverified_identifications");
    }

    [Fact]
    public async Task the_environment_says_that_it_is_open() =>
        ((string)(await new Browser(host).Get("/v1/environment")).Json["user_settings"]!["sign_up"]!["mode"]!).ShouldBe("public");

    [Fact]
    public void the_operator_closes_it()
    {
        var shipped = Domain.Instances.Settings.Shipped;
        SignUpMode.From(Settings("closed")).Name(shipped).ShouldBe("restricted");
        Should.Throw<Refused>(() => SignUpMode.From(Settings("closed")).Demand(shipped)).Answer.Problem.ShouldBe(Problems.SignUpClosed);
        SignUpMode.From(Settings(null)).IsOpen(shipped).ShouldBeTrue();
        SignUpMode.From(Settings("closed")).IsOpen(shipped with { SignUp = Domain.Instances.SignUpRule.Open }).ShouldBeTrue("what is configured holds until an operator says something");
        Should.Throw<Host.Wiring.SettingException>(() => SignUpMode.From(Settings("maybe")));
    }

    private static Microsoft.Extensions.Configuration.IConfiguration Settings(string? word) =>
        Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(
            new Microsoft.Extensions.Configuration.ConfigurationBuilder(), [KeyValuePair.Create("Auth:SignUp", word)]).Build();

    private async Task<int> Owners(string address) =>
        (await new Operator(host).Get($"/v1/users?email_address={Uri.EscapeDataString(address)}")).Json.AsArray().Count;

    private async Task<(bool Key, bool Password)> Kept(Guid user)
    {
        await using var session = host.Store.QuerySession("default");
        return (await session.LoadAsync<PersonalKey>(user) is not null, await session.LoadAsync<PasswordCredential>(user) is not null);
    }
}
