using Auth.Domain.SignIns;
using Auth.Host.Http;
using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>What a client says about itself changes nothing: a status comes out of the sign-in's own stream (R01).</summary>
public class ClaimSpecs(RunningHost host)
{
    private static readonly (string, string)[] Claims =
    [
        ("status", "complete"), ("mfa_required", "false"), ("demand", "Nothing"), ("verdict", "Right"), ("second_factor_verified", "true"), ("tenant", "other"), ("tenant_id", "other"),
        ("created_session_id", "sess_00000000000000000000000000"), ("user_id", "user_00000000000000000000000000"), ("session", "x"), ("first_factor_verification", "verified"), ("now", "2000-01-01T00:00:00Z"),
    ];

    [Fact]
    public async Task claims_in_body_query_header_and_cookie_leave_the_same_facts_as_none()
    {
        var person = await Person.Make(host);
        var honest = new Visit(host, person);
        await honest.Create();
        await honest.Attempt("123456");

        var browser = new Browser(host);
        var created = await Claim(browser, "/v1/client/sign_ins", ("identifier", person.EmailAddress), ("password", person.Password));
        created.Status.ShouldBe(200, created.Text);
        ((string)created.Response["status"]!).ShouldBe("needs_second_factor");
        created.Response["created_session_id"].ShouldBeNull();
        var id = (string)created.Response["id"]!;
        (await Claim(browser, $"/v1/client/sign_ins/{id}/attempt_second_factor", ("strategy", "phone_code"), ("code", "123456"))).ShouldBe(400, "verification_missing");
        (await Claim(browser, $"/v1/client/sign_ins/{id}/attempt_first_factor", ("strategy", "password"), ("password", person.Password))).ShouldBe(400, "client_state_invalid");

        (await browser.Get("/v1/me")).Status.ShouldBe(401);
        var facts = await Visit.Facts(host, id);
        facts.Select(fact => fact.GetType()).ShouldBe((await honest.Facts()).Select(fact => fact.GetType()));
        ((Identified)facts[0]).User.ShouldBe(person.Id);
        ((FirstFactorVerified)facts[1]).Demand.ShouldBe(Demand.SecondFactor);
    }

    private static Task<Reply> Claim(Browser browser, string path, params (string Name, string Value)[] form)
    {
        var query = string.Join('&', Claims.Select(claim => $"{claim.Item1}={Uri.EscapeDataString(claim.Item2)}"));
        var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?{query}")
        {
            Content = new FormUrlEncodedContent(form.Concat(Claims).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        };
        foreach (var (name, value) in Claims) request.Headers.Add($"X-{name.Replace('_', '-')}", value);
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        if (browser.Cookie.Length > 0) request.Headers.Add("Cookie", $"{browser.Cookie}; status=complete; tenant=other; mfa_required=false");
        return browser.Send(request);
    }
}
