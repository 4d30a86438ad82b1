using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Auth.Host.Http;
using Auth.Host.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Auth.Specs.Http;

/// <summary>The real front door over Kestrel, with endpoints of one line behind it and no database.</summary>
public sealed class TinyHost : IAsyncDisposable
{
    /// <summary>The secret key of every host here that is not given another.</summary>
    public const string SecretKey = "sk_test_0123456789abcdef0123456789abcdef";

    private readonly WebApplication _app;

    private TinyHost(WebApplication app, Uri address, LogBook log) => (_app, Address, Log) = (app, address, log);

    public Uri Address { get; }

    public LogBook Log { get; }

    public static async Task<TinyHost> Start(Action<WebApplication> map, string environment = "Development", params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ApplicationName = typeof(Program).Assembly.GetName().Name });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.Prepend(("Auth:SecretKey", SecretKey)).GroupBy(s => s.Item1, s => s.Item2).ToDictionary(s => s.Key, s => (string?)s.Last()));
        var log = new LogBook();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddHttp();
        builder.Services.AddSingleton(AddressDials.From(builder.Configuration, builder.Environment)).AddSingleton<AddressLimits>();
        var app = builder.Build();
        app.UseHttp();
        map(app);
        await app.StartAsync();
        return new(app, new(app.Urls.Single()), log);
    }

    /// <summary>Sends without a cookie jar, and reads what comes back.</summary>
    public async Task<TinyAnswer> Send(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue(name);
        using var response = await client.SendAsync(request);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType,
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public static HttpContent Body(string type, string body) => Body(type, Encoding.UTF8.GetBytes(body));

    public static HttpContent Body(string type, byte[] body)
    {
        var content = new ByteArrayContent(body);
        if (type.Length > 0) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>What came back.</summary>
public sealed record TinyAnswer(int Status, string Text, string? Type, IReadOnlyDictionary<string, string> Headers)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    public string? Code => Type == "application/problem+json" ? (string?)Json["code"] : null;
}

/// <summary>All that was logged.</summary>
public sealed class LogBook : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IEnumerable<(LogLevel Level, string Text)> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));

    public void Dispose()
    {
    }
}
