using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>The steps go in one order only, and an end is an end (R02, R03, R11).</summary>
public class OrderSpecs(RunningHost host)
{
    [Fact]
    public async Task no_second_step_before_the_first_factor()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        await visit.Identify();

        (await visit.Prepare()).ShouldBe(400, "client_state_invalid");
        (await visit.Attempt("123456")).ShouldBe(400, "client_state_invalid");

        (await visit.Facts()).Select(fact => fact.GetType()).ShouldBe([typeof(Identified)]);
        await new Visit(host, person).UpToCode();
        (await person.Texts(host)).ShouldBe(1);
    }

    [Fact]
    public async Task no_second_step_after_a_wrong_first_factor()
    {
        var visit = new Visit(host, await Person.Make(host));
        (await visit.Create("a wrong horse battery staple")).ShouldBe(422, "form_password_or_identifier_incorrect");

        (await visit.Prepare()).ShouldBe(400, "client_state_invalid");
        (await visit.Attempt("123456")).ShouldBe(400, "client_state_invalid");

        (await visit.Facts()).Select(fact => fact.GetType()).ShouldBe([typeof(Identified), typeof(FirstFactorRejected)]);
    }

    [Fact]
    public async Task no_code_counts_before_one_was_prepared()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();

        (await visit.Attempt("123456")).ShouldBe(400, "verification_missing");

        (await visit.Facts()).ShouldNotContain(fact => fact is SecondFactorRejected);
    }

    [Fact]
    public async Task the_first_factor_is_proved_once()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();

        (await visit.AttemptFirst()).ShouldBe(400, "client_state_invalid");

        (await visit.Facts()).Count(fact => fact is FirstFactorVerified).ShouldBe(1);
    }

    [Fact]
    public async Task a_completed_sign_in_repeats_nothing()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        await visit.Through();
        var facts = await visit.Facts();

        (await visit.AttemptFirst()).ShouldBe(400, "client_state_invalid");
        (await visit.Prepare()).ShouldBe(400, "client_state_invalid");
        (await visit.Attempt(await person.LatestCode(host))).ShouldBe(400, "client_state_invalid");

        (await visit.Facts()).Where(fact => fact is not TextHandedOver and not TextDelivered).ShouldBe(facts.Where(fact => fact is not TextHandedOver and not TextDelivered));
    }

    [Fact]
    public async Task a_newer_sign_in_of_the_same_browser_ends_the_older_one()
    {
        var person = await Person.Make(host);
        var older = new Visit(host, person);
        var code = await older.UpToCode();
        await new Visit(host, person) { Browser = older.Browser }.Identify();

        (await older.AttemptFirst()).ShouldBe(403, "resource_forbidden");
        (await older.Prepare()).ShouldBe(403, "resource_forbidden");
        (await older.Attempt(code)).ShouldBe(403, "resource_forbidden");

        (await older.Browser.Get($"/v1/client/sign_ins/{older.SignIn}")).ShouldBe(404, "resource_not_found");
        (await older.Facts()).Count(fact => fact is Superseded).ShouldBe(1);
        (await older.Facts()).ShouldNotContain(fact => fact is Converted);
    }

    [Fact]
    public async Task a_newer_sign_in_with_a_wrong_password_ends_the_older_one_too()
    {
        var person = await Person.Make(host);
        var older = new Visit(host, person);
        var code = await older.UpToCode();
        await new Visit(host, person) { Browser = older.Browser }.Create("a wrong horse battery staple");

        (await older.Attempt(code)).ShouldBe(403, "resource_forbidden");
    }
}
