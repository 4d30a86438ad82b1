using Auth.Host.Delivery.FakeMail;
using Auth.Host.Delivery.Sms;
using Auth.Host.Http;
using Auth.Host.Wiring;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>A Sinch of our own for Development: same HTTP, no text ever leaves. The real client is pointed at it by configuration only.</summary>
public static class FakeProvider
{
    /// <summary>Below this all of it lives.</summary>
    public const string Path = "/_sinch";

    /// <summary>Nothing outside Development; there, whoever asks for it with <c>Sinch:Fake=true</c> is refused.</summary>
    public static WebApplicationBuilder AddFakeSinch(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            return builder.Configuration.GetValue<bool>("Sinch:Fake")
                ? throw new SettingException("Sinch:Fake is set, but the fake Sinch is refused outside Development: it shows every code to everybody.")
                : builder;
        }

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.Replace(ServiceDescriptor.Singleton<ISinchAccount, OwnFake>());
        services.AddHttpClient(FakeCallbacks.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers();
        foreach (var part in new[] { typeof(Ulid), typeof(FakeSecrets), typeof(FakeTexts), typeof(FakeLetters), typeof(FakeScript), typeof(FakeFaults), typeof(FakeCallbacks), typeof(FakeDelivery), typeof(FakeBatches), typeof(FakeReports), typeof(FakeInbox), typeof(FakeGate) })
            services.AddSingleton(part);
        return builder;
    }

    /// <summary>The fake's routes, if there is a fake.</summary>
    public static IEndpointRouteBuilder MapFakeSinch(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<FakeGate>() is not { } gate) return app;
        var fake = app.MapGroup(Path).ExcludeFromDescription();
        fake.MapPost("/oauth2/token", FakeTokens.IssueAsync).DisableAntiforgery();
        fake.MapPost("/faults", (FaultOrder order, FakeFaults faults) => { faults.Order(order); return Results.NoContent(); });

        var inbox = app.ServiceProvider.GetRequiredService<FakeInbox>();
        fake.MapGet("/inbox", inbox.PageAsync).LoadsOwnFiles();
        fake.MapGet("/inbox.css", () => Results.Text(FakeInboxPage.Style, "text/css"));
        fake.MapGet("/inbox.js", () => Results.Text(FakeInboxPage.Script, "text/javascript"));
        fake.MapGet("/inbox/events", inbox.Events);
        fake.MapGet("/inbox/{e164}", inbox.ListAsync);
        fake.MapGet("/inbox/{e164}/latest", inbox.LatestAsync);

        var (batches, reports) = (app.ServiceProvider.GetRequiredService<FakeBatches>(), app.ServiceProvider.GetRequiredService<FakeReports>());
        var xms = fake.MapGroup("/xms/v1/{id}").AddEndpointFilter(gate);
        xms.MapPost("/batches", batches.SendAsync);
        xms.MapGet("/batches", batches.ListAsync);
        xms.MapPost("/batches/dry_run", batches.DryRunAsync);
        xms.MapGet("/batches/{batch}", batches.ReadAsync);
        xms.MapDelete("/batches/{batch}", batches.CancelAsync);
        xms.MapPost("/batches/{batch}/delivery_feedback", batches.FeedbackAsync);
        xms.MapGet("/batches/{batch}/delivery_report", reports.OfBatchAsync);
        xms.MapGet("/batches/{batch}/delivery_report/{msisdn}", reports.OfRecipientAsync);
        xms.MapGet("/delivery_reports", reports.ListAsync);
        return app;
    }
}
