using Auth.Host.Passkeys;
using Auth.Specs.Given;
using Microsoft.Playwright;

namespace Auth.Specs.Passkeys;

/// <summary>A real Chromium; each page of it has an authenticator of its own.</summary>
public sealed class KeyedBrowser : IAsyncLifetime
{
    private static readonly Uri Page = new("http://localhost:5080/");

    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    /// <summary>What the service believes in Development.</summary>
    public static RelyingParty Party { get; } = new("localhost", "Auth", new HashSet<string>(), AnyLoopback: true);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Program, Headless = true, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"] });
    }

    /// <summary>A page with a new authenticator: a phone or laptop that checks its owner, or a plain security key.</summary>
    public async Task<IPage> Open(bool checksOwner = true)
    {
        var profile = await _chromium!.NewContextAsync();
        await profile.RouteAsync("**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><title>A page</title>" }));
        var page = await profile.NewPageAsync();
        await page.GotoAsync(Page.ToString());
        await AddAuthenticator(page, checksOwner);
        return page;
    }

    /// <summary>Gives a page an authenticator.</summary>
    public static async Task AddAuthenticator(IPage page, bool checksOwner = true)
    {
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("WebAuthn.enable");
        await tools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = checksOwner ? "internal" : "usb",
                ["hasResidentKey"] = checksOwner,
                ["hasUserVerification"] = checksOwner,
                ["isUserVerified"] = checksOwner,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null) await _chromium.CloseAsync();
        _playwright?.Dispose();
    }
}
