using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>The operator asks whether a password is right: the same counting as at a sign-in, so it is no second way to guess (R18, R19).</summary>
public class VerifyPasswordSpecs(RunningHost host)
{
    private const string WrongPassword = "a wrong horse battery staple";

    private Operator Operator => new(host);

    [Fact]
    public async Task the_right_one_is_verified_and_makes_nothing()
    {
        var person = await Person.Make(host);

        var reply = await Verify(person, person.Password);

        (reply.Status, reply.Text).ShouldBe((200, """{"verified":true}"""));
        reply.SetsCookie.ShouldBeFalse();
    }

    [Fact]
    public async Task a_wrong_one_names_its_field()
    {
        var reply = await Verify(await Person.Make(host), WrongPassword);

        reply.ShouldBe(422, "form_password_incorrect");
        ((string)reply.Json["errors"]![0]!["meta"]!["param_name"]!).ShouldBe("password");
    }

    [Fact]
    public async Task wrong_ones_here_and_at_sign_ins_count_together()
    {
        var person = await Person.Make(host);
        for (var i = 0; i < 5; i++) (await Verify(person, WrongPassword)).Status.ShouldBe(422);
        for (var i = 0; i < 5; i++) (await new Visit(host, person).Create(WrongPassword)).Status.ShouldBe(422);

        using var work = HashWork.Begin();
        var waits = await Verify(person, person.Password);

        waits.ShouldBe(429, "too_many_requests");
        waits.RetryAfter.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(1, 30);
        (await new Visit(host, person).Create()).ShouldBe(429, "too_many_requests");
        work.Hashes.ShouldBe(0);
    }

    [Fact]
    public async Task wrong_ones_at_once_are_all_counted()
    {
        var person = await Person.Make(host);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => { while ((await Verify(person, WrongPassword)).Status == 409) { } }));
        for (var i = 0; i < 6; i++) (await Verify(person, WrongPassword)).Status.ShouldBe(422);

        (await Verify(person, person.Password)).ShouldBe(429, "too_many_requests");
    }

    [Fact]
    public async Task the_right_one_does_not_forget_the_failures()
    {
        var person = await Person.Make(host);
        for (var i = 0; i < 9; i++) (await Verify(person, WrongPassword)).Status.ShouldBe(422);
        (await Verify(person, person.Password)).Status.ShouldBe(200);
        (await Verify(person, WrongPassword)).Status.ShouldBe(422);

        (await Verify(person, person.Password)).ShouldBe(429, "too_many_requests");
    }

    [Fact]
    public async Task a_lock_is_told_only_with_the_right_one()
    {
        var person = await Person.Make(host);
        await Operator.Post($"/v1/users/{person.UserId}/lock", new { });

        (await Verify(person, WrongPassword)).ShouldBe(422, "form_password_incorrect");
        (await Verify(person, person.Password)).ShouldBe(403, "user_locked");
    }

    [Fact]
    public async Task who_has_no_password_or_does_not_exist_is_told_apart()
    {
        var user = (string)(await Operator.Post("/v1/users", new { email_address = new[] { $"{Guid.NewGuid():n}@example.com" } })).Json["id"]!;

        (await Operator.Post($"/v1/users/{user}/verify_password", new { password = WrongPassword })).ShouldBe(400, "no_password_set");
        (await Operator.Post("/v1/users/user_00000000000000000000000000/verify_password", new { password = WrongPassword })).ShouldBe(404, "resource_not_found");
        (await Operator.Post("/v1/users/somebody/verify_password", new { password = WrongPassword })).ShouldBe(404, "resource_not_found");
        (await Operator.Post($"/v1/users/{user}/verify_password", new { })).ShouldBe(422, "form_param_missing");
        (await new Browser(host).Post($"/v1/users/{user}/verify_password", ("password", WrongPassword))).Status.ShouldBe(401);
    }

    private Task<Reply> Verify(Person person, string password) => Operator.Post($"/v1/users/{person.UserId}/verify_password", new { password });
}
