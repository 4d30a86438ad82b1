using Auth.Domain.SignIns;
using Auth.Domain.Tickets;
using Auth.Host.Http;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>A link that the operator made signs somebody in once, and only past the second factor they have (R03, R04).</summary>
public class TicketSpecs(RunningHost host)
{
    [Fact]
    public async Task it_signs_in_who_has_nothing_else()
    {
        var person = await Person.Make(host, twoStep: false);
        var made = await Make(person);
        ((string)made.Json["object"]!, (string)made.Json["status"]!, (string)made.Json["user_id"]!).ShouldBe(("sign_in_token", "pending", person.UserId), made.Text);
        ((string)made.Json["url"]!).ShouldEndWith($"/sign-in?__clerk_ticket={(string)made.Json["token"]!}");

        var done = await Offer(new(host), (string)made.Json["token"]!);

        done.Status.ShouldBe(200, done.Text);
        ((string)done.Response["status"]!, (string)done.Response["first_factor_verification"]!["object"]!).ShouldBe(("complete", "verification_ticket"));
        ((string)done.Json["client"]!["last_authentication_strategy"]!).ShouldBe("ticket");
        (await Facts(made)).ShouldBe([typeof(TicketMade), typeof(TicketUsed)]);
    }

    [Fact]
    public async Task it_meets_the_same_second_factor_R04()
    {
        var person = await Person.Make(host);
        var browser = new Browser(host);
        var begun = await Offer(browser, (string)(await Make(person)).Json["token"]!);
        ((string)begun.Response["status"]!).ShouldBe("needs_second_factor");
        begun.Json["client"]!["sessions"]!.AsArray().ShouldBeEmpty();
        var steps = $"/v1/client/sign_ins/{(string)begun.Response["id"]!}";

        (await browser.Post($"{steps}/prepare_second_factor", ("strategy", "phone_code"))).Status.ShouldBe(200);
        var done = await browser.Post($"{steps}/attempt_second_factor", ("strategy", "phone_code"), ("code", await person.LatestCode(host)));

        ((string)done.Response["status"]!).ShouldBe("complete");
    }

    [Fact]
    public async Task a_burst_of_one_ticket_makes_one_session()
    {
        var person = await Person.Make(host, twoStep: false);
        var made = await Make(person);

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Offer(new(host), (string)made.Json["token"]!)));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        (await Facts(made)).Count(fact => fact == typeof(TicketUsed)).ShouldBe(1);
    }

    [Fact]
    public async Task why_it_is_refused_is_told_to_nobody()
    {
        var person = await Person.Make(host, twoStep: false);
        var (used, revoked, late) = (await Make(person), await Make(person), await Make(person, 60));
        (await Offer(new(host), (string)used.Json["token"]!)).Status.ShouldBe(200);
        var back = await new Operator(host).Post($"/v1/sign_in_tokens/{(string)revoked.Json["id"]!}/revoke", new { });
        ((string)back.Json["status"]!, back.Json["token"]).ShouldBe(("revoked", null), back.Text);
        StoryClock.Advance(TimeSpan.FromSeconds(60));

        var replies = new List<Reply> { await Offer(new(host), "nonsense") };
        foreach (var ticket in new[] { used, revoked, late }) replies.Add(await Offer(new(host), (string)ticket.Json["token"]!));

        foreach (var reply in replies) reply.ShouldBe(400, "ticket_invalid");
        replies.Select(reply => Shape.Of([reply.Json])).Distinct().Count().ShouldBe(1);
        replies.ShouldAllBe(reply => !reply.SetsCookie);
        (await Facts(late)).ShouldBe([typeof(TicketMade), typeof(TicketRefused)]);
        await Offer(new(host), (string)late.Json["token"]!);
        (await Facts(late)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_used_one_cannot_be_taken_back()
    {
        var made = await Make(await Person.Make(host, twoStep: false));
        await Offer(new(host), (string)made.Json["token"]!);

        (await new Operator(host).Post($"/v1/sign_in_tokens/{(string)made.Json["id"]!}/revoke", new { })).ShouldBe(400, "sign_in_token_cannot_be_revoked");
        (await new Operator(host).Post($"/v1/sign_in_tokens/{new TicketId(Guid.NewGuid())}/revoke", new { })).ShouldBe(404, "resource_not_found");
    }

    [Fact]
    public async Task somebody_locked_is_told_so_and_the_ticket_is_not_used_up()
    {
        var person = await Person.Make(host, twoStep: false);
        var made = await Make(person);
        await new Operator(host).Post($"/v1/users/{person.UserId}/lock", new { });
        (await Offer(new(host), (string)made.Json["token"]!)).ShouldBe(403, "user_locked");
        await new Operator(host).Post($"/v1/users/{person.UserId}/unlock", new { });

        (await Offer(new(host), (string)made.Json["token"]!)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task somebody_banned_is_told_so_and_the_ticket_is_not_used_up()
    {
        var person = await Person.Make(host, twoStep: false);
        var made = await Make(person);
        await new Operator(host).Post($"/v1/users/{person.UserId}/ban", new { });
        (await Offer(new(host), (string)made.Json["token"]!)).ShouldBe(403, "user_banned");
        await new Operator(host).Post($"/v1/users/{person.UserId}/unban", new { });

        (await Offer(new(host), (string)made.Json["token"]!)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task of_an_erased_person_no_ticket_is_left_and_its_maker_may_still_take_it_back()
    {
        var person = await Person.Make(host);
        var made = await Make(person);
        await new Operator(host).Delete($"/v1/users/{person.UserId}");

        (await Offer(new(host), (string)made.Json["token"]!)).ShouldBe(400, "ticket_invalid");
        ((string)(await new Operator(host).Post($"/v1/sign_in_tokens/{(string)made.Json["id"]!}/revoke", new { })).Json["status"]!).ShouldBe("revoked");
    }

    [Fact]
    public async Task an_older_sign_in_of_the_client_is_superseded_R11()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Create();
        await Offer(visit.Browser, (string)(await Make(await Person.Make(host, twoStep: false))).Json["token"]!);

        (await visit.Facts()).OfType<Superseded>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task the_token_is_stored_nowhere_R85()
    {
        var made = await Make(await Person.Make(host));
        await using var data = Npgsql.NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = data.CreateCommand("select count(*) from auth.mt_doc_ticketrow where data::text like '%' || $1 || '%'");
        command.Parameters.Add(new() { Value = (string)made.Json["token"]! });
        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(0L);
        host.Log.Text.ShouldNotContain((string)made.Json["token"]!);
    }

    [Fact]
    public async Task only_the_operator_makes_one_for_somebody_who_is_there_and_for_no_longer_than_the_dial_allows()
    {
        var person = await Person.Make(host);
        (await new Browser(host).PostJson("/v1/sign_in_tokens", new { user_id = person.UserId })).ShouldBe(401, "authentication_invalid");
        (await new Operator(host).Post("/v1/sign_in_tokens", new { user_id = new UserId(Guid.NewGuid()).ToString() })).ShouldBe(404, "resource_not_found");
        (await Make(person, 0)).ShouldBe(422, "form_param_value_invalid");
        (await Make(person, 30 * 24 * 3600 + 1)).ShouldBe(422, "form_param_value_invalid");
        (await Make(person, 30 * 24 * 3600)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task a_ticket_is_no_proof_in_a_sign_in_that_began_otherwise()
    {
        var visit = new Visit(host, await Person.Make(host));
        await visit.Identify();
        (await visit.Browser.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_first_factor", ("strategy", "ticket"))).ShouldBe(400, "verification_strategy_invalid");
        (await visit.Browser.Post("/v1/client/sign_ins", ("strategy", "ticket"))).ShouldBe(422, "form_param_missing");
    }

    private Task<Reply> Make(Person person, int? seconds = null) =>
        new Operator(host).Post("/v1/sign_in_tokens", seconds is null ? new { user_id = person.UserId } : new { user_id = person.UserId, expires_in_seconds = seconds });

    private static Task<Reply> Offer(Browser browser, string ticket) => browser.Post("/v1/client/sign_ins", ("strategy", "ticket"), ("ticket", ticket));

    private async Task<IReadOnlyList<Type>> Facts(Reply made) =>
        TicketId.TryParse((string)made.Json["id"]!, out var id) ? [.. (await Newcomer.Facts(host, id.Value)).Select(fact => fact.GetType())] : [];
}
