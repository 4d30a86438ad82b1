using System.Globalization;
using System.Net;
using System.Text;
using Auth.Host.Instances;

namespace Auth.Host.Http;

/// <summary>What a type link leads to, and the table in the documentation: both are the catalogue, printed.</summary>
public static class ProblemPages
{
    /// <summary><c>GET /problems/{code}</c> and <c>GET /problems</c>.</summary>
    public static void MapProblemPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/problems", () => Results.Text(Table(), "text/markdown", Encoding.UTF8)).OfNoInstance().ExcludeFromDescription();
        app.MapGet("/problems/{code}", (string code) => Problems.Of(code) is { } problem ? Results.Text(Page(problem), "text/html", Encoding.UTF8) : Problems.NotFound.Answer())
            .OfNoInstance().ExcludeFromDescription();
    }

    /// <summary><c>docs/errors.md</c>, whole.</summary>
    public static string Table()
    {
        var text = new StringBuilder("""
            # Errors

            Every error is `application/problem+json` (RFC 9457) and carries Clerk's `errors[]` as well. `type` is `/problems/{code}`, a page of the
            running service. Where waiting helps there is `Retry-After` in seconds, and the same number in `retryAfter`. This page is printed from the
            catalogue in `Auth.Host/Http/Problems.cs`; a spec compares them.

            | status | code | what it means | what a person is told |
            |---|---|---|---|

            """);
        foreach (var problem in Problems.All.OrderBy(p => p.Status).ThenBy(p => p.Code, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| {problem.Status} | `{problem.Code}` | {problem.Title} | {problem.Detail} |\n");
        return text.ToString();
    }

    private static string Page(Problem problem) => $"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{problem.Code}</title>
        <main>
        <h1><code>{problem.Code}</code></h1>
        <p>HTTP {problem.Status}: {WebUtility.HtmlEncode(problem.Title)}</p>
        <p>{WebUtility.HtmlEncode(problem.Detail)}</p>
        </main>
        </html>

        """;
}
