using System.Text.Json.Nodes;
using Auth.Domain.SignIns;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Nobody learns from an answer, or from the work behind it, whether somebody has an account (R47, R51, R52, R81).</summary>
public class EnumerationSpecs(RunningHost host)
{
    private const string WrongPassword = "a wrong horse battery staple";

    [Fact]
    public async Task an_identifier_alone_is_answered_the_same_for_everybody()
    {
        var known = await Identified((await Person.Make(host)).EmailAddress);
        foreach (var identifier in await EverybodyElse()) (await Identified(identifier)).ShouldBe(known, identifier);
    }

    [Fact]
    public async Task a_wrong_password_is_answered_the_same_for_everybody_at_the_same_work()
    {
        var known = await Rejected((await Person.Make(host)).EmailAddress);
        known.Hashes.ShouldBe(1);
        foreach (var identifier in await EverybodyElse()) (await Rejected(identifier)).ShouldBe(known, identifier);
    }

    [Fact]
    public async Task a_wrong_password_as_a_step_of_its_own_is_answered_the_same_for_everybody()
    {
        var known = await RejectedLater((await Person.Make(host)).EmailAddress);
        known.Hashes.ShouldBe(1);
        foreach (var identifier in await EverybodyElse()) (await RejectedLater(identifier)).ShouldBe(known, identifier);
    }

    [Fact]
    public async Task only_the_right_password_tells_that_somebody_is_locked()
    {
        var person = await Locked();
        var visit = new Visit(host, person);

        (await visit.Create(WrongPassword)).ShouldBe(422, "form_password_or_identifier_incorrect");
        (await visit.AttemptFirst(WrongPassword)).ShouldBe(422, "form_password_or_identifier_incorrect");
        (await visit.AttemptFirst()).ShouldBe(403, "user_locked");

        (await visit.Facts()).Count(fact => fact is FirstFactorRejected).ShouldBe(2);
    }

    [Fact]
    public async Task second_factors_are_told_after_the_first_and_then_masked()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);

        (await visit.Identify()).Response["supported_second_factors"].ShouldBeNull();
        var after = await visit.AttemptFirst();

        ((string)after.Response["supported_second_factors"]![0]!["safe_identifier"]!).ShouldEndWith(person.PhoneNumber[^2..]);
        after.Text.ShouldNotContain(person.PhoneNumber[^3..] + "\"");
        after.Text.ShouldNotContain(person.PhoneNumber[1..]);
    }

    private async Task<string[]> EverybodyElse()
    {
        var passwordless = await new Operator(host).Post("/v1/users", new { email_address = new[] { $"{Guid.NewGuid():n}@example.com" } });
        passwordless.Status.ShouldBe(200, passwordless.Text);
        return
        [
            $"{Guid.NewGuid():n}@example.com", (await Locked()).EmailAddress, (await Person.Make(host, twoStep: false)).EmailAddress,
            (string)passwordless.Json["email_addresses"]![0]!["email_address"]!,
        ];
    }

    private async Task<Person> Locked()
    {
        var person = await Person.Make(host);
        (await new Operator(host).Post($"/v1/users/{person.UserId}/lock", new { })).Status.ShouldBe(200);
        return person;
    }

    private async Task<string> Identified(string identifier) => Shape(await new Browser(host).Post("/v1/client/sign_ins", ("identifier", identifier)));

    private async Task<(string Shape, int Hashes)> Rejected(string identifier)
    {
        using var work = HashWork.Begin();
        var reply = await new Browser(host).Post("/v1/client/sign_ins", ("identifier", identifier), ("password", WrongPassword));
        return (Shape(reply), work.Hashes);
    }

    private async Task<(string Shape, int Hashes)> RejectedLater(string identifier)
    {
        var browser = new Browser(host);
        var id = (string)(await browser.Post("/v1/client/sign_ins", ("identifier", identifier))).Response["id"]!;
        using var work = HashWork.Begin();
        var reply = await browser.Post($"/v1/client/sign_ins/{id}/attempt_first_factor", ("strategy", "password"), ("password", WrongPassword));
        var after = await browser.Get($"/v1/client/sign_ins/{id}");
        return (Shape(reply) + Shape(after), work.Hashes);
    }

    /// <summary>Everything but what differs from one call to the next: ids, instants, what was typed.</summary>
    private static string Shape(Reply reply) =>
        $"{reply.Status} {string.Join(' ', reply.Headers.Keys.Order())} {Shape(reply.Json, "")}";

    private static string Shape(JsonNode? node, string name) => node switch
    {
        null => "null",
        JsonObject members => $"{{{string.Join(',', members.Select(member => $"{member.Key}:{Shape(member.Value, member.Key)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(item => Shape(item, name)))}]",
        _ when name is "id" or "identifier" or "safe_identifier" or "email_address_id" or "phone_number_id" or "instance" or "trace_id" or "traceId" or "clerk_trace_id" || name.EndsWith("_at", StringComparison.Ordinal) => node.GetValueKind().ToString(),
        _ => node.ToJsonString(),
    };
}
