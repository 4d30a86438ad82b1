using System.Text.Json.Nodes;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>The lock rules of a second factor: what is locked is seen, another factor goes on beside it, and it is bound again by its owner or by the operator's recovery (FAIL_WAIT, FAIL_HARD, R19, R59, R65).</summary>
public class LockRulesSpecs(Office desk) : IClassFixture<Office>
{
    [Fact]
    public async Task a_wait_is_seen_by_the_operator_under_the_dials_in_force_and_told_in_the_events()
    {
        var office = await Strict(new { fail_wait_from = 3, fail_wait_first = 600 });
        var person = await Person.Make(office.Host);
        var visit = new Visit(office.Host, person);
        var code = await visit.UpToCode();
        for (var guess = 1; guess <= 3; guess++) (await visit.Attempt(Wrong.For(code, guess))).ShouldBe(422, "form_code_incorrect");
        (await visit.Attempt(code)).ShouldBe(429, "too_many_requests");
        var until = new StoryClock().GetUtcNow().AddMinutes(10);

        var failing = await Failing(office, person, row => (int)row["failures"]! == 3);
        DateTimeOffset.FromUnixTimeMilliseconds((long)failing["waiting_until"]!).ShouldBe(until, TimeSpan.FromSeconds(1));
        ((string)failing["phone_number_id"]!, failing["email_address_id"]).ShouldBe((person.PhoneNumberId, null));
        (await visit.Facts()).OfType<SecondFactorRefused>().Single().Reason.ShouldBe(RefusalReason.Waiting);
    }

    [Fact]
    public async Task a_disabled_number_is_seen_and_the_app_goes_on_beside_it_and_its_owner_binds_it_again_R19()
    {
        var office = await Strict(new { fail_wait_from = 9, fail_hard = 10, fail_wait_first = 30 });
        var account = await Account.New(office.Host, twoStep: true);
        var (person, seed) = (account.Person, await account.AddApp());
        var texts = await Disable(office, person, sent: 1);
        ((bool)(await Failing(office, person, row => (bool)row["disabled"]!))["disabled"]!).ShouldBeTrue();

        StoryClock.Advance(TimeSpan.FromMinutes(61));
        var visit = new Visit(office.Host, person);
        (await visit.Create()).Status.ShouldBe(200);
        (await visit.Prepare()).ShouldBe(403, "factor_disabled");
        var done = await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "totp"), ("code", Account.CodeOf(seed)));
        ((string)done.Response["status"]!).ShouldBe("complete", done.Text);

        var again = new Account(person, visit.Browser, (string)done.Response["created_session_id"]!);
        (await again.Delete($"/phone_numbers/{person.PhoneNumberId}")).Status.ShouldBe(200);
        var number = (string)(await again.Post("/phone_numbers", ("phone_number", person.PhoneNumber))).Response["id"]!;
        (await again.Post($"/phone_numbers/{number}/prepare_verification", ("strategy", "phone_code"))).Status.ShouldBe(200);
        (await again.Post($"/phone_numbers/{number}/attempt_verification", ("code", await person.LatestCode(office.Host, texts + 1)))).Status.ShouldBe(200);
        (await again.Patch($"/phone_numbers/{number}", ("reserved_for_second_factor", "true"))).Status.ShouldBe(200);

        StoryClock.Advance(TimeSpan.FromMinutes(61));
        var next = new Visit(office.Host, person);
        await next.Create();
        (await next.Prepare()).Status.ShouldBe(200);
        ((string)(await next.Attempt(await person.LatestCode(office.Host, texts + 2))).Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task the_operators_recovery_unlocks_a_number_that_was_the_only_one_and_it_may_be_enrolled_again_R19_R65()
    {
        var office = await Strict(new { fail_wait_from = 9, fail_hard = 10, fail_wait_first = 30 });
        var person = await Person.Make(office.Host);
        var texts = await Disable(office, person, sent: 0);
        StoryClock.Advance(TimeSpan.FromMinutes(61));
        var stuck = new Visit(office.Host, person);
        await stuck.Create();
        (await stuck.Prepare()).ShouldBe(403, "factor_disabled");

        (await office.Send(HttpMethod.Delete, $"/v1/users/{person.UserId}/mfa", new { reason = "Came to the desk." })).Status.ShouldBe(200);
        StoryClock.Advance(TimeSpan.FromDays(1));

        var visit = new Visit(office.Host, person);
        var begun = await visit.Create();
        ((string)begun.Response["status"]!).ShouldBe("complete", begun.Text);
        var account = new Account(person, visit.Browser, (string)begun.Response["created_session_id"]!);
        (await account.Patch($"/phone_numbers/{person.PhoneNumberId}", ("reserved_for_second_factor", "true"))).Status.ShouldBe(200);

        StoryClock.Advance(TimeSpan.FromSeconds(31));
        var next = new Visit(office.Host, person);
        await next.Create();
        (await next.Prepare()).Status.ShouldBe(200);
        var code = await Eventually.Of(async () => await LatestCode(office, person, texts));
        ((string)(await next.Attempt(code)).Response["status"]!).ShouldBe("complete");
        await using var session = office.Host.Store.QuerySession("default");
        (await session.Events.FetchStreamAsync(person.Id, token: TestContext.Current.CancellationToken)).Select(e => e.Data.GetType())
            .Where(type => type == typeof(AuthenticatorDisabled) || type == typeof(Recovered)).ShouldBe([typeof(AuthenticatorDisabled), typeof(Recovered)]);
    }

    /// <summary>Two sign-ins with five wrong codes each; how many texts the number has got by then.</summary>
    private static async Task<int> Disable(Office office, Person person, int sent)
    {
        for (var signIn = 0; signIn < 2; signIn++)
        {
            StoryClock.Advance(TimeSpan.FromSeconds(31));
            var mallory = new Visit(office.Host, person);
            (await mallory.Create()).Status.ShouldBe(200);
            (await mallory.Prepare()).Status.ShouldBe(200);
            var code = await person.LatestCode(office.Host, ++sent);
            for (var guess = 1; guess <= 5; guess++)
            {
                (await mallory.Attempt(Wrong.For(code, guess))).ShouldBe(422, "form_code_incorrect");
                StoryClock.Advance(TimeSpan.FromSeconds(31));
            }
        }

        return sent;
    }

    /// <summary>The code of a text that came after so many, if that is one with a code: a recovery is texted, too.</summary>
    private static async Task<string?> LatestCode(Office office, Person person, int after) =>
        (await new Browser(office.Host).Get($"/_sinch/inbox/{Uri.EscapeDataString(person.PhoneNumber)}")).Json.AsArray() is { } inbox && inbox.Count > after + 1 && char.IsAsciiDigit(((string)inbox[0]!["body"]!)[0]) ? ((string)inbox[0]!["body"]!)[..6] : null;

    private static Task<JsonNode> Failing(Office office, Person person, Func<JsonNode, bool> like) => Eventually.Of(async () =>
        (await new Operator(office.Host).Get($"/v1/users/{person.UserId}/mfa_status")).Json["failing"]?.AsArray().FirstOrDefault(row => like(row!)));

    private async Task<Office> Strict(object dials)
    {
        var office = await desk.Open();
        (await office.Stage(new { dials })).Status.ShouldBe(200);
        (await office.Apply(office.Tag())).Status.ShouldBe(200);
        return office;
    }
}
