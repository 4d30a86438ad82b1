using System.Text;
using Auth.Specs.Given;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Auth.Specs.Clients;

/// <summary>The web site of an app: one page that loads a published client, and the npm packages as they are.</summary>
public sealed class AppSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AppSite(WebApplication app) => _app = app;

    /// <summary>Where it is: another origin than the service.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>Starts it on a port of its own.</summary>
    public static async Task<AppSite> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(ClientPackages.Folder), RequestPath = "/app/npm" });
        app.MapGet("/app", (string client, Uri auth) => Results.Content(Page(client, auth), "text/html"));
        await app.StartAsync();
        return new(app);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // The two attributes are all an app says: who the service is, and where.
    private static string Page(string client, Uri auth) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>An app</title></head>
        <body>
          <div id="sign-in"></div>
          <script src="/app/npm/{client}/dist/clerk.browser.js"
            data-clerk-publishable-key="pk_live_{Convert.ToBase64String(Encoding.ASCII.GetBytes($"{auth.Authority}$"))}"
            data-clerk-proxy-url="{auth}__clerk"></script>
        </body>
        </html>
        """;
}
