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

    /// <summary>What ran out of time stays so, told or not: by its whole life, or by the time for the second factor, also where the first one came late (R10).</summary>
    [Theory]
    [InlineData("identified only", 15.1)]
    [InlineData("proved once", 10.1)]
    [InlineData("proved once, minutes later", 10.1)]
    public async Task a_sign_in_that_ran_out_of_time_is_not_superseded(string older, double minutes)
    {
        var visit = new Visit(host, await Person.Make(host));
        if (older == "proved once") await visit.Create();
        else await visit.Identify();
        if (older.EndsWith("later", StringComparison.Ordinal))
        {
            StoryClock.Advance(TimeSpan.FromMinutes(2));
            (await visit.AttemptFirst()).Status.ShouldBe(200);
        }

        StoryClock.Advance(TimeSpan.FromMinutes(minutes));
        (await new Visit(host, visit).Identify()).Status.ShouldBe(200);

        (await visit.Facts()).ShouldNotContain(fact => fact is Superseded);
        (await visit.Prepare()).ShouldBe(400, "sign_in_expired");
        (await visit.Attempt("123456")).ShouldBe(400, "sign_in_expired");
        (await visit.Facts()).Count(fact => fact is Expired).ShouldBe(1);
        (await visit.Facts()).ShouldNotContain(fact => fact is Superseded);
    }

    /// <summary>Nor is one that was proved against factors of before (R06).</summary>
    [Fact]
    public async Task a_sign_in_whose_factors_changed_is_not_superseded()
    {
        var account = await Account.WithNumber(host);
        var visit = new Visit(host, account.Person);
        await visit.Create();
        await account.TakeAllOff();
        (await new Visit(host, visit).Identify()).Status.ShouldBe(200);

        (await visit.Attempt("123456")).ShouldBe(400, "sign_in_expired");
        (await visit.Facts()).Count(fact => fact is Invalidated).ShouldBe(1);
        (await visit.Facts()).ShouldNotContain(fact => fact is Superseded);
    }

    [Theory]
    [InlineData(false, 14.9)]
    [InlineData(true, 9.9)]
    public async Task one_with_time_left_is_superseded(bool proved, double minutes)
    {
        var visit = new Visit(host, await Person.Make(host));
        await (proved ? visit.Create() : visit.Identify());
        StoryClock.Advance(TimeSpan.FromMinutes(minutes));
        await new Visit(host, visit).Identify();

        (await visit.Prepare()).ShouldBe(403, "resource_forbidden");
        (await visit.Facts()).Count(fact => fact is Superseded).ShouldBe(1);
    }
}
