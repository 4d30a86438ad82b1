using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>A sign-in does not convert until both verifications are completed (guide; R02, R03, R04).</summary>
public class ConversionSpecs(RunningHost host)
{
    [Fact]
    public async Task password_and_texted_code_give_one_session_and_a_token()
    {
        var visit = new Visit(host, await Person.Make(host));

        var session = await visit.Through();

        var token = await visit.Browser.Post($"/v1/client/sessions/{session}/tokens");
        token.Status.ShouldBe(200, token.Text);
        ((string)token.Json["jwt"]!).Split('.').Length.ShouldBe(3);
    }

    [Fact]
    public async Task before_the_second_factor_there_is_no_session()
    {
        var visit = new Visit(host, await Person.Make(host));

        var reply = await visit.Create();

        ((string)reply.Response["status"]!).ShouldBe("needs_second_factor");
        reply.Response["created_session_id"].ShouldBeNull();
        reply.Json["client"]!["sessions"]!.AsArray().ShouldBeEmpty();
        (await visit.Browser.Get("/v1/me")).Status.ShouldBe(401);
    }
}
