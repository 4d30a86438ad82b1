using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Specs.Given;
using Marten;

namespace Auth.Specs.Http;

/// <summary>A conversion gives the client a new secret, and the old one opens nothing any more (R07, R08, R67).</summary>
public class RotationSpecs(RunningHost host)
{
    [Fact]
    public async Task the_cookie_from_before_the_conversion_is_a_strangers()
    {
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();
        var old = visit.Browser.Twin();
        (await visit.Attempt(code)).Status.ShouldBe(200);

        old.Cookie.ShouldNotBe(visit.Browser.Cookie);
        var client = await old.Get("/v1/client");
        client.Status.ShouldBe(200);
        client.Json["response"].ShouldBeNull();
        client.Json["client"].ShouldBeNull();
        (await old.Get("/v1/me")).Status.ShouldBe(401);
        (await old.Get($"/v1/client/sign_ins/{visit.SignIn}")).ShouldBe(404, "resource_not_found");
        (await old.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "phone_code"), ("code", code))).ShouldBe(404, "resource_not_found");
    }

    /// <summary>Several rounds: what one of them reads between two rows of a commit shows now and then only.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task right_codes_all_at_once_give_one_session(int round)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"round {round}");
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();
        var twins = Enumerable.Range(0, 8).Select(_ => visit.Browser.Twin()).ToList();

        var replies = await Task.WhenAll(twins.Select(twin =>
            twin.Post($"/v1/client/sign_ins/{visit.SignIn}/attempt_second_factor", ("strategy", "phone_code"), ("code", code))));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
        replies.Where(reply => reply.Status != 200).ShouldAllBe(reply => reply.Status == 404 || reply.Status == 409);
        (await visit.Facts()).Count(fact => fact is Converted).ShouldBe(1);
        (await visit.Facts()).Count(fact => fact is SecondFactorVerified).ShouldBe(1);
    }

    [Fact]
    public async Task the_next_conversion_ends_the_browsers_older_session()
    {
        var person = await Person.Make(host, twoStep: false);
        var visit = new Visit(host, person);
        var older = (string)(await visit.Create()).Response["created_session_id"]!;
        var newer = (string)(await visit.Create()).Response["created_session_id"]!;

        (await visit.Browser.Post($"/v1/client/sessions/{older}/tokens")).ShouldBe(404, "resource_not_found");
        (await visit.Browser.Post($"/v1/client/sessions/{newer}/tokens")).Status.ShouldBe(200);
        SessionId.TryParse(older, out var id).ShouldBeTrue();
        await using var session = host.Store.QuerySession("default");
        (await session.Events.FetchStreamAsync(id.Value, token: TestContext.Current.CancellationToken))
            .Select(e => e.Data).ShouldBe([new Ended(EndReason.Replaced) { User = person.Id }]);
    }

    [Theory]
    [InlineData("end")]
    [InlineData("remove")]
    public async Task after_signing_out_no_token_is_issued(string way)
    {
        var visit = new Visit(host, await Person.Make(host));
        var session = await visit.Through();

        (await visit.Browser.Post($"/v1/client/sessions/{session}/{way}")).Status.ShouldBe(200);

        (await visit.Browser.Post($"/v1/client/sessions/{session}/tokens")).ShouldBe(404, "resource_not_found");
        (await visit.Browser.Post($"/v1/client/sessions/{session}/touch")).ShouldBe(404, "resource_not_found");
        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task an_idle_session_is_over_after_an_hour()
    {
        var visit = new Visit(host, await Person.Make(host, twoStep: false));
        var session = (string)(await visit.Create()).Response["created_session_id"]!;

        StoryClock.Advance(TimeSpan.FromMinutes(59));
        (await visit.Browser.Post($"/v1/client/sessions/{session}/touch")).Status.ShouldBe(200);
        StoryClock.Advance(TimeSpan.FromMinutes(59));
        (await visit.Browser.Post($"/v1/client/sessions/{session}/tokens")).Status.ShouldBe(200);
        StoryClock.Advance(TimeSpan.FromMinutes(61));

        (await visit.Browser.Post($"/v1/client/sessions/{session}/touch")).Status.ShouldBe(401);
        (await visit.Browser.Post($"/v1/client/sessions/{session}/tokens")).Status.ShouldBe(401);
        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task no_touch_stretches_a_session_over_a_day()
    {
        var visit = new Visit(host, await Person.Make(host, twoStep: false));
        var session = (string)(await visit.Create()).Response["created_session_id"]!;
        for (var i = 0; i < 28; i++)
        {
            StoryClock.Advance(TimeSpan.FromMinutes(50));
            (await visit.Browser.Post($"/v1/client/sessions/{session}/touch")).Status.ShouldBe(200);
        }

        StoryClock.Advance(TimeSpan.FromMinutes(41));

        (await visit.Browser.Post($"/v1/client/sessions/{session}/tokens")).Status.ShouldBe(401);
    }
}
