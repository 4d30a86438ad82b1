using Auth.Host.Audit.Access;
using Auth.Host.Audit.Telling;
using Auth.Host.Instances;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Auth.Host.Http;

/// <summary>How requests come in and errors go out.</summary>
public static class HttpWiring
{
    /// <summary>Adds what a request meets before its endpoint.</summary>
    public static WebApplicationBuilder AddHttp(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyReading.LargestBody;
        });
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => Tenants.From(services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>()));
        builder.Services.AddSingleton<Failures>();
        return builder;
    }

    /// <summary>The way of a request, outermost first. Everything that comes after is inside, so no error leaves in another form.</summary>
    public static WebApplication UseHttp(this WebApplication app)
    {
        var tenants = app.Services.GetRequiredService<Tenants>();
        var door = tenants.All[0].Door;                                         // who stands in front is the same for all
        if (door.CountryHeader is { } country) app.Use((http, next) => Believed(http, door, country, next));
        if (door.TrustedProxies.Count > 0) app.UseForwardedHeaders(Believing(door));
        app.Use(BrowserRules.Say);
        app.Use(app.Services.GetRequiredService<Failures>().Answer);
        app.Use(Proxied);                                                       // where Clerk's clients look for a proxied Frontend API
        app.Use(InstanceOfRequest.ByHost);
        app.Use(CrossOrigin.Answer);
        app.Use(BodyReading.Read);                                              // 413 and 400 before any work; _method before routing
        app.UseRouting();
        app.Use(SecretKeyGate.Guard);
        app.Use(AuditKeyGate.Guard);
        app.Use(InstanceOfRequest.Demand);                                      // unknown hosts go no further
        app.Use(Recoveries.RecoverFirst.Answer);
        app.MapProblemPages();
        app.Lifetime.ApplicationStarted.Register(() => Show(tenants));
        return app;
    }

    private static ForwardedHeadersOptions Believing(FrontDoor door)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in door.TrustedProxies) options.KnownIPNetworks.Add(network);
        return options;
    }

    // Before the caller's own address takes the place of the proxy's.
    private static Task Believed(HttpContext http, FrontDoor door, string header, RequestDelegate next)
    {
        if (http.Connection.RemoteIpAddress is not { } peer || !door.Trusts(peer)) http.Request.Headers.Remove(header);
        return next(http);
    }

    // UsePathBase would route at once, before _method has said what a POST means.
    private static Task Proxied(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/__clerk", out var matched, out var rest))
            (http.Request.PathBase, http.Request.Path) = (http.Request.PathBase.Add(matched), rest);
        return next(http);
    }

    // To the console and not to the log: two of them are secrets (R85).
    private static void Show(Tenants tenants)
    {
        foreach (var tenant in tenants.All.Where(tenant => tenant.Keys.MadeHere is not null || tenant.Auditors.MadeHere is not null))
        {
            if (tenant.Id != Tenants.Default) Console.WriteLine($"  instance         {tenant.Id}");
            if (tenant.Keys.MadeHere is { } secret) Console.WriteLine($"  publishable key  {tenant.Keys.Publishable}\n  secret key       {secret}");
            if (tenant.Auditors.MadeHere is { } audit) Console.WriteLine($"  audit key        {audit}");
        }
    }
}
