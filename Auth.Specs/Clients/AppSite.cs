using System.Text;
using Auth.Specs.Given;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Auth.Specs.Clients;

/// <summary>The web site of an app: one page that loads a published client and says who is signed in, and the npm packages as they are.</summary>
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
        app.MapGet("/app", (int client, Uri auth, string key) => Results.Content(Page(client, auth, key), "text/html"));
        await app.StartAsync();
        return new(app);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // Clerk's clients refuse a key for a host name without a dot.
    private static string Named(Uri auth) => auth.Host.Contains('.') ? auth.Authority : $"{auth.Host}.:{auth.Port}";

    // Two attributes are all an app says: which service, and where it is. Since 6 the components are a package of their own.
    private static string Page(int client, Uri auth, string key)
    {
        var (components, script, options) = client switch
        {
            5 => ("", "@clerk/clerk-js", ""),
            6 => ("""<script src="/app/npm/@clerk/ui/dist/ui.browser.js"></script>""", "clerk-js-6", "{ ui: { ClerkUI: window.__internal_ClerkUICtor } }"),
            _ => throw new ArgumentOutOfRangeException(nameof(client)),
        };
        return $$"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>An app</title></head>
            <body>
              <p id="who"></p>
              <div id="sign-in"></div>
              {{components}}
              <script src="/app/npm/{{script}}/dist/clerk.browser.js"
                data-clerk-publishable-key="{{key}}_{{Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Named(auth)}$")).TrimEnd('=')}}"
                data-clerk-proxy-url="{{auth}}__clerk"></script>
              <script>
                const tell = ({ user }) => document.getElementById('who').textContent = user ? user.primaryEmailAddress.emailAddress : 'nobody';
                Clerk.load({{options}}).then(() => { Clerk.addListener(tell); tell(Clerk); });
              </script>
            </body>
            </html>
            """;
    }
}
