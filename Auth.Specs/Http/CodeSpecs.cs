using System.Text.Json.Nodes;
using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>A texted code through the front door: once, for five minutes, for this sign-in, five guesses (R14 to R18, R21 to R24).</summary>
public class CodeSpecs(RunningHost host)
{
    private static string Not(string code, int by = 1) => ((int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) + by) % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task the_sixth_guess_is_never_compared_not_even_the_right_one()
    {
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();
        for (var guess = 1; guess <= 5; guess++) (await visit.Attempt(Not(code, guess))).ShouldBe(422, "form_code_incorrect");

        (await visit.Attempt(code)).ShouldBe(400, "verification_failed");
        (await visit.Prepare()).ShouldBe(400, "verification_failed");
        (await visit.Facts()).Count(fact => fact is SecondFactorRejected).ShouldBe(5);
    }

    [Fact]
    public async Task of_fifty_guesses_at_once_at_most_five_are_compared()
    {
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();
        var twins = Enumerable.Range(1, 50).Select(n => (Twin: visit.Browser.Twin(), Guess: Not(code, n))).ToList();

        var replies = await Task.WhenAll(twins.Select(x => x.Twin.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "phone_code"), ("code", x.Guess))));

        var compared = replies.Count(reply => reply.Problem == "form_code_incorrect");
        compared.ShouldBeInRange(1, 5);
        (await visit.Facts()).Count(fact => fact is SecondFactorRejected).ShouldBe(compared);
        replies.ShouldAllBe(reply => reply.Status < 500);
    }

    [Fact]
    public async Task after_five_minutes_it_is_refused()
    {
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();
        StoryClock.Advance(TimeSpan.FromMinutes(5));

        (await visit.Attempt(code)).ShouldBe(400, "verification_expired");
    }

    [Fact]
    public async Task another_sign_ins_code_is_wrong()
    {
        var person = await Person.Make(host);
        var code = await new Visit(host, person).UpToCode();
        var other = new Visit(host, person);
        (await other.Create()).Status.ShouldBe(200);
        (await other.Prepare()).Status.ShouldBe(200);
        (await person.LatestCode(host, texts: 2)).ShouldNotBe(code, "one in a million");

        (await other.Attempt(code)).ShouldBe(422, "form_code_incorrect");
    }

    [Fact]
    public async Task asked_again_within_the_gap_nothing_leaves_and_later_the_same_code_leaves_again()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        var code = await visit.UpToCode();
        (await visit.Attempt(Not(code))).ShouldBe(422, "form_code_incorrect");

        (await visit.Prepare()).Status.ShouldBe(200);
        (await person.Texts(host)).ShouldBe(1);
        StoryClock.Advance(TimeSpan.FromSeconds(31));
        (await visit.Prepare()).Status.ShouldBe(200);

        (await person.LatestCode(host, texts: 2)).ShouldBe(code);
        for (var guess = 2; guess <= 5; guess++) (await visit.Attempt(Not(code, guess))).ShouldBe(422, "form_code_incorrect");
        (await visit.Attempt(code)).ShouldBe(400, "verification_failed");
    }

    [Fact]
    public async Task with_too_little_life_left_the_next_code_leaves_and_voids_the_old_one()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        var old = await visit.UpToCode();
        StoryClock.Advance(TimeSpan.FromMinutes(3.5));
        (await visit.Prepare()).Status.ShouldBe(200);
        var code = await person.LatestCode(host, texts: 2);

        code.ShouldNotBe(old, "one in a million");
        (await visit.Attempt(old)).ShouldBe(422, "form_code_incorrect");
        (await visit.Attempt(code)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task after_five_texts_in_an_hour_no_more_leave_and_the_answer_says_when()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        (await visit.Create()).Status.ShouldBe(200);
        for (var text = 1; text <= 5; text++)
        {
            (await visit.Prepare()).Status.ShouldBe(200);
            await person.LatestText(host, text);
            StoryClock.Advance(TimeSpan.FromSeconds(31));
        }

        var reply = await visit.Prepare();
        reply.ShouldBe(429, "verification_code_rate_limit_exceeded");
        reply.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(60));
        (await visit.Prepare()).Status.ShouldBe(429);
        (await person.Texts(host)).ShouldBe(5);
        (await visit.Facts()).Count(fact => fact is SecondFactorRefused { Reason: RefusalReason.SendLimit }).ShouldBe(1);
    }

    [Theory]
    [InlineData("123456")]
    [InlineData("[\"123456\"]")]
    [InlineData("{\"a\":\"123456\"}")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"\"")]
    [InlineData("\"12345\"")]
    [InlineData("\"1234567\"")]
    [InlineData("\"+12345\"")]
    [InlineData("\"123 456\"")]
    [InlineData("\" 123456\"")]
    [InlineData("\"１２３４５６\"")]
    [InlineData("\"١٢٣٤٥٦\"")]
    [InlineData("\"12345\\u0000\"")]
    [InlineData("\"123456\\u0000\"")]
    [InlineData("\"12345\\u001f\"")]
    [InlineData("\"12345\\u007f\"")]
    public async Task only_six_ascii_digits_as_text_are_a_guess(string code)
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.UpToCode();

        var reply = await visit.Browser.PostJson($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", new JsonObject { ["strategy"] = "phone_code", ["code"] = JsonNode.Parse(code) });

        reply.ShouldBe(422, "form_param_format_invalid");
        (await visit.Facts()).Count(fact => fact is SecondFactorRejected).ShouldBe(0);
    }

    [Fact]
    public async Task no_answer_holds_the_code()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        var answers = new List<string> { (await visit.Create()).Text, (await visit.Prepare()).Text };
        var code = await person.LatestCode(host);
        answers.Add((await visit.Attempt(Not(code))).Text);
        answers.Add((await visit.Browser.Get($"/v1/client/sign_ins/{visit.SignIn}")).Text);
        answers.Add((await visit.Attempt(code)).Text);

        answers.ShouldAllBe(answer => !System.Text.RegularExpressions.Regex.IsMatch(answer, $"(?<![0-9a-z_]){code}(?![0-9a-z])"));
    }
}
