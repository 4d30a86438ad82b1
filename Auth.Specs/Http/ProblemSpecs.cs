using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Auth.Host.Http;
using Auth.Specs.Given;
using JasperFx;
using Marten.Exceptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Auth.Specs.Http;

/// <summary>R81, I10: every error is one of the catalogue, in one form, and says no more than it must.</summary>
public class ProblemSpecs(ProblemSpecs.Failing failing) : IClassFixture<ProblemSpecs.Failing>
{
    public static TheoryData<string> Codes => [.. Problems.All.Select(p => p.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task each_is_answered_in_both_forms_and_has_its_page(string code)
    {
        var problem = Problems.Of(code)!;
        var answer = await failing.Host.Send(HttpMethod.Get, $"/v1/refuse/{code}");

        answer.Status.ShouldBe(problem.Status);
        answer.Type.ShouldBe("application/problem+json");
        answer.Headers["Cache-Control"].ShouldBe("no-store");
        Encoding.UTF8.GetByteCount(answer.Text).ShouldBeLessThanOrEqualTo(2048);
        var body = answer.Json;
        ((string?)body["type"]).ShouldBe($"/problems/{code}");
        ((string?)body["title"]).ShouldBe(problem.Title);
        ((int)body["status"]!).ShouldBe(problem.Status);
        ((string?)body["detail"]).ShouldBe(problem.Detail);
        ((string?)body["instance"]).ShouldBe($"/v1/refuse/{code}");
        ((string?)body["traceId"]).ShouldNotBeNullOrEmpty();
        ((string?)body["clerk_trace_id"]).ShouldBe((string?)body["traceId"]);
        body["errors"]!.AsArray().Single()!.AsObject().Select(m => m.Key).ShouldBe(["code", "message", "long_message"]);
        ((string?)body["errors"]![0]!["long_message"]).ShouldNotBeNullOrWhiteSpace();

        var page = await failing.Host.Send(HttpMethod.Get, (string)body["type"]!);
        page.Status.ShouldBe(200);
        page.Type.ShouldBe("text/html");
        page.Text.ShouldContain(code);
    }

    [Fact]
    public void no_two_have_one_code() => Problems.All.Select(p => p.Code).ShouldBeUnique();

    [Fact]
    public void all_say_something_and_end_it() =>
        Problems.All.Where(p => string.IsNullOrWhiteSpace(p.Title) || !p.Detail.EndsWith('.') || p.Status is < 400 or > 503).ShouldBeEmpty();

    [Fact]
    public void the_documentation_lists_them_all() =>
        File.ReadAllText(Checkout.File("docs", "errors.md")).ShouldBe(ProblemPages.Table(), "docs/errors.md is what GET /problems answers");

    [Fact]
    public void nobody_learns_that_an_identifier_is_unknown() =>
        Problems.All.Where(p => p.Code.Contains("identifier_not_found", StringComparison.Ordinal)).ShouldBeEmpty();

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(30, 30)]
    [InlineData(30.001, 31)]
    public async Task a_wait_is_told_in_whole_seconds_twice(double wait, int seconds)
    {
        var answer = await failing.Host.Send(HttpMethod.Get, FormattableString.Invariant($"/v1/wait?seconds={wait}"));

        answer.Headers["Retry-After"].ShouldBe($"{seconds}");
        ((int)answer.Json["retryAfter"]!).ShouldBe(seconds);
    }

    [Fact]
    public void what_else_is_to_tell_is_meta()
    {
        var answer = Problems.UserLocked.Answer().With("lockout_expires_in_seconds", 60).With("a", "b").With("a", "c");

        answer.Meta!.ToJsonString().ShouldBe("""{"lockout_expires_in_seconds":60,"a":"c"}""");
        Problems.UserLocked.Answer().Meta.ShouldBeNull();
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "resource_not_found")]
    [InlineData("GET", "/v1/nowhere", 404, "resource_not_found")]
    [InlineData("POST", "/v1/nowhere", 404, "resource_not_found")]
    [InlineData("DELETE", "/v1/wait", 405, "method_not_allowed")]
    [InlineData("GET", "/v1/wait?seconds=soon", 400, "malformed_request_parameters")]
    [InlineData("GET", "/v1/status/401", 401, "authentication_invalid")]
    [InlineData("GET", "/v1/status/403", 403, "authorization_invalid")]
    [InlineData("GET", "/v1/status/415", 400, "unsupported_content_type")]
    [InlineData("GET", "/v1/status/503", 503, "service_unavailable")]
    [InlineData("GET", "/v1/status/502", 500, "internal_clerk_error")]
    [InlineData("GET", "/problems/nothing", 404, "resource_not_found")]
    [InlineData("PUT", "/problems", 405, "method_not_allowed")]
    public async Task what_the_framework_refuses_is_a_problem_too(string method, string path, int status, string code)
    {
        var answer = await failing.Host.Send(new(method), path);

        answer.Status.ShouldBe(status);
        answer.Code.ShouldBe(code);
    }

    [Fact]
    public async Task json_that_the_framework_cannot_read_is_a_problem_too() =>
        (await failing.Host.Send(HttpMethod.Post, "/elsewhere", TinyHost.Body("application/json", "{"))).Code.ShouldBe("malformed_request_parameters");

    [Theory]
    [InlineData("bug", 500, "internal_clerk_error")]
    [InlineData("cannot_connect", 503, "service_unavailable")]
    [InlineData("shutting_down", 503, "service_unavailable")]
    [InlineData("too_many_connections", 503, "service_unavailable")]
    [InlineData("wrapped", 503, "service_unavailable")]
    [InlineData("constraint", 500, "internal_clerk_error")]
    [InlineData("race", 409, "resource_locked")]
    [InlineData("collision", 409, "resource_locked")]
    [InlineData("deadlock", 409, "resource_locked")]
    public async Task a_failure_tells_nothing_of_itself(string failure, int status, string code)
    {
        var answer = await failing.Host.Send(HttpMethod.Get, $"/v1/fail/{failure}");

        answer.Status.ShouldBe(status);
        answer.Code.ShouldBe(code);
        answer.Text.ShouldNotContain("secret");
        answer.Text.ShouldNotContain("Exception");
        answer.Headers.ShouldNotContainKey("Set-Cookie");
        answer.Headers.ContainsKey("Retry-After").ShouldBe(status != 500);
    }

    [Fact]
    public async Task our_own_fault_is_logged_once_and_a_lost_race_without_a_stack()
    {
        await using var host = await Failing.Start();

        await host.Send(HttpMethod.Get, "/v1/fail/bug");
        await host.Send(HttpMethod.Get, "/v1/fail/race");
        await host.Send(HttpMethod.Get, "/v1/fail/cannot_connect");
        await host.Send(HttpMethod.Get, "/v1/refuse/form_code_incorrect");

        host.Log.Lines.Count(l => l.Level == LogLevel.Error).ShouldBe(1);
        host.Log.Lines.Where(l => l.Text.Contains("   at ", StringComparison.Ordinal)).ShouldHaveSingleItem().Level.ShouldBe(LogLevel.Error);
    }

    [Fact]
    public async Task a_long_path_does_not_make_a_long_answer() =>
        Encoding.UTF8.GetByteCount((await failing.Host.Send(HttpMethod.Get, "/v1/" + new string('ü', 1000))).Text).ShouldBeLessThanOrEqualTo(2048);

    [Fact]
    public async Task a_head_has_no_body() =>
        (await failing.Host.Send(HttpMethod.Head, "/nowhere")).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(404), a => a.Text.ShouldBeEmpty());


    public sealed class Failing : IAsyncLifetime
    {
        public TinyHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await Start();

        public static Task<TinyHost> Start() => TinyHost.Start(app =>
        {
            app.MapGet("/v1/refuse/{code}", (string code) => Problems.Of(code)!.Answer());
            app.MapGet("/v1/wait", (double seconds) => Problems.TooManyRequests.After(TimeSpan.FromSeconds(seconds)));
            app.MapGet("/v1/status/{status:int}", (int status) => Results.StatusCode(status));
            app.MapPost("/elsewhere", (Dictionary<string, string> _) => "read");
            app.MapGet("/v1/fail/{how}", string (string how, HttpContext http) =>
            {
                http.Response.Headers.SetCookie = "__client=secret";
                throw how switch
                {
                    "cannot_connect" => new NpgsqlException("secret host"),
                    "shutting_down" => new PostgresException("secret", "FATAL", "FATAL", "57P01"),
                    "too_many_connections" => new PostgresException("secret", "FATAL", "FATAL", "53300"),
                    "wrapped" => new InvalidOperationException("secret", new MartenCommandException(new NpgsqlCommand("secret"), new NpgsqlException("secret"))),
                    "constraint" => new PostgresException("secret", "ERROR", "ERROR", "23505"),
                    "race" => new ConcurrencyException(typeof(object), "secret"),
                    "collision" => new ExistingStreamIdCollisionException(Guid.Empty, typeof(object)),
                    "deadlock" => new PostgresException("secret", "ERROR", "ERROR", "40P01"),
                    _ => new UnreachableException("secret"),
                };
            });
        });

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
