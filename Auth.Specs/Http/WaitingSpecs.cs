using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Ten failures in a row make everybody wait, the right password and the stranger too (R12, R19, R53, R55).</summary>
public class WaitingSpecs(RunningHost host)
{
    private const string WrongPassword = "a wrong horse battery staple";

    [Fact]
    public async Task the_right_password_waits_as_well_and_is_not_compared()
    {
        var person = await Person.Make(host);
        await Fail(10, person.EmailAddress);

        using var work = HashWork.Begin();
        var right = await new Visit(host, person).Create();
        var wrong = await new Visit(host, person).Create(WrongPassword);

        right.ShouldBe(429, "too_many_requests");
        wrong.ShouldBe(429, "too_many_requests");
        right.RetryAfter.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(1, 30);
        work.Hashes.ShouldBe(0);
    }

    [Fact]
    public async Task a_stranger_waits_like_somebody_known()
    {
        var stranger = $"{Guid.NewGuid():n}@example.com";
        await Fail(10, stranger);

        var reply = await Guess(stranger);

        reply.ShouldBe(429, "too_many_requests");
        reply.RetryAfter.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(1, 30);
    }

    [Fact]
    public async Task after_the_wait_the_right_password_goes_through_and_the_next_wrong_one_waits_twice_as_long()
    {
        var person = await Person.Make(host);
        await Fail(10, person.EmailAddress);
        StoryClock.Advance(TimeSpan.FromSeconds(31));
        await Fail(1, person.EmailAddress);

        (await new Visit(host, person).Create()).RetryAfter.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(31, 60);
        StoryClock.Advance(TimeSpan.FromSeconds(61));

        (await new Visit(host, person).Create()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task the_right_password_alone_does_not_forget_the_failures()
    {
        var person = await Person.Make(host);
        await Fail(9, person.EmailAddress);
        (await new Visit(host, person).Create()).Status.ShouldBe(200);
        await Fail(1, person.EmailAddress);

        (await new Visit(host, person).Create()).ShouldBe(429, "too_many_requests");
    }

    [Fact]
    public async Task a_finished_sign_in_forgets_the_failures()
    {
        var person = await Person.Make(host);
        await Fail(9, person.EmailAddress);
        await new Visit(host, person).Through();
        await Fail(1, person.EmailAddress);

        (await new Visit(host, person).Create()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task all_spellings_of_somebody_known_share_one_count()
    {
        var person = await Person.Make(host);
        await Fail(4, person.EmailAddress);
        await Fail(3, person.EmailAddress.ToUpperInvariant());
        await Fail(3, $"{person.PhoneNumber[..2]} {person.PhoneNumber[2..5]} {person.PhoneNumber[5..]}");

        (await new Visit(host, person).Create()).ShouldBe(429, "too_many_requests");
    }

    [Fact]
    public async Task all_spellings_of_a_stranger_share_one_count()
    {
        var stranger = $"{Guid.NewGuid():n}@example.com";
        await Fail(5, stranger);
        await Fail(5, stranger.ToUpperInvariant());

        (await Guess(stranger)).ShouldBe(429, "too_many_requests");
    }

    [Fact]
    public async Task guesses_in_one_sign_in_end_at_five()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Identify();
        for (var i = 0; i < 5; i++) (await visit.AttemptFirst(WrongPassword)).ShouldBe(422, "form_password_or_identifier_incorrect");

        (await visit.AttemptFirst()).ShouldBe(400, "verification_failed");

        (await visit.Facts()).ShouldNotContain(fact => fact is FirstFactorVerified);
    }

    [Fact]
    public async Task a_right_code_waits_too_and_is_not_used_up()
    {
        var person = await Person.Make(host);
        for (var i = 0; i < 2; i++)
        {
            var visit = new Visit(host, person);
            (await visit.Create()).Status.ShouldBe(200);
            (await visit.Prepare()).Status.ShouldBe(200);
            var code = await person.LatestCode(host, i + 1);
            for (var guess = 1; guess <= 5; guess++) (await visit.Attempt(Wrong.For(code, guess))).ShouldBe(422, "form_code_incorrect");
        }

        var next = new Visit(host, person);
        (await next.Create()).Status.ShouldBe(200);
        (await next.Prepare()).ShouldBe(429, "too_many_requests");
        StoryClock.Advance(TimeSpan.FromSeconds(31));
        (await next.Prepare()).Status.ShouldBe(200);
        (await next.Attempt(await person.LatestCode(host, 3))).Status.ShouldBe(200);
    }

    private async Task Fail(int times, string identifier)
    {
        for (var i = 0; i < times; i++) (await Guess(identifier)).ShouldBe(422, "form_password_or_identifier_incorrect");
    }

    private Task<Reply> Guess(string identifier) =>
        new Browser(host).Post("/v1/client/sign_ins", ("identifier", identifier), ("password", WrongPassword));
}
