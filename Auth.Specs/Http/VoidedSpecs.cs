using Auth.Domain.Sessions;
using Auth.Host.Factors;
using Auth.Specs.Given;
using Marten;

namespace Auth.Specs.Http;

/// <summary>What is taken off somebody voids, in the same commit, whatever was built on it or is under way; the last second factor goes only by a recovery (R63, R65, R70).</summary>
public class VoidedSpecs(RunningHost host)
{
    private static int _numbers = 7_000_000;

    private Operator Operator => new(host);

    [Fact]
    public async Task the_operators_release_of_a_number_ends_all_sessions_and_what_waits_R63_R70()
    {
        var person = await Person.Make(host, spare: true);
        var account = await Account.SignIn(host, person);
        StoryClock.Advance(TimeSpan.FromSeconds(31));
        var waiting = new Visit(host, person);
        await waiting.Create();

        (await Release(person)).Status.ShouldBe(200);

        (await account.Get("")).ShouldBe(401, "authentication_invalid");
        (await account.Browser.Post($"/v1/client/sessions/{account.Session}/tokens")).ShouldBe(404, "resource_not_found");
        (await SessionFacts.Of(host, account.Session)).ShouldBe([new Ended(EndReason.FactorsChanged) { User = person.Id }]);
        (await waiting.Attempt("123456")).ShouldBe(400, "sign_in_expired");
    }

    [Fact]
    public async Task a_change_of_the_default_number_ends_nothing_R63()
    {
        var account = await Account.New(host, twoStep: true);
        (await Operator.Patch($"/v1/phone_numbers/{account.Person.PhoneNumberId}", new { default_second_factor = true })).Status.ShouldBe(200);
        (await account.Get("")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task the_operator_releases_or_deletes_no_last_second_factor_R65()
    {
        var account = await Account.New(host, twoStep: true);
        var number = account.Person.PhoneNumberId;

        (await Release(account.Person)).ShouldBe(400, "second_factor_deletion_not_allowed");
        (await Operator.Delete($"/v1/phone_numbers/{number}")).ShouldBe(400, "second_factor_deletion_not_allowed");

        (await account.Get("")).Status.ShouldBe(200);
        ((bool)(await Operator.Get($"/v1/users/{account.Person.UserId}")).Json["two_factor_enabled"]!).ShouldBeTrue();
        ((string)(await new Visit(host, account.Person).Create()).Response["status"]!).ShouldBe("needs_second_factor");
    }

    [Fact]
    public async Task a_number_that_the_operator_deletes_is_gone_and_sessions_with_it_R63()
    {
        var person = await Person.Make(host, spare: true);
        var account = await Account.SignIn(host, person);

        (await Operator.Delete($"/v1/phone_numbers/{person.PhoneNumberId}")).Text.ShouldBe($$"""{"object":"phone_number","id":"{{person.PhoneNumberId}}","deleted":true}""");

        (await account.Get("")).ShouldBe(401, "authentication_invalid");
        (await new Visit(host, person).Identify(person.PhoneNumber)).Status.ShouldBe(200, "as of a stranger");
        (await Operator.Delete($"/v1/phone_numbers/{person.PhoneNumberId}")).ShouldBe(404, "resource_not_found");
        (await Operator.Post("/v1/users", new { phone_number = person.PhoneNumber, email_address = $"next{person.PhoneNumberId}@example.com" })).Status.ShouldBe(200, "free for somebody else");
    }

    [Fact]
    public async Task an_address_that_the_operator_deletes_is_gone_and_sessions_with_it_R63()
    {
        var account = await Account.New(host);
        var id = (string)(await account.Get("/email_addresses")).Json[0]!["id"]!;

        (await Operator.Delete($"/v1/phone_numbers/{id}")).ShouldBe(404, "resource_not_found");
        (await Operator.Delete($"/v1/email_addresses/{id}")).Text.ShouldBe($$"""{"object":"email_address","id":"{{id}}","deleted":true}""");

        (await account.Get("")).ShouldBe(401, "authentication_invalid");
        (await Operator.Delete($"/v1/phone_numbers/{account.Person.PhoneNumberId}")).ShouldBe(400, "identification_deletion_failed");
    }

    [Theory]
    [InlineData("DELETE", "/v1/phone_numbers/idn_00000000000000000000000001")]
    [InlineData("DELETE", "/v1/email_addresses/nonsense")]
    [InlineData("DELETE", "/v1/users/user_00000000000000000000000001/passkeys/passkey_00000000000000000000000001")]
    public async Task what_is_not_there_is_not_found(string method, string path)
    {
        method.ShouldBe("DELETE");
        (await Operator.Delete(path)).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task a_seed_that_was_shown_is_void_once_another_factor_goes_R63()
    {
        var account = await Account.New(host);
        var number = account.Person.PhoneNumberId;
        (await account.Patch($"/phone_numbers/{number}", ("reserved_for_second_factor", "true"))).Status.ShouldBe(200);
        await StepUp(account);
        var seed = OtpNet.Base32Encoding.ToBytes((string)(await account.Post("/totp")).Response["secret"]!);

        (await account.Patch($"/phone_numbers/{number}", ("reserved_for_second_factor", "false"))).Status.ShouldBe(200);

        (await account.Post("/totp/attempt_verification", ("code", Account.CodeOf(seed)))).ShouldBe(404, "resource_not_found");
        await using var session = host.Store.QuerySession("default");
        (await session.Query<AuthenticatorApp>().CountAsync(app => app.UserId == account.Person.Id, TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task a_code_for_a_new_number_is_void_once_another_factor_goes_and_a_new_one_is_good_R63()
    {
        var account = await Account.New(host);
        await account.AddApp();
        var number = $"+1201{Interlocked.Increment(ref _numbers)}";
        var id = (string)(await account.Post("/phone_numbers", ("phone_number", number))).Response["id"]!;
        await account.Post($"/phone_numbers/{id}/prepare_verification", ("strategy", "phone_code"));
        var code = await Code(number, 1);

        (await account.Delete("/totp")).Status.ShouldBe(200);

        (await account.Post($"/phone_numbers/{id}/attempt_verification", ("code", code))).ShouldBe(400, "verification_expired");
        (await account.Post($"/phone_numbers/{id}/prepare_verification", ("strategy", "phone_code"))).Status.ShouldBe(200);
        var next = await Code(number, 2);
        next.ShouldNotBe(code);
        (await account.Post($"/phone_numbers/{id}/attempt_verification", ("code", next))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_passkey_that_is_being_made_is_void_once_another_factor_goes_R63()
    {
        var account = await Account.New(host);
        await account.AddApp();
        var asked = (string)(await account.Post("/passkeys")).Response["id"]!;

        (await account.Delete("/totp")).Status.ShouldBe(200);

        (await account.Post($"/passkeys/{asked}/attempt_verification", ("public_key_credential", "{}"))).ShouldBe(400, "verification_expired");
    }

    private Task<Reply> Release(Person person) => Operator.Patch($"/v1/phone_numbers/{person.PhoneNumberId}", new { reserved_for_second_factor = false });

    private async Task StepUp(Account account)
    {
        await account.StepUp("", ("level", "second_factor"));
        await account.StepUp("/prepare_second_factor", ("strategy", "phone_code"));
        (await account.StepUp("/attempt_second_factor", ("strategy", "phone_code"), ("code", await account.Person.LatestCode(host)))).Status.ShouldBe(200);
    }

    private Task<string> Code(string number, int texts) => Eventually.Of(async () =>
        await new Browser(host).Get($"/_sinch/inbox/{Uri.EscapeDataString(number)}") is { Status: 200 } reply && reply.Json.AsArray() is { } inbox && inbox.Count >= texts ? ((string)inbox[0]!["body"]!)[..6] : null);
}
