using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Signing in by a code to what was typed, and choosing a new password with one (R22, R23, R50, R51, R58).</summary>
public class SentFirstFactorSpecs(RunningHost host)
{
    private const string NewPassword = "a new horse battery staple";

    [Fact]
    public async Task a_mailed_code_signs_in_who_has_nothing_else()
    {
        var person = await Person.Make(host, twoStep: false);
        var visit = new Visit(host, person);
        await visit.Identify();
        var sent = await Prepare(visit, "email_code");
        ((string)sent.Response["first_factor_verification"]!["strategy"]!).ShouldBe("email_code");
        ((string)sent.Response["first_factor_verification"]!["status"]!).ShouldBe("unverified");

        var done = await Attempt(visit, "email_code", await MailedCode(person));
        ((string)done.Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task a_texted_code_signs_in_who_typed_their_number()
    {
        var person = await Person.Make(host, twoStep: false);
        var visit = new Visit(host, person);
        var sent = await visit.Browser.Post("/v1/client/sign_ins", ("identifier", person.PhoneNumber), ("strategy", "phone_code"));
        sent.Status.ShouldBe(200, sent.Text);
        var id = (string)sent.Response["id"]!;

        var done = await visit.Browser.Post($"/v1/client/sign_ins/{id}/attempt_first_factor", ("strategy", "phone_code"), ("code", await person.LatestCode(host)));
        ((string)done.Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task it_meets_the_same_second_factor_R04()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        await visit.Identify();
        await Prepare(visit, "email_code");

        ((string)(await Attempt(visit, "email_code", await MailedCode(person))).Response["status"]!).ShouldBe("needs_second_factor");
        await visit.Prepare();
        ((string)(await visit.Attempt(await person.LatestCode(host))).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task one_phone_is_not_two_factors()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        var begun = await visit.Identify(person.PhoneNumber);
        begun.Status.ShouldBe(200);
        await Prepare(visit, "phone_code");

        var proved = await Attempt(visit, "phone_code", await person.LatestCode(host));
        ((string)proved.Response["status"]!).ShouldBe("needs_second_factor");
        proved.Response["supported_second_factors"]!.AsArray().ShouldBeEmpty();
        (await visit.Prepare()).ShouldBe(400, "strategy_for_user_invalid");
    }

    [Fact]
    public async Task nothing_leaves_for_a_stranger_and_all_answers_are_the_same_R51_R58()
    {
        var known = new Visit(host, await Person.Make(host, twoStep: false));
        var stranger = $"{Guid.NewGuid():n}@example.com";
        var unknown = new Visit(host, new Person(Guid.NewGuid(), stranger, "+12015550000", "", ""));
        await known.Identify();
        await unknown.Identify();

        var (sent, same) = (await Prepare(known, "email_code"), await Prepare(unknown, "email_code"));
        (same.Status, Keys(same)).ShouldBe((sent.Status, Keys(sent)));
        (await Prepare(unknown, "email_code")).Status.ShouldBe(200);
        var (wrong, alike) = (await Attempt(known, "email_code", "000000"), await Attempt(unknown, "email_code", "000000"));
        (alike.Status, alike.Problem).ShouldBe((wrong.Status, wrong.Problem));

        (await new Browser(host).Get($"/_mail/inbox/{stranger}")).Json.AsArray().ShouldBeEmpty();
        (await unknown.Facts()).OfType<FirstFactorPrepared>().Single().Authenticator.Id.ShouldBeNull();
    }

    [Fact]
    public async Task strangers_and_people_wait_alike_for_another_code_R51_R56()
    {
        var answers = new List<(int, string?)>[2];
        var identifiers = new[] { (await Person.Make(host, twoStep: false)).EmailAddress, $"{Guid.NewGuid():n}@example.com" };
        for (var who = 0; who < 2; who++)
        {
            answers[who] = [];
            for (var n = 0; n < 7; n++)
            {
                StoryClock.Advance(TimeSpan.FromMinutes(1));
                var reply = await new Browser(host).Post("/v1/client/sign_ins", ("identifier", identifiers[who]), ("strategy", "email_code"));
                answers[who].Add((reply.Status, reply.Status == 200 ? null : reply.Problem));
            }
        }

        answers[0].ShouldBe([(200, null), (200, null), (200, null), (200, null), (200, null), (429, "verification_code_rate_limit_exceeded"), (429, "verification_code_rate_limit_exceeded")]);
        answers[1].ShouldBe(answers[0]);
    }

    [Fact]
    public async Task a_code_for_one_thing_is_refused_for_another_R23()
    {
        var person = await Person.Make(host, twoStep: false);
        var visit = new Visit(host, person);
        await visit.Identify();
        await Prepare(visit, "email_code");
        var code = await MailedCode(person);
        await Prepare(visit, "reset_password_email_code");

        (await Attempt(visit, "reset_password_email_code", code)).ShouldBe(422, "form_code_incorrect");
    }

    [Fact]
    public async Task a_forgotten_password_is_replaced_and_the_second_factor_still_asked_for_R50()
    {
        var person = await Person.Make(host);
        var elsewhere = await Account.SignIn(host, person);
        StoryClock.Advance(TimeSpan.FromSeconds(31));
        var visit = new Visit(host, person);
        await visit.Identify();
        await Prepare(visit, "reset_password_email_code");

        var proved = await Attempt(visit, "reset_password_email_code", await MailedCode(person));
        ((string)proved.Response["status"]!).ShouldBe("needs_new_password");
        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(401);
        (await Reset(visit, "too short")).ShouldBe(422, "form_password_length_too_short");
        (await Reset(visit, "1234567890qwertyuiop")).ShouldBe(422, "form_password_pwned");

        ((string)(await Reset(visit, NewPassword)).Response["status"]!).ShouldBe("needs_second_factor");
        (await elsewhere.Get("")).Status.ShouldBe(401);
        await visit.Prepare();
        ((string)(await visit.Attempt(await person.LatestCode(host, texts: 2))).Response["status"]!).ShouldBe("complete");
        (await new Visit(host, person).Create()).ShouldBe(422, "form_password_or_identifier_incorrect");
        ((string)(await new Visit(host, person).Create(NewPassword)).Response["status"]!).ShouldBe("needs_second_factor");
    }

    [Fact]
    public async Task who_has_nothing_else_is_signed_in_with_the_new_password()
    {
        var person = await Person.Make(host, twoStep: false);
        var visit = new Visit(host, person);
        await visit.Identify();
        await Prepare(visit, "reset_password_email_code");
        await Attempt(visit, "reset_password_email_code", await MailedCode(person));

        ((string)(await Reset(visit, NewPassword)).Response["status"]!).ShouldBe("complete");
        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task before_the_code_there_is_no_new_password()
    {
        var visit = new Visit(host, await Person.Make(host, twoStep: false));
        await visit.Identify();
        (await Reset(visit, NewPassword)).ShouldBe(400, "client_state_invalid");
    }

    [Fact]
    public async Task the_person_is_told_of_the_new_password_R64()
    {
        var person = await Person.Make(host, twoStep: false);
        var visit = new Visit(host, person);
        await visit.Identify();
        await Prepare(visit, "reset_password_email_code");
        await Attempt(visit, "reset_password_email_code", await MailedCode(person));
        await Reset(visit, NewPassword);

        ((string)(await person.LatestMail(host, mails: 2))["subject"]!).ShouldContain("password", Case.Insensitive);
    }

    private static Task<Reply> Prepare(Visit visit, string strategy) => visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/prepare_first_factor", ("strategy", strategy));

    private static Task<Reply> Attempt(Visit visit, string strategy, string code) =>
        visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_first_factor", ("strategy", strategy), ("code", code));

    private static Task<Reply> Reset(Visit visit, string password) => visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/reset_password", ("password", password));

    private Task<string> MailedCode(Person person, int codes = 1) => Eventually.Of(async () =>
    {
        var subjects = (await new Browser(host).Get($"/_mail/inbox/{person.EmailAddress}")).Json.AsArray().Select(mail => (string)mail!["subject"]!).Where(subject => char.IsAsciiDigit(subject[0])).ToList();
        return subjects.Count >= codes ? subjects[0][..6] : null;
    });

    private static string Keys(Reply reply) => string.Join(' ', reply.Response.AsObject().Select(member => $"{member.Key}:{member.Value?.GetValueKind()}"));
}
