using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;
using Marten;

namespace Auth.Specs.Http;

/// <summary>A closed account has no session from that moment on, and gets none (R51, R70).</summary>
public class BanSpecs(RunningHost host)
{
    [Fact]
    public async Task a_ban_ends_every_session_at_once()
    {
        var person = await Person.Make(host, twoStep: false);
        var (desk, phone) = (new Visit(host, person), new Visit(host, person));
        string[] sessions = [.. (await Task.WhenAll(desk.Create(), phone.Create())).Select(reply => (string)reply.Response["created_session_id"]!)];

        var banned = await Operator.Post($"/v1/users/{person.UserId}/ban", new { });

        ((bool)banned.Json["banned"]!).ShouldBeTrue();
        foreach (var (visit, session) in new[] { (desk, sessions[0]), (phone, sessions[1]) })
        {
            (await visit.Browser.Post($"/v1/client/sessions/{session}/tokens")).ShouldBe(404, "resource_not_found");
            (await visit.Browser.Get("/v1/me")).ShouldBe(401, "authentication_invalid");
            (await SessionFacts.Of(host, session)).ShouldBe([new Ended(EndReason.UserBanned) { User = person.Id }]);
            ((string)(await Operator.Get($"/v1/sessions/{session}")).Json["status"]!).ShouldBe("revoked");
        }
    }

    [Fact]
    public async Task it_is_told_after_the_right_password_only()
    {
        var person = await Person.Make(host);
        await Operator.Post($"/v1/users/{person.UserId}/ban", new { });
        var visit = new Visit(host, person);

        (await visit.Create("not their password, but long")).ShouldBe(422, "form_password_or_identifier_incorrect");
        (await visit.AttemptFirst()).ShouldBe(403, "user_banned");
        (await visit.AttemptFirst()).ShouldBe(403, "user_banned");

        (await visit.Facts()).Count(fact => fact is FirstFactorRefused { Reason: RefusalReason.Banned }).ShouldBe(1);
    }

    [Fact]
    public async Task who_is_banned_on_the_way_gets_no_text_and_no_session()
    {
        var person = await Person.Make(host);
        var (early, late) = (new Visit(host, person), new Visit(host, person));
        await early.Create();
        var code = await late.UpToCode();
        await Operator.Post($"/v1/users/{person.UserId}/ban", new { });

        (await early.Prepare()).ShouldBe(403, "user_banned");
        (await late.Attempt(code)).ShouldBe(403, "user_banned");

        (await person.Texts(host)).ShouldBe(1);
        (await late.Facts()).ShouldNotContain(fact => fact is Converted);
    }

    [Fact]
    public async Task an_unbanned_person_signs_in_again()
    {
        var person = await Person.Make(host);
        await Operator.Post($"/v1/users/{person.UserId}/ban", new { });

        ((bool)(await Operator.Post($"/v1/users/{person.UserId}/unban", new { })).Json["banned"]!).ShouldBeFalse();

        await new Visit(host, person).Through();
    }

    [Fact]
    public async Task no_session_begins_beside_a_ban()
    {
        for (var round = 0; round < 5; round++)
        {
            var person = await Person.Make(host, twoStep: false);

            await Task.WhenAll([.. Enumerable.Range(0, 6).Select(_ => new Visit(host, person).Create()), Operator.Post($"/v1/users/{person.UserId}/ban", new { })]);

            (await Operator.Get($"/v1/sessions?user_id={person.UserId}&status=active")).Json.AsArray().ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task several_bans_at_once_are_one()
    {
        var person = await Person.Make(host);

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Operator.Post($"/v1/users/{person.UserId}/ban", new { })));

        replies.ShouldAllBe(reply => reply.Status == 200);
        await using var session = host.Store.QuerySession("default");
        (await session.Events.FetchStreamAsync(person.Id, token: TestContext.Current.CancellationToken)).Count(e => e.Data is Banned).ShouldBe(1);
    }

    [Theory]
    [InlineData("ban")]
    [InlineData("unban")]
    public async Task nobody_cannot_be_banned(string command) => (await Operator.Post($"/v1/users/user_unknown/{command}", new { })).ShouldBe(404, "resource_not_found");

    private Operator Operator => new(host);
}
