using Auth.Specs.Given;
using Auth.Specs.Passkeys;
using Microsoft.Playwright;

namespace Auth.Specs.Clients;

/// <summary>A service, an app that uses it, and a browser: what published clients are tried with. Specs here take turns.</summary>
[CollectionDefinition]
public sealed class AtTheDesk : ICollectionFixture<Desk>;

/// <summary>Starts the three, once for all specs at the desk.</summary>
public sealed class Desk : IAsyncLifetime
{
    private static readonly string[] Quietly =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private AppSite? _site;
    private IPlaywright? _playwright;
    private IBrowser? _chromium;
    private LiveHost? _host;

    /// <summary>The service.</summary>
    public LiveHost Host => _host!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _site = await AppSite.Start();
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Program, Headless = true, Args = Quietly });
        _host = await LiveHost.Start();
    }

    /// <summary>A new browser profile on the app's page: on the service's own origin, or on another one.</summary>
    public async Task<AppPage> Open(int client, bool elsewhere) => await AppPage.Open(
        await _chromium!.NewContextAsync(new() { Locale = "en-US", ViewportSize = new() { Width = 900, Height = 700 } }), _site!.Address, Host.Address, client, elsewhere);

    /// <summary>The same before a service that has a host name, which passkeys want; the profile has an authenticator that checks its owner.</summary>
    public async Task<AppPage> OpenWithAuthenticator(LiveHost named, int client)
    {
        var profile = await _chromium!.NewContextAsync(new() { Locale = "en-US" });
        // The client holds passkeys back from browsers that say a program drives them.
        await profile.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false })");
        var app = await AppPage.Open(profile, _site!.Address, new UriBuilder(named.Address) { Host = "localhost" }.Uri, client, elsewhere: false);
        await KeyedBrowser.AddAuthenticator(app.Page);
        return app;
    }

    /// <summary>Stops what was started, also after a start that failed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        if (_chromium is not null) await _chromium.CloseAsync();
        _playwright?.Dispose();
        if (_site is not null) await _site.DisposeAsync();
    }
}
