using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>The Backend API for people, and how little it can do about sessions (R03, R44, R52).</summary>
public class OperatorSpecs(RunningHost host)
{
    [Theory]
    [InlineData("email_address")]
    [InlineData("phone_number")]
    public async Task an_identifier_belongs_to_one_person(string kind)
    {
        var person = await Person.Make(host);
        var taken = kind == "email_address" ? person.EmailAddress.ToUpperInvariant() : person.PhoneNumber;

        (await Operator.Post("/v1/users", new Dictionary<string, string[]> { [kind] = [taken] })).ShouldBe(422, "form_identifier_exists");

        (await Operator.Get($"/v1/users?{kind}={Uri.EscapeDataString(taken)}")).Json.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task who_comes_second_at_once_leaves_nothing_behind()
    {
        var email = $"{Guid.NewGuid():n}@example.com";

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Operator.Post("/v1/users", new { email_address = new[] { email } })));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        foreach (var refused in replies.Where(reply => reply.Status != 200)) refused.ShouldBe(422, "form_identifier_exists");
    }

    [Theory]
    [InlineData("email_address", "nobody", "form_param_format_invalid")]
    [InlineData("email_address", "a@b", "form_param_format_invalid")]
    [InlineData("phone_number", "12025550100", "form_param_format_invalid")]
    [InlineData("phone_number", "+1", "form_param_format_invalid")]
    [InlineData("password", "short", "form_password_length_too_short")]
    public async Task what_is_malformed_makes_nobody(string field, string value, string code)
    {
        var email = $"{Guid.NewGuid():n}@example.com";

        (await Operator.Post("/v1/users", new Dictionary<string, string> { ["email_address"] = email, [field] = value })).ShouldBe(422, code);

        (await Operator.Get($"/v1/users?email_address={email}")).Json.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task people_are_found_by_address_number_and_id()
    {
        var person = await Person.Make(host);

        foreach (var query in (string[])[$"email_address={person.EmailAddress}", $"phone_number={Uri.EscapeDataString(person.PhoneNumber)}", $"user_id={person.UserId}"])
            ((string)(await Operator.Get($"/v1/users?{query}")).Json.AsArray().ShouldHaveSingleItem()!["id"]!).ShouldBe(person.UserId);
        ((string)(await Operator.Get($"/v1/users/{person.UserId}")).Json["id"]!).ShouldBe(person.UserId);
    }

    [Fact]
    public async Task an_unlocked_person_signs_in_again()
    {
        var person = await Person.Make(host);
        ((bool)(await Operator.Post($"/v1/users/{person.UserId}/lock", new { })).Json["locked"]!).ShouldBeTrue();
        (await new Visit(host, person).Create()).ShouldBe(403, "user_locked");

        ((bool)(await Operator.Post($"/v1/users/{person.UserId}/unlock", new { })).Json["locked"]!).ShouldBeFalse();

        (await new Visit(host, person).Create()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task nobody_makes_a_session_without_signing_in()
    {
        var person = await Person.Make(host);

        (await Operator.Post("/v1/sessions", new { user_id = person.UserId })).ShouldBe(409, "session_creation_not_allowed");
        (await new Browser(host).Post("/v1/sessions", ("user_id", person.UserId))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task how_somebody_stands_with_two_step_verification_is_told_up_to_a_fact()
    {
        var person = await Person.Make(host);
        await new Visit(host, person).Through();

        var status = await Eventually.Of(async () => await Operator.Get($"/v1/users/{person.UserId}/mfa_status") is { Status: 200 } reply && reply.Json["last_verified_at"] is not null ? reply.Json : null);

        ((bool)status["enabled"]!).ShouldBeTrue();
        ((long)status["up_to"]!).ShouldBePositive();
        ((string)status["phone_numbers"]![0]!["id"]!).ShouldBe(person.PhoneNumberId);
        (await Operator.Get("/v1/users/user_unknown/mfa_status")).ShouldBe(404, "resource_not_found");
        (await new Browser(host).Get($"/v1/users/{person.UserId}/mfa_status")).Status.ShouldBe(401);
    }

    private Operator Operator => new(host);
}
