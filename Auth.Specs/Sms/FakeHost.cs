using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Auth.Host.Delivery.FakeMail;
using Auth.Host.Delivery.FakeSinch;
using Auth.Host.Delivery.Mail;
using Auth.Host.Delivery.Sms;
using Auth.Host.Keys;
using Auth.Specs.Http;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine;

namespace Auth.Specs.Sms;

/// <summary>A host with the fake Sinch and the real client in it, over Kestrel and PostgreSQL; its two sides have clocks of their own.</summary>
public sealed class FakeHost : IAsyncDisposable
{
    public const string Plan = "plan-1", ApiToken = "api-token-1", Project = "project-1", KeyId = "key-1", KeySecret = "key-secret-1", CallbackSecret = "callback-secret-1";

    private readonly WebApplication app;
    private readonly List<(HttpMethod Method, string Path, int Status)> calls;
    private readonly Channel<int> counted;

    private FakeHost(WebApplication app, JumpingClock clock, LogBook log, List<(HttpMethod, string, int)> calls, Channel<int> counted) =>
        (this.app, Clock, Log, this.calls, this.counted, Address, Http) = (app, clock, log, calls, counted, new(app.Urls.Single()), new() { BaseAddress = new(app.Urls.Single()) });

    public JumpingClock Clock { get; }

    public LogBook Log { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Reports as the bus hands them to their handler.</summary>
    public ChannelReader<SmsReport> Reports => app.Services.GetRequiredService<Channel<SmsReport>>().Reader;

    public static Task<FakeHost> Start(SmsDatabase database, params (string Key, string? Value)[] settings) => Start(database, bus: false, settings);

    public static async Task<FakeHost> Start(SmsDatabase database, bool bus, params (string Key, string? Value)[] settings)
    {
        var (clock, log, calls, counted) = (new JumpingClock(), new LogBook(), new List<(HttpMethod, string, int)>(), Channel.CreateUnbounded<int>());
        var builder = Bare("Development", log, [("Auth:Keys:Root", database.RootKey), ("Sinch:Timeout", "00:01:00"), .. settings]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(Channel.CreateUnbounded<SmsReport>());
        var connection = await database.ConnectionString();
        builder.Services.AddMarten(options => SmsDatabase.Configure(options, connection)).UseLightweightSessions();
        builder.AddKeys();
        builder.AddSms();
        builder.AddFakeSinch();
        builder.AddMail();
        builder.AddFakeMail();
        if (bus)
            builder.Host.UseWolverine(wolverine =>
            {
                wolverine.ApplicationAssembly = typeof(FakeHost).Assembly;
                wolverine.Discovery.DisableConventionalDiscovery().IncludeType(typeof(ReportHandler));
                wolverine.Durability.Mode = DurabilityMode.Solo;
            });

        var app = builder.Build();
        app.Use(async (http, next) =>
        {
            await next();
            lock (calls) calls.Add((HttpMethod.Parse(http.Request.Method), http.Request.Path + http.Request.QueryString, http.Response.StatusCode));
            counted.Writer.TryWrite(0);
        });
        app.MapFakeSinch();
        app.MapFakeMail();
        if (bus) app.MapSinchHooks();
        await app.StartAsync();
        return new(app, clock, log, calls, counted);
    }

    /// <summary>A builder that reads nothing of the machine.</summary>
    public static WebApplicationBuilder Bare(string environment, LogBook log, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ApplicationName = typeof(Program).Assembly.GetName().Name });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        builder.Logging.ClearProviders().AddProvider(log);
        return builder;
    }

    /// <summary>The settings of a plan token, for both sides.</summary>
    public static (string, string?)[] PlanSettings => [("Sinch:ServicePlanId", Plan), ("Sinch:ApiToken", ApiToken), ("Sinch:Region", "eu"), ("Sinch:CallbackSecret", CallbackSecret)];

    /// <summary>The settings of a key pair, for both sides.</summary>
    public static (string, string?)[] KeySettings => [("Sinch:ProjectId", Project), ("Sinch:KeyId", KeyId), ("Sinch:KeySecret", KeySecret), ("Sinch:Region", "eu"), ("Sinch:CallbackSecret", CallbackSecret)];

    public Uri Fake => new(Address, FakeProvider.Path);

    /// <summary>How often that call was made, with that answer if one is named.</summary>
    public int Calls(HttpMethod method, string ending, int? status = null)
    {
        lock (calls) return calls.Count(call => call.Method == method && call.Path.Split('?')[0].EndsWith(ending, StringComparison.Ordinal) && (status ?? call.Status) == call.Status);
    }

    /// <summary>Returns when that call has been answered so often.</summary>
    public async Task Called(HttpMethod method, string ending, int times)
    {
        while (Calls(method, ending) < times) await counted.Reader.ReadAsync(TestContext.Current.CancellationToken);
    }

    public int Texts(int? status = null) => Calls(HttpMethod.Post, "/batches", status);

    public int LookUps(int? status = null) => Calls(HttpMethod.Get, "/batches", status);

    public async Task Fault(string kind, double rate = 1, int? times = null, int seed = 1) =>
        (await Http.PostAsJsonAsync("/_sinch/faults", new { kind, rate, times, seed }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

    /// <summary>The texts that arrived with this reference, newest first.</summary>
    public async Task<IReadOnlyList<JsonObject>> Inbox(string number, string? reference = null) =>
        [.. (await Http.GetFromJsonAsync<JsonArray>($"/_sinch/inbox/{Uri.EscapeDataString(number)}", TestContext.Current.CancellationToken))!
            .Select(text => text!.AsObject()).Where(text => reference is null || (string?)text["client_reference"] == reference)];

    /// <summary>A call as the provider's own documentation has it.</summary>
    public async Task<HttpResponseMessage> Ask(HttpMethod method, string path, object? body = null, string bearer = ApiToken)
    {
        using var request = new HttpRequestMessage(method, $"/_sinch/xms/v1/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonObject> Say(HttpMethod method, string path, object? body = null) =>
        (await (await Ask(method, path, body)).Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}

/// <summary>Where reports end in these specs.</summary>
public static class ReportHandler
{
    public static ValueTask Handle(SmsReport report, Channel<SmsReport> reports) => reports.Writer.WriteAsync(report);
}
