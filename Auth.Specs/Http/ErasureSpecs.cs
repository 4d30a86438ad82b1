using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Specs.Given;
using Marten;
using Npgsql;

namespace Auth.Specs.Http;

/// <summary>Of an erased person nothing can be read any more; what happened stays told (R70).</summary>
public class ErasureSpecs(RunningHost host)
{
    [Fact]
    public async Task the_person_is_gone()
    {
        var person = await Person.Make(host);

        var erased = await Operator.Delete($"/v1/users/{person.UserId}");

        erased.Text.ShouldBe($$"""{"object":"user","id":"{{person.UserId}}","deleted":true}""");
        (await Operator.Get($"/v1/users/{person.UserId}")).ShouldBe(404, "resource_not_found");
        (await Operator.Get($"/v1/users/{person.UserId}/mfa_status")).ShouldBe(404, "resource_not_found");
        (await Operator.Get($"/v1/users?email_address={person.EmailAddress}")).Json.AsArray().ShouldBeEmpty();
        (await Operator.Delete($"/v1/users/{person.UserId}")).ShouldBe(404, "resource_not_found");
        (await new Visit(host, person).Create()).ShouldBe(422, "form_password_or_identifier_incorrect");
    }

    [Fact]
    public async Task no_row_and_no_key_of_theirs_is_left()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        await visit.Create("not their password, but long");
        await visit.Through();
        await Operator.Post("/v1/sign_in_tokens", new { user_id = person.UserId });
        (await Count(person)).ShouldBeGreaterThan(5);

        await Operator.Delete($"/v1/users/{person.UserId}");

        (await Count(person)).ShouldBe(0);
    }

    [Fact]
    public async Task their_sessions_end_and_stay_readable_without_them()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        var session = await visit.Through();

        await Operator.Delete($"/v1/users/{person.UserId}");

        (await visit.Browser.Post($"/v1/client/sessions/{session}/tokens")).ShouldBe(404, "resource_not_found");
        (await visit.Browser.Get("/v1/me")).ShouldBe(401, "authentication_invalid");
        (await visit.Browser.Get("/v1/client")).Response["sessions"]!.AsArray().ShouldBeEmpty();
        (await SessionFacts.Of(host, session)).ShouldBe([new Ended(EndReason.UserErased) { User = person.Id }]);
        var shown = (await Operator.Get($"/v1/sessions/{session}")).Json;
        ((string)shown["status"]!).ShouldBe("revoked");
        shown["latest_activity"]!.AsObject().ShouldNotContainKey("ip_address");
    }

    [Fact]
    public async Task a_sign_in_waiting_for_the_code_ends_at_its_next_step()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        var code = await visit.UpToCode();
        await Operator.Delete($"/v1/users/{person.UserId}");

        (await visit.Browser.Get("/v1/client")).Response["sign_in"].ShouldBeNull();
        (await visit.Attempt(code)).ShouldBe(400, "sign_in_expired");
        (await visit.Prepare()).ShouldBe(400, "sign_in_expired");

        (await visit.Facts())[^1].ShouldBe(new Invalidated(null));
    }

    [Fact]
    public async Task a_sign_in_waiting_for_the_second_factor_ends_at_its_next_step()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        await visit.Create();
        await Operator.Delete($"/v1/users/{person.UserId}");

        (await visit.Prepare()).ShouldBe(400, "sign_in_expired");
    }

    [Fact]
    public async Task a_sign_in_waiting_for_the_password_is_a_strangers()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        await visit.Identify();
        await Operator.Delete($"/v1/users/{person.UserId}");

        (await visit.Browser.Get("/v1/client")).Response["sign_in"]!["identifier"].ShouldBeNull();
        (await visit.AttemptFirst()).ShouldBe(422, "form_password_or_identifier_incorrect");
    }

    [Fact]
    public async Task what_happened_stays_told()
    {
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        await visit.Through();
        var before = await Told(visit);

        await Operator.Delete($"/v1/users/{person.UserId}");

        (await Told(visit)).ShouldBe(before);
        await using var session = host.Store.QuerySession("default");
        (await session.Events.FetchStreamAsync(person.Id, token: TestContext.Current.CancellationToken))[^1].Data.ShouldBeOfType<UserErased>();
    }

    [Fact]
    public async Task somebody_else_may_have_their_identifiers()
    {
        var person = await Person.Make(host);
        await Operator.Delete($"/v1/users/{person.UserId}");

        var next = await Person.Make(host, number: person.PhoneNumber);

        next.Id.ShouldNotBe(person.Id);
        await new Visit(host, next).Through();
    }

    [Fact]
    public async Task no_session_begins_beside_an_erasure()
    {
        for (var round = 0; round < 5; round++)
        {
            var person = await Person.Make(host, twoStep: false);

            var replies = await Task.WhenAll([.. Enumerable.Range(0, 4).Select(_ => new Visit(host, person).Create()), Operator.Delete($"/v1/users/{person.UserId}")]);

            replies.ShouldAllBe(reply => reply.Status == 200 || reply.Status == 422 || reply.Status == 409);
            (await Operator.Get($"/v1/sessions?user_id={person.UserId}&status=active")).Json.AsArray().ShouldBeEmpty();
        }
    }

    private Operator Operator => new(host);

    private async Task<long> Count(Person person)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand($"""
            select (select count(*) from auth.mt_doc_identifier where user_id = $1) + (select count(*) from auth.mt_doc_guesses where user_id = $1)
                 + (select count(*) from auth.mt_doc_passwordcredential where id = $1) + (select count(*) from auth.mt_doc_personalkey where id = $1)
                 + (select count(*) from auth.mt_doc_user where id = $1) + (select count(*) from auth.mt_doc_sends where id = 'user:' || replace($1::text, '-', ''))
                 + (select count(*) from auth.mt_doc_ticketrow where user_id = $1)
            """);
        command.Parameters.Add(new() { Value = person.Id });
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>What was told but of texts, whose facts may still be on their way.</summary>
    private static async Task<IReadOnlyList<object>> Told(Visit visit) => [.. (await visit.Facts()).Where(fact => fact is not (TextHandedOver or TextDelivered or TextUndeliverable))];
}
