using Auth.Domain.Verifications;
using Auth.Specs.Given;
using Auth.Specs.Passkeys;
using Marten;

namespace Auth.Specs.Http;

/// <summary>Passkeys of one's own: made in a full session with a step-up, for a challenge of that session, counted at once, taken off again (R04, R40, R42, R60 to R64).</summary>
public class PasskeyProfileSpecs(RunningHost host)
{
    [Fact]
    public async Task a_passkey_is_made_and_counts_from_then_on_R04()
    {
        var account = await Account.New(host);
        var asked = await account.Post("/passkeys");
        ((string)asked.Response["verification"]!["status"]!).ShouldBe("unverified");
        (await account.Get("")).Response["passkeys"]!.AsArray().ShouldBeEmpty();
        ((bool)(await account.Get("")).Response["two_factor_enabled"]!).ShouldBeFalse();

        var key = await HeldPasskey.Enrol(account);

        var user = (await account.Get("")).Response;
        ((string)user["passkeys"]![0]!["id"]!, (string)user["passkeys"]![0]!["verification"]!["status"]!, (bool)user["two_factor_enabled"]!).ShouldBe((key.Id, "verified", true));
        ((string)(await new Visit(host, account.Person).Create()).Response["status"]!).ShouldBe("needs_second_factor");
        ((string)(await account.Person.LatestMail(host))["subject"]!).ShouldEndWith("a passkey was added");
    }

    [Fact]
    public async Task it_is_named_anew_and_says_when_it_was_used_last()
    {
        var account = await Account.New(host);
        var key = await HeldPasskey.Enrol(account);
        ((string)(await account.Patch($"/passkeys/{key.Id}", ("name", "My phone"))).Response["name"]!).ShouldBe("My phone");
        (await account.Get($"/passkeys/{key.Id}")).Response["last_used_at"].ShouldBeNull();

        var visit = new KeyVisit(host);
        (await visit.Attempt(key.Answer(await visit.Begin()))).Status.ShouldBe(200);
        (await account.Get($"/passkeys/{key.Id}")).Response["last_used_at"].ShouldNotBeNull();
    }

    [Fact]
    public async Task the_operator_sees_it_in_the_members_of_the_backend_api()
    {
        var account = await Account.New(host);
        var key = await HeldPasskey.Enrol(account);
        (await Shown()).ShouldBe(await Made());

        StoryClock.Advance(TimeSpan.FromMinutes(1));
        var visit = new KeyVisit(host);
        (await visit.Attempt(key.Answer(await visit.Begin()))).Status.ShouldBe(200);
        (await Shown()).ShouldBe((long)(await new Account(account.Person, visit.Browser, "").Get($"/passkeys/{key.Id}")).Response["last_used_at"]!);

        async Task<long> Made() => (long)(await account.Get($"/passkeys/{key.Id}")).Response["created_at"]!;

        async Task<long> Shown()
        {
            var shown = (await new Operator(host).Get($"/v1/users/{account.Person.UserId}")).Json["passkeys"]![0]!.AsObject();
            shown.Select(member => member.Key).ShouldBe(["id", "object", "name", "verification", "last_used_at"]);
            return (long)shown["last_used_at"]!;
        }
    }

    [Fact]
    public async Task taken_off_it_proves_nothing_and_other_sessions_end_R63()
    {
        var account = await Account.New(host);
        var key = await HeldPasskey.Enrol(account);
        var (elsewhere, waiting) = (new KeyVisit(host), new KeyVisit(host));
        (await elsewhere.Attempt(key.Answer(await elsewhere.Begin()))).Status.ShouldBe(200);
        var here = new Account(account.Person, elsewhere.Browser, "");
        var asked = await waiting.Begin();
        await here.MakeBackupCodes();

        ((bool)(await here.Delete($"/passkeys/{key.Id}")).Response["deleted"]!).ShouldBeTrue();

        (await account.Get("")).Status.ShouldBe(401);
        var user = (await here.Get("")).Response;
        ((bool)user["two_factor_enabled"]!, (bool)user["backup_code_enabled"]!, user["passkeys"]!.AsArray().Count).ShouldBe((false, false, 0));
        (await waiting.Attempt(key.Answer(asked))).ShouldBe(422, "passkey_invalid_verification");
        (await here.Delete($"/passkeys/{key.Id}")).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task making_and_taking_off_need_a_step_up_R42_R60()
    {
        var account = await Account.New(host);
        var key = await HeldPasskey.Enrol(account);
        StoryClock.Advance(TimeSpan.FromMinutes(10));

        (await account.Post("/passkeys")).ShouldBe(403, "session_reverification_required");
        (await account.Delete($"/passkeys/{key.Id}")).ShouldBe(403, "session_reverification_required");
    }

    [Theory]
    [InlineData("first_factor")]
    [InlineData("second_factor")]
    public async Task a_passkey_steps_a_session_up_R60(string factor)
    {
        var account = await Account.New(host);
        var key = await HeldPasskey.Enrol(account);
        StoryClock.Advance(TimeSpan.FromMinutes(10));
        await account.StepUp("", ("level", "multi_factor"));

        var asked = await account.StepUp($"/prepare_{factor}", ("strategy", "passkey"));
        var done = await account.StepUp($"/attempt_{factor}", ("strategy", "passkey"), ("public_key_credential", key.Answer(asked, factor: $"{factor}_verification")));

        ((string)done.Response["status"]!).ShouldBe("complete", done.Text);
        (await account.Delete($"/passkeys/{key.Id}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_challenge_is_answered_once_and_in_the_session_that_asked_R42()
    {
        var account = await Account.New(host);
        var elsewhere = await Given.Account.SignIn(host, account.Person, twoStep: false);
        using var authenticator = SoftwareAuthenticator.Es256();
        var asked = await account.Post("/passkeys");
        var (path, ceremony) = ($"/passkeys/{(string)asked.Response["id"]!}/attempt_verification", HeldPasskey.Asked(asked.Response["verification"]!));

        (await elsewhere.Post(path, ("public_key_credential", authenticator.Create(ceremony, HeldPasskey.Checked)))).ShouldBe(404, "resource_not_found");
        (await account.Post(path, ("public_key_credential", authenticator.Create(ceremony, HeldPasskey.Checked with { Origin = "https://evil.example.net" })))).ShouldBe(422, "passkey_invalid_verification");
        (await account.Post(path, ("public_key_credential", authenticator.Create(ceremony, HeldPasskey.Checked)))).ShouldBe(400, "verification_missing");
        (await account.Get("")).Response["passkeys"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_challenge_lives_five_minutes_R40()
    {
        var account = await Account.New(host);
        using var authenticator = SoftwareAuthenticator.Es256();
        var asked = await account.Post("/passkeys");
        StoryClock.Advance(TimeSpan.FromMinutes(5));

        (await account.Post($"/passkeys/{(string)asked.Response["id"]!}/attempt_verification", ("public_key_credential", authenticator.Create(HeldPasskey.Asked(asked.Response["verification"]!), HeldPasskey.Checked))))
            .ShouldBe(400, "verification_expired");
    }

    [Fact]
    public async Task nobody_enrols_a_passkey_twice_R42()
    {
        var (account, other) = (await Account.New(host), await Account.New(host));
        using var authenticator = SoftwareAuthenticator.Es256();
        (await Made(account)).Status.ShouldBe(200);

        (await Made(other)).ShouldBe(422, "passkey_invalid_verification");

        async Task<Reply> Made(Account by)
        {
            var asked = await by.Post("/passkeys");
            return await by.Post($"/passkeys/{(string)asked.Response["id"]!}/attempt_verification", ("public_key_credential", authenticator.Create(HeldPasskey.Asked(asked.Response["verification"]!), HeldPasskey.Checked)));
        }
    }

    [Fact]
    public async Task made_twice_at_once_it_is_made_once_R40()
    {
        var account = await Account.New(host);
        using var authenticator = SoftwareAuthenticator.Es256();
        var asked = await account.Post("/passkeys");
        var answer = authenticator.Create(HeldPasskey.Asked(asked.Response["verification"]!), HeldPasskey.Checked);

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            account.Browser.Twin().Post($"/v1/me/passkeys/{(string)asked.Response["id"]!}/attempt_verification", ("public_key_credential", answer))));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        Auth.Host.Http.PasskeyId.TryParse((string)asked.Response["id"]!, out var id).ShouldBeTrue();
        await using var session = host.Store.QuerySession("default");
        (await session.Events.FetchStreamAsync(id.Value, token: TestContext.Current.CancellationToken)).Count(e => e.Data is VerificationAccepted).ShouldBe(1);
        (await account.Get("")).Response["passkeys"]!.AsArray().Count.ShouldBe(1);
    }
}
