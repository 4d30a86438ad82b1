using System.Text.Json.Nodes;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Passkeys;
using Auth.Specs.Given;
using Auth.Specs.Passkeys;

namespace Auth.Specs.Http;

/// <summary>Signing in with a passkey: without a name, after one, beside a password; each answer is taken once, and nobody learns who has one (R39 to R41, R43, R51, R59).</summary>
public class PasskeySignInSpecs(RunningHost host)
{
    private static readonly Lie Counted = HeldPasskey.Checked with { SignCount = 5 };

    [Fact]
    public async Task a_passkey_alone_says_who_it_is_and_is_both_factors_R43()
    {
        var account = await Account.New(host, twoStep: true);
        var key = await HeldPasskey.Enrol(account);
        var visit = new KeyVisit(host);
        var asked = await visit.Begin();
        (asked.Response["identifier"], (string)asked.Response["status"]!).ShouldBe((null, "needs_first_factor"));

        var complete = await visit.Attempt(key.Answer(asked));

        var token = await visit.Token(complete);
        ((string)token["sub"]!, token["amr"]!.ToJsonString(), token["fva"]!.ToJsonString()).ShouldBe((account.Person.UserId, """["swk","user","mfa"]""", "[0,0]"));
        ((string)complete.Response["identifier"]!).ShouldBe(account.Person.EmailAddress);
        (await visit.Facts()).Select(fact => fact.GetType()).ShouldBe([typeof(Identified), typeof(FirstFactorChallenged), typeof(FirstFactorVerified), typeof(Converted)]);
        (await visit.Facts()).OfType<FirstFactorVerified>().Single().ShouldSatisfyAllConditions(e => e.User.ShouldBe(account.Person.Id), e => e.UserVerified.ShouldBeTrue());
    }

    [Fact]
    public async Task after_a_name_it_is_the_same()
    {
        var account = await Account.New(host);
        var key = await HeldPasskey.Enrol(account);
        var visit = new Visit(host, account.Person);
        await visit.Identify();
        var keys = new KeyVisit(host) { Browser = visit.Browser };

        (await keys.Token(await keys.Attempt(key.Answer(await keys.Prepare(signIn: visit.SignIn)), signIn: visit.SignIn)))["amr"]!.ToJsonString().ShouldBe("""["swk","user","mfa"]""");
    }

    [Fact]
    public async Task nobody_learns_who_has_one_R51()
    {
        var account = await Account.New(host);
        await HeldPasskey.Enrol(account);
        var (without, another) = (await Person.Make(host), await HeldPasskey.Enrol(await Account.New(host)));

        var known = await Refused(account.Person.EmailAddress);
        (await Refused(without.EmailAddress)).ShouldBe(known);
        (await Refused($"nobody{Guid.NewGuid():n}@example.com")).ShouldBe(known);

        async Task<string> Refused(string identifier)
        {
            var visit = new KeyVisit(host);
            var asked = await visit.Begin(identifier);
            var refused = await visit.Attempt(another.Answer(asked));
            refused.ShouldBe(422, "passkey_invalid_verification");
            (await visit.Facts()).OfType<FirstFactorRejected>().Single().ShouldBe(new(Authenticator.AnyPasskey, "AnotherUser"));
            return $"{Without(asked.Response)} {Without((await visit.Browser.Get($"/v1/client/sign_ins/{visit.SignIn}")).Response)} {refused.Json["errors"]}";
        }

        static string Without(JsonNode signIn)
        {
            var shown = signIn.DeepClone().AsObject();
            foreach (var own in new[] { "id", "identifier", "abandon_at" }) shown.Remove(own);
            foreach (var factor in shown["supported_first_factors"]!.AsArray()) { factor!.AsObject().Remove("email_address_id"); factor.AsObject().Remove("safe_identifier"); }
            if (shown["first_factor_verification"] is JsonObject verification)
            {
                verification.Remove("expire_at");
                if ((string?)verification["nonce"] is { } nonce) verification["nonce"] = JsonNode.Parse(nonce)!.AsObject() is var options && options.Remove("challenge") ? options.ToJsonString() : "";
            }

            return shown.ToJsonString();
        }
    }

    [Fact]
    public async Task only_touched_it_is_something_they_have_and_another_factor_is_asked_for_R43()
    {
        var account = await Account.New(host, twoStep: true);
        var key = await HeldPasskey.Enrol(account, HeldPasskey.Touched);
        StoryClock.Advance(TimeSpan.FromSeconds(31));
        var visit = new KeyVisit(host);

        var first = await visit.Attempt(key.Answer(await visit.Begin(), HeldPasskey.Touched));
        ((string)first.Response["status"]!).ShouldBe("needs_second_factor", first.Text);
        first.Response["supported_second_factors"]!.AsArray().Select(factor => (string)factor!["strategy"]!).ShouldBe(["phone_code"]);
        (await visit.Prepare("second_factor")).ShouldBe(400, "strategy_for_user_invalid");

        (await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/prepare_second_factor", ("strategy", "phone_code"))).Status.ShouldBe(200);
        var second = await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "phone_code"), ("code", await account.Person.LatestCode(host, texts: 2)));
        (await visit.Token(second))["amr"]!.ToJsonString().ShouldBe("""["swk","sms","mfa"]""");
    }

    [Fact]
    public async Task only_touched_with_nothing_beside_it_is_not_enough_R43()
    {
        var account = await Account.New(host);
        var key = await HeldPasskey.Enrol(account, HeldPasskey.Touched);
        var visit = new KeyVisit(host);

        (await visit.Attempt(key.Answer(await visit.Begin(), HeldPasskey.Checked with { Flags = AuthenticatorFlags.UserPresent | AuthenticatorFlags.UserVerified }))).ShouldBe(422, "passkey_invalid_verification");
        (await visit.Facts()).OfType<FirstFactorRejected>().Single().Flaw.ShouldBe("UserNotVerified");
    }

    [Fact]
    public async Task beside_a_password_it_is_the_second_factor_R04()
    {
        var account = await Account.New(host);
        var key = await HeldPasskey.Enrol(account, HeldPasskey.Touched);
        var visit = new Visit(host, account.Person);
        var first = await visit.Create();
        first.Response["supported_second_factors"]!.AsArray().Select(factor => (string)factor!["strategy"]!).ShouldBe(["passkey"]);
        var keys = new KeyVisit(host) { Browser = visit.Browser };
        var asked = await keys.Prepare("second_factor", visit.SignIn);
        JsonNode.Parse((string)asked.Response["second_factor_verification"]!["nonce"]!)!["allowCredentials"]!.AsArray().Count.ShouldBe(1);

        var second = await keys.Attempt(key.Answer(asked, HeldPasskey.Touched, "second_factor_verification"), "second_factor", visit.SignIn);
        (await keys.Token(second))["amr"]!.ToJsonString().ShouldBe("""["pwd","swk","mfa"]""");
    }

    [Fact]
    public async Task one_answer_from_many_hands_makes_one_session_R40()
    {
        var key = await HeldPasskey.Enrol(await Account.New(host));
        var visit = new KeyVisit(host);
        var answer = key.Answer(await visit.Begin());

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => new KeyVisit(host) { Browser = visit.Browser.Twin() }.Attempt(answer, signIn: visit.SignIn)));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        (await visit.Facts()).Count(fact => fact is FirstFactorVerified).ShouldBe(1);
        (await visit.Facts()).Count(fact => fact is Converted).ShouldBe(1);
    }

    [Fact]
    public async Task an_answer_uses_its_challenge_up_right_or_wrong_R40()
    {
        var key = await HeldPasskey.Enrol(await Account.New(host));
        var visit = new KeyVisit(host);
        var asked = await visit.Begin();

        (await visit.Attempt(key.Answer(asked, HeldPasskey.Checked with { SpoilsSignature = true }))).ShouldBe(422, "passkey_invalid_verification");
        (await visit.Attempt(key.Answer(asked))).ShouldBe(400, "verification_missing");
        (await visit.Attempt(key.Answer(await visit.Prepare()))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_challenge_is_good_for_its_sign_in_and_its_factor_R40()
    {
        var account = await Account.New(host);
        var key = await HeldPasskey.Enrol(account);
        var (older, newer) = (new KeyVisit(host), new KeyVisit(host));
        var asked = await older.Begin();
        await newer.Begin();

        (await newer.Attempt(key.Answer(asked))).ShouldBe(422, "passkey_invalid_verification");
        (await newer.Facts()).OfType<FirstFactorRejected>().Single().Flaw.ShouldBe("Challenge");
    }

    [Fact]
    public async Task a_challenge_lives_five_minutes_R40()
    {
        var key = await HeldPasskey.Enrol(await Account.New(host));
        var visit = new KeyVisit(host);
        var asked = await visit.Begin();
        StoryClock.Advance(TimeSpan.FromMinutes(5));

        (await visit.Attempt(key.Answer(asked))).ShouldBe(400, "verification_expired");
        (await visit.Attempt(key.Answer(await visit.Prepare()))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task asked_again_while_there_is_time_nothing_new_is_told()
    {
        var visit = new KeyVisit(host);
        var asked = await visit.Begin();
        (await visit.Prepare()).Response["first_factor_verification"]!.ToJsonString().ShouldBe(asked.Response["first_factor_verification"]!.ToJsonString());
        (await visit.Facts()).Count(fact => fact is FirstFactorChallenged).ShouldBe(1);
    }

    [Fact]
    public async Task a_counter_that_does_not_grow_is_refused_and_told_R41()
    {
        var account = await Account.New(host);
        var key = await HeldPasskey.Enrol(account, Counted);
        var visit = new KeyVisit(host);

        foreach (var count in new uint[] { 5, 3 }) (await visit.Attempt(key.Answer(await Asked(), Counted with { SignCount = count }))).ShouldBe(422, "passkey_invalid_verification");
        (await visit.Facts()).OfType<FirstFactorRejected>().Select(e => e.Flaw).ShouldBe(["Counter", "Counter"]);
        (await Of(account)).OfType<PasskeySuspected>().Single().ShouldSatisfyAllConditions(e => e.SignCount.ShouldBe(5), e => e.LastSignCount.ShouldBe(5));
        (await visit.Attempt(key.Answer(await Asked(), Counted with { SignCount = 6 }))).Status.ShouldBe(200);

        async Task<Reply> Asked() => visit.SignIn.Length == 0 ? await visit.Begin() : await visit.Prepare();
    }

    [Fact]
    public async Task a_strangers_wrong_passwords_do_not_stop_it_R59()
    {
        var account = await Account.New(host);
        var key = await HeldPasskey.Enrol(account);
        var mallory = new Visit(host, account.Person);
        for (var n = 0; n < 12; n++) await mallory.Create("a wrong horse battery staple");
        (await mallory.Create("a wrong horse battery staple")).ShouldBe(429, "too_many_requests");

        var visit = new KeyVisit(host);
        (await visit.Attempt(key.Answer(await visit.Begin(account.Person.EmailAddress)))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task five_wrong_answers_close_it_for_this_sign_in_and_no_other()
    {
        var key = await HeldPasskey.Enrol(await Account.New(host));
        var visit = new KeyVisit(host);
        await visit.Begin();
        for (var n = 0; n < 5; n++) (await visit.Attempt(key.Answer(await visit.Prepare(), HeldPasskey.Checked with { SpoilsSignature = true }))).ShouldBe(422, "passkey_invalid_verification");
        (await visit.Prepare()).ShouldBe(400, "verification_failed");

        var other = new KeyVisit(host);
        (await other.Attempt(key.Answer(await other.Begin()))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task somebody_locked_is_told_so_after_a_right_answer()
    {
        var account = await Account.New(host);
        var key = await HeldPasskey.Enrol(account);
        (await new Operator(host).Post($"/v1/users/{account.Person.UserId}/lock", new { })).Status.ShouldBe(200);
        var visit = new KeyVisit(host);
        var asked = await visit.Begin();

        (await visit.Attempt(key.Answer(asked))).ShouldBe(403, "user_locked");
        (await visit.Attempt(key.Answer(asked))).ShouldBe(400, "verification_missing");
    }

    [Fact]
    public async Task where_nobody_was_named_nothing_else_can_be_tried()
    {
        var visit = new KeyVisit(host);
        var begun = await visit.Begin();
        begun.Response["supported_first_factors"]!.ToJsonString().ShouldBe("""[{"strategy":"passkey"}]""");
        (await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_first_factor", ("strategy", "password"), ("password", "correct horse battery staple"))).ShouldBe(400, "verification_strategy_invalid");
        (await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/prepare_first_factor", ("strategy", "email_code"))).ShouldBe(400, "verification_strategy_invalid");
    }

    /// <summary>The whole of what can be wrong stands beside the verification itself; here, that a few of it come through with their names (R39).</summary>
    [Theory]
    [InlineData("Origin")]
    [InlineData("AnotherUser")]
    [InlineData("RelyingParty")]
    [InlineData("UserNotPresent")]
    [InlineData("Malformed")]
    public async Task what_was_wrong_stands_in_the_history_and_is_not_told_R39(string flaw)
    {
        var key = await HeldPasskey.Enrol(await Account.New(host));
        var visit = new KeyVisit(host);
        var lie = flaw switch
        {
            "Origin" => HeldPasskey.Checked with { Origin = "https://evil.example.net" },
            "AnotherUser" => HeldPasskey.Checked with { User = Guid.NewGuid() },
            "RelyingParty" => HeldPasskey.Checked with { Party = "evil.example.net" },
            "UserNotPresent" => HeldPasskey.Checked with { Flags = AuthenticatorFlags.BackupEligible },
            _ => HeldPasskey.Checked with { ClientData = "{}" },
        };

        var refused = await visit.Attempt(key.Answer(await visit.Begin(), lie));
        refused.ShouldBe(422, "passkey_invalid_verification");
        refused.Text.ShouldNotContain(flaw);
        (await visit.Facts()).OfType<FirstFactorRejected>().Single().Flaw.ShouldBe(flaw);
    }

    private async Task<IEnumerable<object>> Of(Account account)
    {
        await using var session = host.Store.QuerySession("default");
        return (await session.Events.FetchStreamAsync(account.Person.Id, token: TestContext.Current.CancellationToken)).Select(e => e.Data);
    }
}
