using Auth.Domain.Users;
using Auth.Specs.Given;
using Marten;

namespace Auth.Specs.Http;

/// <summary>The operator says what a person is called, and how many there are.</summary>
public class NamesSpecs(RunningHost host)
{
    [Fact]
    public async Task a_name_given_changes_and_one_left_out_stays()
    {
        var person = await Person.Make(host);

        var changed = (await Operator.Patch($"/v1/users/{person.UserId}", new { first_name = "Augusta Ada" })).Json;

        ((string?)changed["first_name"], (string?)changed["last_name"]).ShouldBe(("Augusta Ada", "Lovelace"));
        ((string?)(await Operator.Get($"/v1/users/{person.UserId}")).Json["first_name"]).ShouldBe("Augusta Ada");
    }

    [Fact]
    public async Task null_and_nothing_take_a_name_away()
    {
        var person = await Person.Make(host);

        var changed = (await Operator.Patch($"/v1/users/{person.UserId}", new { first_name = (string?)null, last_name = "" })).Json;

        ((string?)changed["first_name"], (string?)changed["last_name"]).ShouldBe((null, null));
    }

    [Fact]
    public async Task the_same_names_are_told_once()
    {
        var person = await Person.Make(host);

        foreach (var _ in Enumerable.Range(0, 2)) (await Operator.Patch($"/v1/users/{person.UserId}", new { first_name = "Augusta", last_name = "Lovelace" })).Status.ShouldBe(200);
        (await Operator.Patch($"/v1/users/{person.UserId}", new { })).Status.ShouldBe(200);

        await using var session = host.Store.QuerySession("default");
        var facts = (await session.Events.FetchStreamAsync(person.Id, token: TestContext.Current.CancellationToken)).Select(e => e.Data).OfType<NamesChanged>();
        facts.ShouldHaveSingleItem().ToString().ShouldNotContain("Augusta");
    }

    [Fact]
    public async Task a_name_has_an_end() =>
        (await Operator.Patch($"/v1/users/{(await Person.Make(host)).UserId}", new { first_name = new string('a', 257) })).ShouldBe(422, "form_param_max_length_exceeded");

    [Fact]
    public async Task nobody_has_no_name() => (await Operator.Patch("/v1/users/user_unknown", new { first_name = "Ada" })).ShouldBe(404, "resource_not_found");

    [Fact]
    public async Task people_are_counted()
    {
        var (ann, bob) = (await Person.Make(host), await Person.Make(host));

        ((int)(await Operator.Get($"/v1/users/count?user_id={ann.UserId}&email_address={bob.EmailAddress}&email_address=nobody@example.com")).Json["total_count"]!).ShouldBe(2);
        ((int)(await Operator.Get("/v1/users/count")).Json["total_count"]!).ShouldBeGreaterThanOrEqualTo(2);
        ((string)(await Operator.Get("/v1/users/count?user_id=user_unknown")).Json["object"]!).ShouldBe("total_count");
    }

    private Operator Operator => new(host);
}
