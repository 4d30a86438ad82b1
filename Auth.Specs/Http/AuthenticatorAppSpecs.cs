using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>An authenticator app: enrolled with its first right code, then a second factor of every sign-in; each code good once (R29 to R34, RFC 6238).</summary>
public class AuthenticatorAppSpecs(RunningHost host)
{
    [Fact]
    public async Task the_seed_has_160_bits_and_is_shown_once_R33()
    {
        var account = await Account.New(host);
        var shown = (await account.Post("/totp")).Response;

        ((string)shown["secret"]!).Length.ShouldBe(32);
        ((string)shown["uri"]!).ShouldStartWith($"otpauth://totp/Auth:{Uri.EscapeDataString(account.Person.EmailAddress)}?secret={shown["secret"]}");
        ((string)shown["qr_code"]!).ShouldStartWith("<svg");
        ((bool)shown["verified"]!).ShouldBeFalse();

        var seed = OtpNet.Base32Encoding.ToBytes((string)shown["secret"]!);
        var proved = await account.Post("/totp/attempt_verification", ("code", Account.CodeOf(seed)));
        proved.Response["secret"].ShouldBeNull();
        (proved.Text + (await account.Get("")).Text + (await account.Browser.Get("/v1/client")).Text).ShouldNotContain((string)shown["secret"]!);
    }

    [Fact]
    public async Task a_seed_that_was_not_proved_demands_nothing_R34()
    {
        var account = await Account.New(host);
        await account.Post("/totp");

        ((string)(await new Visit(host, account.Person).Create()).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task a_seed_can_be_proved_for_a_quarter_of_an_hour_R34()
    {
        var account = await Account.New(host);
        var seed = OtpNet.Base32Encoding.ToBytes((string)(await account.Post("/totp")).Response["secret"]!);

        StoryClock.Advance(TimeSpan.FromMinutes(15));
        (await account.Post("/totp/attempt_verification", ("code", Account.CodeOf(seed)))).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task a_seed_is_proved_in_the_session_that_it_was_shown_to_R34()
    {
        var account = await Account.New(host);
        var elsewhere = await Account.SignIn(host, account.Person, twoStep: false);
        var seed = OtpNet.Base32Encoding.ToBytes((string)(await account.Post("/totp")).Response["secret"]!);

        (await elsewhere.Post("/totp/attempt_verification", ("code", Account.CodeOf(seed)))).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task five_wrong_first_codes_close_it_and_another_seed_can_be_made()
    {
        var account = await Account.New(host);
        var seed = OtpNet.Base32Encoding.ToBytes((string)(await account.Post("/totp")).Response["secret"]!);
        for (var guess = 0; guess < 5; guess++) (await account.Post("/totp/attempt_verification", ("code", Account.Not(Account.CodeOf(seed))))).ShouldBe(422, "form_code_incorrect");

        (await account.Post("/totp/attempt_verification", ("code", Account.CodeOf(seed)))).ShouldBe(400, "verification_failed");
        await account.AddApp();
    }

    [Fact]
    public async Task from_then_on_it_is_asked_for_R04()
    {
        var account = await Account.New(host);
        var seed = await account.AddApp();
        var visit = new Visit(host, account.Person);

        var begun = await visit.Create();
        ((string)begun.Response["status"]!).ShouldBe("needs_second_factor");
        begun.Response["supported_second_factors"]!.AsArray().Select(factor => (string)factor!["strategy"]!).ShouldBe(["totp"]);

        StoryClock.Advance(TimeSpan.FromSeconds(30));
        var done = await Attempt(visit, Account.CodeOf(seed));
        ((string)done.Response["status"]!).ShouldBe("complete");
        ((string)done.Response["second_factor_verification"]!["strategy"]!).ShouldBe("totp");
        (await visit.Facts()).OfType<SecondFactorVerified>().Single().Authenticator.Strategy.ShouldBe(Strategy.Totp);
    }

    [Theory]
    [InlineData(-3, false)]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    public async Task only_this_step_and_the_one_before_count_R30(int steps, bool accepted)
    {
        var account = await Account.New(host);
        var seed = await account.AddApp();
        StoryClock.Advance(TimeSpan.FromMinutes(5));
        var visit = new Visit(host, account.Person);
        await visit.Create();

        (await Attempt(visit, Account.CodeOf(seed, steps))).Status.ShouldBe(accepted ? 200 : 422);
    }

    [Fact]
    public async Task a_code_is_good_once_over_enrolment_sign_in_and_step_up_R31()
    {
        var account = await Account.New(host);
        var seed = await account.AddApp();
        var visit = new Visit(host, account.Person);
        await visit.Create();
        (await Attempt(visit, Account.CodeOf(seed))).ShouldBe(422, "form_code_incorrect");

        StoryClock.Advance(TimeSpan.FromSeconds(30));
        var code = Account.CodeOf(seed);
        (await Attempt(visit, code)).Status.ShouldBe(200);

        await account.StepUp("", ("level", "second_factor"));
        (await account.StepUp("/attempt_second_factor", ("strategy", "totp"), ("code", code))).ShouldBe(422, "form_code_incorrect");
        StoryClock.Advance(TimeSpan.FromSeconds(30));
        (await account.StepUp("/attempt_second_factor", ("strategy", "totp"), ("code", Account.CodeOf(seed)))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task an_older_step_after_a_newer_one_is_wrong_R31()
    {
        var account = await Account.New(host);
        var seed = await account.AddApp();
        StoryClock.Advance(TimeSpan.FromMinutes(2));
        var (first, second) = (new Visit(host, account.Person), new Visit(host, account.Person));
        await first.Create();
        await second.Create();

        (await Attempt(first, Account.CodeOf(seed))).Status.ShouldBe(200);
        (await Attempt(second, Account.CodeOf(seed, -1))).ShouldBe(422, "form_code_incorrect");
    }

    [Fact]
    public async Task a_guess_uses_nothing_up_R32()
    {
        var account = await Account.New(host);
        var seed = await account.AddApp();
        StoryClock.Advance(TimeSpan.FromMinutes(2));
        var next = Account.CodeOf(seed, 1);
        var mallory = new Visit(host, account.Person);
        await mallory.Create();
        (await Attempt(mallory, next)).ShouldBe(422, "form_code_incorrect");

        StoryClock.Advance(TimeSpan.FromSeconds(30));
        var visit = new Visit(host, account.Person);
        await visit.Create();
        (await Attempt(visit, next)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task one_code_at_once_in_many_sign_ins_makes_one_session_R31()
    {
        var account = await Account.New(host);
        var seed = await account.AddApp();
        StoryClock.Advance(TimeSpan.FromMinutes(2));
        var visits = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var visit = new Visit(host, account.Person);
            (await visit.Create()).Status.ShouldBe(200);
            return visit;
        }));

        var code = Account.CodeOf(seed);
        var replies = await Task.WhenAll(visits.Select(visit => Attempt(visit, code)));
        replies.Count(reply => reply.Status == 200).ShouldBe(1);
    }

    [Fact]
    public async Task a_second_app_needs_the_first_one_gone()
    {
        var account = await Account.New(host);
        var seed = await account.AddApp();
        await StepUp(account, seed);

        (await account.Post("/totp")).ShouldBe(400, "totp_already_enabled");
        (await account.Delete("/totp")).Status.ShouldBe(200);
        ((string)(await new Visit(host, account.Person).Create()).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task that_it_was_added_is_a_fact_without_the_seed_R85()
    {
        var account = await Account.New(host);
        await account.AddApp();

        await using var session = host.Store.QuerySession("default");
        var facts = await session.Events.FetchStreamAsync(account.Person.Id, token: TestContext.Current.CancellationToken);
        facts.Select(e => e.Data).OfType<AuthenticatorAppAdded>().ShouldHaveSingleItem();
    }

    private static async Task StepUp(Account account, byte[] seed)
    {
        StoryClock.Advance(TimeSpan.FromSeconds(30));
        await account.StepUp("", ("level", "second_factor"));
        (await account.StepUp("/attempt_second_factor", ("strategy", "totp"), ("code", Account.CodeOf(seed)))).Status.ShouldBe(200);
    }

    private static Task<Reply> Attempt(Visit visit, string code) => visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "totp"), ("code", code));
}
