using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Auth.Host.Http;

/// <summary>The one body of every error; at most 2 KiB.</summary>
public static class ProblemJson
{
    private const int LongestPath = 256;
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);

    /// <summary>The number under which this request is found in logs and traces.</summary>
    public static string TraceId(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    public static Task Write(HttpContext http, ProblemAnswer answer)
    {
        http.Response.StatusCode = answer.Problem.Status;
        http.Response.Headers.CacheControl = "no-store";
        if (answer.Wait is { } wait) http.Response.Headers.RetryAfter = Seconds(wait).ToString(CultureInfo.InvariantCulture);
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.WriteAsJsonAsync(Body(http, answer), Wire, "application/problem+json", http.RequestAborted);
    }

    private static JsonObject Body(HttpContext http, ProblemAnswer answer)
    {
        var (problem, trace) = (answer.Problem, TraceId(http));
        var path = http.Request.PathBase.Add(http.Request.Path).ToUriComponent();
        var body = new JsonObject
        {
            ["type"] = problem.Type,
            ["title"] = problem.Title,
            ["status"] = problem.Status,
            ["detail"] = problem.Detail,
            ["instance"] = path.Length > LongestPath ? path[..LongestPath] : path,
            ["code"] = problem.Code,
            ["traceId"] = trace,
            ["errors"] = new JsonArray([Error(answer), .. (answer.Also ?? []).Select(Error)]),
            ["clerk_trace_id"] = trace,
        };
        if (answer.Wait is { } wait) body["retryAfter"] = Seconds(wait);
        return body;
    }

    private static JsonObject Error(ProblemAnswer answer)
    {
        var error = new JsonObject { ["code"] = answer.Problem.Code, ["message"] = answer.Problem.Title, ["long_message"] = answer.Problem.Detail };
        if (answer.Meta is { Count: > 0 } meta) error["meta"] = meta.DeepClone();
        return error;
    }

    private static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Min(Math.Ceiling(wait.TotalSeconds), int.MaxValue));
}
