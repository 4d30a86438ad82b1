using Auth.Specs.Given;
using OtpNet;

namespace Auth.Specs.Http;

/// <summary>Factors that move in with their people, and what the operator does with single ones (R18, R31, R35, R63, R65).</summary>
public class OperatorsFactorsSpecs(RunningHost host)
{
    private static readonly byte[] Seed = [.. Enumerable.Range(1, 20).Select(n => (byte)n)];
    private static readonly string[] TheirCodes = ["8675309-ab", "Correct.Horse!", "11112222"];

    private Operator Operator => new(host);

    [Fact]
    public async Task an_app_that_moves_in_is_asked_for_from_the_first_sign_in_on()
    {
        var person = await MovedIn(Base32Encoding.ToString(Seed));
        var visit = await Begun(person);
        var code = Account.CodeOf(Seed);
        (await Second(visit, "totp", code)).Status.ShouldBe(200);
        (await Second(await Begun(person), "totp", code)).ShouldBe(422, "form_code_incorrect");
    }

    [Fact]
    public async Task how_its_seed_is_spelled_does_not_matter()
    {
        var spelled = string.Join(' ', Base32Encoding.ToString(Seed).ToLowerInvariant().TrimEnd('=').Chunk(4).Select(four => new string(four)));
        (await Second(await Begun(await MovedIn(spelled)), "totp", Account.CodeOf(Seed))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("not base32!")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    [InlineData("0189018901890189018901890189")]
    public async Task what_is_no_seed_is_refused_by_name(string seed) => Names("totp_secret", await Operator.Post("/v1/users", new { email_address = "x@example.com", totp_secret = seed }), "form_param_format_invalid");

    [Theory]
    [InlineData("form_param_format_invalid", "short")]
    [InlineData("form_param_value_invalid", "$2b$10$0123456789012345678901234567890123456789012345678901a")]
    public async Task what_can_be_no_backup_code_is_refused_by_name(string problem, string code) =>
        Names("backup_codes", await Operator.Post("/v1/users", new { email_address = "x@example.com", backup_codes = new[] { code } }), problem);

    [Fact]
    public async Task more_than_twenty_backup_codes_are_too_many() =>
        Names("backup_codes", await Operator.Post("/v1/users", new { email_address = "x@example.com", backup_codes = Enumerable.Range(10_000_000, 21).Select(n => $"{n}") }), "form_param_max_length_exceeded");

    [Fact]
    public async Task backup_codes_that_move_in_are_good_once_each_as_they_were_spelled_R35()
    {
        var person = await MovedIn(Base32Encoding.ToString(Seed), TheirCodes);
        foreach (var code in TheirCodes) (await Second(await Begun(person), "backup_code", $" {code} ")).Status.ShouldBe(200);
        (await Second(await Begun(person), "backup_code", TheirCodes[0])).ShouldBe(422, "form_code_incorrect");
    }

    [Fact]
    public async Task another_spelling_of_one_that_moved_in_is_another_code()
    {
        var person = await MovedIn(Base32Encoding.ToString(Seed), TheirCodes);
        (await Second(await Begun(person), "backup_code", TheirCodes[1].ToUpperInvariant())).ShouldBe(422, "form_code_incorrect");
    }

    [Fact]
    public async Task new_codes_take_the_place_of_those_that_moved_in_R37()
    {
        var person = await MovedIn(Base32Encoding.ToString(Seed), TheirCodes);
        var visit = await Begun(person);
        var session = (string)(await Second(visit, "totp", Account.CodeOf(Seed))).Response["created_session_id"]!;
        var fresh = await new Account(person, visit.Browser, session).MakeBackupCodes();
        (await Second(await Begun(person), "backup_code", TheirCodes[0])).ShouldBe(422, "form_code_incorrect");
        (await Second(await Begun(person), "backup_code", fresh[0].ToLowerInvariant())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_code_is_compared_for_the_operator_and_used_up_R31_R35()
    {
        var person = await MovedIn(Base32Encoding.ToString(Seed), TheirCodes);
        var code = Account.CodeOf(Seed);
        (await Verify(person, code)).Text.ShouldBe("""{"verified":true,"code_type":"totp"}""");
        (await Verify(person, code)).ShouldBe(422, "form_code_incorrect");
        (await Verify(person, TheirCodes[0])).Text.ShouldBe("""{"verified":true,"code_type":"backup_code"}""");
        (await Verify(person, TheirCodes[0])).ShouldBe(422, "form_code_incorrect");
        (await Verify(await Person.Make(host), "123456")).ShouldBe(400, "no_second_factors");
    }

    [Fact]
    public async Task the_operators_wrong_guesses_count_with_those_at_sign_ins_R18()
    {
        var person = await MovedIn(Base32Encoding.ToString(Seed));
        for (var guess = 0; guess < 10; guess++) (await Verify(person, Account.Not(Account.CodeOf(Seed)))).ShouldBe(422, "form_code_incorrect");
        (await Verify(person, Account.CodeOf(Seed))).ShouldBe(429, "too_many_requests");
        (await Second(await Begun(person), "totp", Account.CodeOf(Seed))).ShouldBe(429, "too_many_requests");
    }

    [Fact]
    public async Task a_factor_that_is_not_the_last_goes_at_once_and_sessions_with_it_R63()
    {
        var account = await Account.New(host, twoStep: true);
        await account.AddApp();
        (await Operator.Delete($"/v1/users/{account.Person.UserId}/totp")).Text.ShouldBe($$"""{"user_id":"{{account.Person.UserId}}"}""");
        (await account.Get("")).ShouldBe(401, "authentication_invalid");
        (await Operator.Delete($"/v1/users/{account.Person.UserId}/totp")).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task the_last_one_goes_only_by_a_recovery_R65()
    {
        var person = await MovedIn(Base32Encoding.ToString(Seed), TheirCodes);
        (await Operator.Delete($"/v1/users/{person.UserId}/totp")).ShouldBe(400, "second_factor_deletion_not_allowed");
        (await Operator.Delete($"/v1/users/{person.UserId}/backup_code")).Status.ShouldBe(200);
        ((bool)(await Operator.Get($"/v1/users/{person.UserId}")).Json["backup_code_enabled"]!).ShouldBeFalse();
    }

    private static int _made;

    private async Task<Person> MovedIn(string seed, params string[] codes)
    {
        var email = $"moved{Interlocked.Increment(ref _made)}@example.com";
        const string password = "correct horse battery staple";
        var made = await Operator.Post("/v1/users", new { email_address = email, password, totp_secret = seed, backup_codes = codes });
        made.Status.ShouldBe(200, made.Text);
        ((bool)made.Json["totp_enabled"]!, (bool)made.Json["backup_code_enabled"]!).ShouldBe((true, codes.Length > 0));
        Auth.Host.Http.UserId.TryParse((string)made.Json["id"]!, out var id).ShouldBeTrue();
        return new(id.Value, email, "", "", password);
    }

    private Task<Reply> Verify(Person person, string code) => Operator.Post($"/v1/users/{person.UserId}/verify_totp", new { code });

    private async Task<Visit> Begun(Person person)
    {
        var visit = new Visit(host, person);
        ((string)(await visit.Create()).Response["status"]!).ShouldBe("needs_second_factor");
        return visit;
    }

    private static void Names(string field, Reply reply, string problem)
    {
        reply.ShouldBe(422, problem);
        reply.Text.ShouldContain($"\"{field}\"");
    }

    private static Task<Reply> Second(Visit visit, string strategy, string code) =>
        visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", strategy), ("code", code));
}
