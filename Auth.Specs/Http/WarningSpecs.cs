using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Before guesses cost a wait, the last few say how many are left, to people and strangers alike; and the operator sees how somebody stands (R19, R51).</summary>
public class WarningSpecs(RunningHost host)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task the_last_three_before_a_wait_say_how_many_are_left_to_everybody_R51(bool known)
    {
        var identifier = known ? (await Person.Make(host)).EmailAddress : $"{Guid.NewGuid():n}@example.com";

        var told = new List<int?>();
        for (var guess = 1; guess <= 10; guess++) told.Add(Left(await new Visit(host, Somebody(identifier)).Create()));

        told.ShouldBe([null, null, null, null, null, null, 3, 2, 1, null]);
        (await new Visit(host, Somebody(identifier)).Create()).ShouldBe(429, "too_many_requests");
    }

    [Fact]
    public async Task wrong_codes_warn_as_well()
    {
        var account = await Account.New(host);
        await account.AddApp();
        var last = new Visit(host, account.Person);
        await last.Create();
        for (var guess = 1; guess <= 5; guess++) Left(await Wrong(last)).ShouldBeNull();
        var next = new Visit(host, account.Person);
        await next.Create();
        (Left(await Wrong(next)), Left(await Wrong(next))).ShouldBe((null, 3));
    }

    [Fact]
    public async Task the_operator_sees_how_many_are_left_and_when_a_lock_holds()
    {
        var person = await Person.Make(host);
        for (var guess = 0; guess < 4; guess++) await new Visit(host, person).Create("a wrong horse battery staple");

        var seen = (await new Operator(host).Get($"/v1/users/{person.UserId}")).Json;
        ((int)seen["verification_attempts_remaining"]!, (bool)seen["locked"]!).ShouldBe((6, false));
        seen["lockout_expires_in_seconds"].ShouldBeNull();

        await new Operator(host).Post($"/v1/users/{person.UserId}/lock", new { });
        ((bool)(await new Operator(host).Get($"/v1/users/{person.UserId}")).Json["locked"]!).ShouldBeTrue();
        await new Operator(host).Post($"/v1/users/{person.UserId}/unlock", new { });
        ((int)(await new Operator(host).Get($"/v1/users?user_id={person.UserId}")).Json[0]!["verification_attempts_remaining"]!).ShouldBe(10);
    }

    private static Task<Reply> Wrong(Visit visit) =>
        visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "totp"), ("code", "000000"));

    private static Person Somebody(string identifier) => new(Guid.Empty, identifier, "", "", "a wrong horse battery staple");

    private static int? Left(Reply reply)
    {
        reply.Status.ShouldBe(422, reply.Text);
        return (int?)reply.Json["errors"]![0]!["meta"]?["attempts_remaining"];
    }
}
