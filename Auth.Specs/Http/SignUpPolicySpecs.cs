using System.Text.Json.Nodes;
using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Sign-ups are held to the operator's settings from the next step on, and clients are told exactly that (R44, R51).</summary>
public class SignUpPolicySpecs(Office desk) : IClassFixture<Office>
{
    [Fact]
    public async Task closed_every_step_is_refused_also_of_one_that_is_under_way_and_opened_again_it_goes_on()
    {
        var office = await desk.Open();
        var cleo = new Newcomer(office.Host);
        var code = await cleo.UpToCode();
        await Apply(office, new { sign_up = new { mode = "closed" } });

        Mode(await office.Environment()).ShouldBe("restricted");
        ((bool)(await office.Get()).Json["sign_up"]!["open"]!).ShouldBeFalse();
        (await new Newcomer(office.Host).Begin()).ShouldBe(403, "sign_up_mode_restricted");
        (await cleo.Give(("first_name", "Cleo"))).ShouldBe(403, "sign_up_mode_restricted");
        (await cleo.Prepare()).ShouldBe(403, "sign_up_mode_restricted");
        (await cleo.Attempt(code)).ShouldBe(403, "sign_up_mode_restricted");

        await Apply(office, new { sign_up = new { mode = "open" } });
        Mode(await office.Environment()).ShouldBe("public");
        ((string)(await cleo.Attempt(code)).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task as_shipped_the_settings_say_nothing_and_what_is_configured_holds()
    {
        var office = await desk.Open();
        var settings = (await office.Get()).Json["sign_up"]!;

        (settings["mode"], (bool)settings["open"]!).ShouldBe((null, true));
        (await office.Stage(new { sign_up = new { mode = "waiting" } })).ShouldBe(422, "form_param_value_invalid");
    }

    [Fact]
    public async Task where_the_password_is_off_nobody_is_asked_for_one_and_the_code_alone_makes_the_account()
    {
        var office = await desk.Open();
        await Apply(office, new { first_factors = new[] { "email_code", "phone_code" } });
        var cleo = new Newcomer(office.Host);

        (await cleo.Begin()).ShouldBe(422, "form_param_unknown");
        var begun = await cleo.Begin(("email_address", cleo.EmailAddress));
        Fields(begun, "required_fields").ShouldBe(["email_address"]);
        Fields(begun, "missing_fields").ShouldBeEmpty();
        await cleo.Prepare();
        var done = await cleo.Attempt(await cleo.MailedCode());

        ((string)done.Response["status"]!).ShouldBe("complete", done.Text);
        ((bool)done.Json["client"]!["sessions"]![0]!["user"]!["password_enabled"]!).ShouldBeFalse();
        var environment = (await office.Environment())["user_settings"]!;
        ((bool)environment["attributes"]!["password"]!["required"]!, (bool)environment["attributes"]!["password"]!["enabled"]!).ShouldBe((false, false));
    }

    [Fact]
    public async Task where_only_mailed_codes_sign_in_an_address_is_needed_and_clients_are_told()
    {
        var office = await desk.Open();
        await Apply(office, new { first_factors = new[] { "email_code" } });
        var cleo = new Newcomer(office.Host);

        await cleo.Begin(("phone_number", cleo.PhoneNumber));
        await cleo.Prepare("phone_code");
        var proved = await cleo.Attempt(await cleo.TextedCode(), "phone_code");
        Fields(proved, "missing_fields").ShouldBe(["email_address"]);

        var environment = await office.Environment();
        var attributes = environment["user_settings"]!["attributes"]!;
        ((bool)attributes["email_address"]!["required"]!, (bool)attributes["email_address"]!["used_for_first_factor"]!).ShouldBe((true, true));
        ((bool)attributes["phone_number"]!["required"]!, (bool)attributes["phone_number"]!["used_for_first_factor"]!).ShouldBe((false, false));
        environment["auth_config"]!["identification_strategies"]!.AsArray().Select(x => (string)x!).ShouldBe(["email_address"]);
    }

    [Fact]
    public async Task where_mailed_codes_do_not_sign_in_the_session_is_proved_by_the_password()
    {
        var office = await desk.Open();
        await Apply(office, new { first_factors = new[] { "password" } });
        var cleo = new Newcomer(office.Host);
        var done = await cleo.Through();

        ((string)done.Json["client"]!["last_authentication_strategy"]!).ShouldBe("password");
        var completed = (await cleo.Facts()).OfType<SignUpCompleted>().Single();
        (await Newcomer.Facts(office.Host, completed.SignIn)).OfType<FirstFactorVerified>().Single().Authenticator.ShouldBe(Authenticator.Password);
    }

    [Fact]
    public async Task where_nobody_could_come_back_nobody_signs_up()
    {
        var office = await desk.Open();
        await Apply(office, new { first_factors = new[] { "passkey" }, sign_up = new { mode = "open" } });

        Mode(await office.Environment()).ShouldBe("restricted");
        (await new Newcomer(office.Host).Begin(("email_address", "cleo@example.com"))).ShouldBe(403, "sign_up_mode_restricted");
    }

    [Fact]
    public async Task the_password_of_a_sign_up_is_as_long_as_the_settings_say_R44()
    {
        var office = await desk.Open();
        await Apply(office, new { password = new { min_length = 20 } });

        (await new Newcomer(office.Host) { Password = "nineteen characters" }.Begin()).ShouldBe(422, "form_password_length_too_short");
        ((int)(await office.Environment())["user_settings"]!["password_settings"]!["min_length"]!).ShouldBe(20);
    }

    private static string Mode(JsonNode environment) => (string)environment["user_settings"]!["sign_up"]!["mode"]!;

    private static IEnumerable<string> Fields(Reply reply, string name) => reply.Response[name]!.AsArray().Select(field => (string)field!);

    private static async Task Apply(Office office, object change)
    {
        var staged = await office.Stage(change);
        staged.Status.ShouldBe(200, staged.Text);
        var applied = await office.Apply($"\"{(long)(await office.Get()).Json["version"]!}\"");
        applied.Status.ShouldBe(200, applied.Text);
    }
}
