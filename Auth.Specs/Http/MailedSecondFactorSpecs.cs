using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>A mailed code as second factor: as shipped there is none; where the operator allows it, it stands in for what is enrolled (R13, R22, R23, R50).</summary>
public class MailedSecondFactorSpecs(Office desk) : IClassFixture<Office>
{
    private const string NewPassword = "another battery, another horse";

    [Fact]
    public async Task as_shipped_it_is_neither_offered_nor_sent()
    {
        var office = await desk.Open();
        var visit = new Visit(office.Host, await Person.Make(office.Host));

        Offered(await visit.Create()).ShouldBe(["phone_code"]);
        (await Prepare(visit)).ShouldBe(400, "verification_strategy_invalid");
    }

    [Fact]
    public async Task allowed_it_is_offered_mailed_and_taken_beside_a_password()
    {
        var office = await Allowing();
        var person = await Person.Make(office.Host);
        var visit = new Visit(office.Host, person);

        var begun = await visit.Create();
        Offered(begun).ShouldBe(["phone_code", "email_code"]);
        var offered = begun.Response["supported_second_factors"]!.AsArray()[1]!.AsObject();
        offered.Select(member => member.Key).ShouldBe(["strategy", "safe_identifier", "email_address_id"], ignoreOrder: true);
        ((string)offered["safe_identifier"]!).ShouldBe("a***@example.com");

        var sent = await Prepare(visit, ("email_address_id", (string)offered["email_address_id"]!));
        ((string)sent.Response["second_factor_verification"]!["strategy"]!, (string)sent.Response["second_factor_verification"]!["status"]!).ShouldBe(("email_code", "unverified"));
        var code = await MailedCode(office, person);
        (await Attempt(visit, Account.Not(code))).ShouldBe(422, "form_code_incorrect");
        var done = await Attempt(visit, code);
        ((string)done.Response["status"]!).ShouldBe("complete", done.Text);
        ((int)done.Json["client"]!["sessions"]![0]!["factor_verification_age"]![1]!).ShouldBe(0);
        (await person.Texts(office.Host)).ShouldBe(0);
        (await visit.Facts()).OfType<SecondFactorVerified>().Single().Authenticator.Strategy.ShouldBe(Strategy.EmailCode);
    }

    [Fact]
    public async Task it_is_nobodys_enrolment()
    {
        var office = await Allowing();
        var done = await new Visit(office.Host, await Person.Make(office.Host, twoStep: false)).Create();

        ((string)done.Response["status"]!).ShouldBe("complete");
        Offered(done).ShouldBeEmpty();
        ((bool)done.Json["client"]!["sessions"]![0]!["user"]!["two_factor_enabled"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task a_mailbox_never_proves_both_in_one_sign_in()
    {
        var office = await Allowing();
        var person = await Person.Make(office.Host);
        var visit = new Visit(office.Host, person);
        await visit.Identify();
        await First(visit, "prepare", "email_code");
        var code = await MailedCode(office, person);

        Offered(await First(visit, "attempt", "email_code", code)).ShouldBe(["phone_code"]);
        (await Prepare(visit)).ShouldBe(400, "strategy_for_user_invalid");
        (await Attempt(visit, code)).ShouldBe(400, "verification_missing");
    }

    [Fact]
    public async Task nor_over_two_of_them_a_password_chosen_by_a_mailed_code_takes_no_mailed_code_beside_it_R50()
    {
        var office = await Allowing();
        var person = await Person.Make(office.Host);
        var visit = new Visit(office.Host, person);
        await visit.Identify();
        await First(visit, "prepare", "reset_password_email_code");
        Offered(await First(visit, "attempt", "reset_password_email_code", await MailedCode(office, person))).ShouldBeEmpty();
        Offered(await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/reset_password", ("password", NewPassword))).ShouldBe(["phone_code"]);

        var next = new Visit(office.Host, person);
        Offered(await next.Create(NewPassword)).ShouldBe(["phone_code"]);
        (await Prepare(next)).ShouldBe(400, "strategy_for_user_invalid");
    }

    [Fact]
    public async Task nor_does_a_phone_a_password_chosen_by_a_texted_code_takes_no_texted_code_beside_it_R50()
    {
        var office = await Allowing();
        var person = await Person.Make(office.Host);
        var visit = new Visit(office.Host, person);
        await visit.Identify(person.PhoneNumber);
        await First(visit, "prepare", "reset_password_phone_code");
        await First(visit, "attempt", "reset_password_phone_code", await person.LatestCode(office.Host));
        await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/reset_password", ("password", NewPassword));

        var next = new Visit(office.Host, person);
        Offered(await next.Create(NewPassword)).ShouldBe(["email_code"]);
        (await next.Prepare()).ShouldBe(400, "strategy_for_user_invalid");
    }

    [Fact]
    public async Task switched_off_again_a_code_that_is_on_its_way_proves_nothing()
    {
        var office = await Allowing();
        var person = await Person.Make(office.Host);
        var visit = new Visit(office.Host, person);
        await visit.Create();
        await Prepare(visit);
        var code = await MailedCode(office, person);
        await Apply(office, new { second_factors = (string[]?)null });

        (await Attempt(visit, code)).ShouldBe(400, "verification_strategy_invalid");
    }

    [Fact]
    public async Task an_address_that_is_taken_off_ends_the_sign_in_that_its_code_was_for_R22()
    {
        var office = await Allowing();
        var account = await Account.New(office.Host, twoStep: true);
        var person = account.Person;
        StoryClock.Advance(TimeSpan.FromSeconds(31));
        var visit = new Visit(office.Host, person);
        await visit.Create();
        await Prepare(visit);
        var code = await MailedCode(office, person);
        var address = (string)(await account.Get("")).Response["email_addresses"]![0]!["id"]!;
        (await account.Delete($"/email_addresses/{address}")).Status.ShouldBe(200);

        (await Attempt(visit, code)).ShouldBe(400, "sign_in_expired");
    }

    [Fact]
    public async Task five_wrong_guesses_close_it_and_the_number_still_finishes()
    {
        var office = await Allowing();
        var person = await Person.Make(office.Host);
        var visit = new Visit(office.Host, person);
        await visit.Create();
        await Prepare(visit);
        var wrong = Account.Not(await MailedCode(office, person));
        for (var guess = 0; guess < 5; guess++) (await Attempt(visit, wrong)).ShouldBe(422, "form_code_incorrect");
        (await Attempt(visit, wrong)).ShouldBe(400, "verification_failed");

        await visit.Prepare();
        ((string)(await visit.Attempt(await person.LatestCode(office.Host))).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task clients_are_told_of_it()
    {
        var office = await desk.Open();
        Told(await office.Environment()).ShouldBe((false, ""));
        await Apply(office, new { second_factors = new[] { "phone_code", "totp", "email_code" } });
        Told(await office.Environment()).ShouldBe((true, "email_code"));
    }

    [Fact]
    public async Task required_alone_it_is_a_contradiction_nobody_could_enrol()
    {
        var office = await desk.Open();
        var staged = await office.Stage(new { second_factor = new { policy = "required" }, second_factors = new[] { "email_code", "backup_code" } });

        staged.Status.ShouldBe(422);
        ((string)staged.Json["errors"]![0]!["meta"]!["param_name"]!).ShouldBe("second_factors");
    }

    private async Task<Office> Allowing()
    {
        var office = await desk.Open();
        await Apply(office, new { second_factors = new[] { "phone_code", "totp", "backup_code", "passkey", "email_code" } });
        return office;
    }

    private static async Task Apply(Office office, object change)
    {
        var staged = await office.Stage(change);
        staged.Status.ShouldBe(200, staged.Text);
        var applied = await office.Apply($"\"{(long)(await office.Get()).Json["version"]!}\"");
        applied.Status.ShouldBe(200, applied.Text);
    }

    /// <summary>The code in the last mail that holds one: the person is told of changes, too.</summary>
    private static Task<string> MailedCode(Office office, Person person) => Eventually.Of(async () =>
        (await new Browser(office.Host).Get($"/_mail/inbox/{person.EmailAddress}")).Json.AsArray().Select(mail => (string)mail!["subject"]!).FirstOrDefault(subject => char.IsAsciiDigit(subject[0]))?[..6]);

    private static (bool, string) Told(System.Text.Json.Nodes.JsonNode environment)
    {
        var address = environment["user_settings"]!["attributes"]!["email_address"]!;
        return ((bool)address["used_for_second_factor"]!, string.Join(' ', address["second_factors"]!.AsArray().Select(x => (string)x!)));
    }

    private static IEnumerable<string> Offered(Reply reply) => reply.Response["supported_second_factors"]?.AsArray().Select(factor => (string)factor!["strategy"]!) ?? [];

    private static Task<Reply> Prepare(Visit visit, params (string, string)[] more) =>
        visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/prepare_second_factor", [("strategy", "email_code"), .. more]);

    private static Task<Reply> Attempt(Visit visit, string code) =>
        visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "email_code"), ("code", code));

    private static Task<Reply> First(Visit visit, string step, string by, string? code = null) =>
        visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/{step}_first_factor", [("strategy", by), .. code is null ? Array.Empty<(string, string)>() : [("code", code)]]);
}
