using Auth.Host.Http;
using Auth.Host.Limits;
using Auth.Specs.Http;
using Microsoft.AspNetCore.Builder;

namespace Auth.Specs.Limits;

/// <summary>R55: over the limit is 429, whatever was asked, and nothing of it is read.</summary>
public class LimitedEndpointSpecs
{
    [Fact]
    public async Task over_the_limit_everything_looks_the_same()
    {
        await using var host = await TinyHost.Start(app =>
        {
            app.UseLimits();
            app.MapPost("/v1/client/sign_ins", (Fields fields) => fields["identifier"].Given()).CountedAs(LimitKind.Create);
            app.MapGet("/v1/client", () => "client");
        });
        for (var request = 0; request < 30; request++) (await Create(host, "identifier=ann")).Status.ShouldBe(200);

        foreach (var body in new[] { "identifier=ann", "identifier=", "" })
        {
            var answer = await Create(host, body);
            answer.Status.ShouldBe(429);
            answer.Code.ShouldBe("too_many_requests");
            int.Parse(answer.Headers["Retry-After"]).ShouldBeInRange(1, 120);
        }

        (await host.Send(HttpMethod.Get, "/v1/client")).Status.ShouldBe(200);
        (await host.Send(HttpMethod.Post, "/v1/client/sign_ins", null, ("X-Forwarded-For", "198.51.100.1"))).Status.ShouldBe(429);
    }

    private static Task<TinyAnswer> Create(TinyHost host, string body) => host.Send(HttpMethod.Post, "/v1/client/sign_ins", TinyHost.Body("application/x-www-form-urlencoded", body));
}
