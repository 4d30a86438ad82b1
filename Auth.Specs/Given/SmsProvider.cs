using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Auth.Specs.Given;

/// <summary>A provider of texts on a port of this machine: it takes what it is given, or takes it and never says a word.</summary>
public sealed class SmsProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _bodies = new();

    private SmsProvider(WebApplication app) => _app = app;

    /// <summary>What <c>Sinch:SmsBaseAddress</c> is to be.</summary>
    public string Address => _app.Urls.First();

    /// <summary>When the first text has been handed in.</summary>
    public Task Asked => _asked.Task.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>The code in the last text that holds one: notices are texted too.</summary>
    public Task<string> Code() => Eventually.Of(() => Task.FromResult(_bodies.LastOrDefault(body => char.IsAsciiDigit(body[0]))?[..6]));

    /// <summary>One that says nothing, or one that takes all.</summary>
    public static async Task<SmsProvider> Start(bool silent)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new SmsProvider(builder.Build());
        provider._app.MapPost("/xms/v1/{plan}/batches", async (HttpRequest request) =>
        {
            provider._bodies.Enqueue((string)(await JsonNode.ParseAsync(request.Body))!["body"]!);
            provider._asked.TrySetResult();
            if (silent) await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
            return Results.Json(new { id = $"batch-{provider._bodies.Count}" }, statusCode: 201);
        });
        await provider._app.StartAsync();
        return provider;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
