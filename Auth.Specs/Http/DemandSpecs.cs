using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Whether a second factor is asked for comes from the person's own stream, and within one sign-in the demand only rises (R04, R05, R06).</summary>
public class DemandSpecs(RunningHost host)
{
    [Fact]
    public async Task enabled_after_the_identifier_is_asked_for_at_the_password()
    {
        var person = await Person.Make(host, twoStep: false);
        var visit = new Visit(host, person);
        await visit.Identify();
        await Reserve(person, true);

        var reply = await visit.AttemptFirst();

        ((string)reply.Response["status"]!).ShouldBe("needs_second_factor");
        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task a_released_number_never_completes_a_waiting_sign_in()
    {
        var account = await Account.WithNumber(host);
        var visit = new Visit(host, account.Person);
        var code = await visit.UpToCode();
        await account.TakeAllOff();

        (await visit.Browser.Get($"/v1/client/sign_ins/{visit.SignIn}")).ShouldBe(404, "resource_not_found");
        (await visit.Attempt(code)).ShouldBe(400, "sign_in_expired");
        (await visit.Prepare()).ShouldBe(400, "sign_in_expired");

        (await visit.Facts()).Count(fact => fact is Invalidated).ShouldBe(1);
        (await visit.Facts()).ShouldNotContain(fact => fact is Converted);
    }

    [Fact]
    public async Task released_and_reserved_again_does_not_revive_it()
    {
        var account = await Account.WithNumber(host);
        var visit = new Visit(host, account.Person);
        var code = await visit.UpToCode();
        await account.TakeAllOff();
        await Reserve(account.Person, true);

        (await visit.Attempt(code)).ShouldBe(400, "sign_in_expired");
    }

    [Fact]
    public async Task without_two_step_the_password_is_enough()
    {
        var visit = new Visit(host, await Person.Make(host, twoStep: false));

        var reply = await visit.Create();

        ((string)reply.Response["status"]!).ShouldBe("complete");
        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task somebody_locked_on_the_way_gets_no_further()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        var code = await visit.UpToCode();
        await new Operator(host).Post($"/v1/users/{person.UserId}/lock", new { });

        (await visit.Attempt(code)).ShouldBe(403, "user_locked");
        (await visit.Prepare()).ShouldBe(403, "user_locked");
    }

    private async Task Reserve(Person person, bool reserved) =>
        (await new Operator(host).Patch($"/v1/phone_numbers/{person.PhoneNumberId}", new { reserved_for_second_factor = reserved })).Status.ShouldBe(200);
}
