using Auth.Specs.Given;
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

    private AppSite _site = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _chromium = null!;

    /// <summary>The service.</summary>
    public LiveHost Host { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _site = await AppSite.Start();
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Program, Headless = true, Args = Quietly });
        Host = await LiveHost.Start();
    }

    /// <summary>A new browser profile on the app's page, with the client loaded: on the service's own origin, or on another one.</summary>
    public async Task<AppPage> Open(string client, bool elsewhere = false)
    {
        var context = await _chromium.NewContextAsync(new() { Locale = "en-US", ViewportSize = new() { Width = 900, Height = 700 } });
        var page = await AppPage.Open(context, _site.Address, Host.Address);
        await page.Load(client, elsewhere);
        return page;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _chromium.CloseAsync();
        _playwright.Dispose();
        await _site.DisposeAsync();
    }
}
