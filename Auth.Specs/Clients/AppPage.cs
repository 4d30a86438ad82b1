using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Auth.Specs.Clients;

/// <summary>The app's page in a browser profile of its own. What it asks of anybody but the service and the app is refused, and noted.</summary>
public sealed class AppPage : IAsyncDisposable
{
    private readonly IBrowserContext _profile;
    private readonly Uri _site, _auth;

    private AppPage(IBrowserContext profile, IPage page, Uri site, Uri auth) => (_profile, Page, _site, _auth) = (profile, page, site, auth);

    /// <summary>The page itself.</summary>
    public IPage Page { get; }

    /// <summary>Scripts that failed.</summary>
    public ConcurrentQueue<string> Failures { get; } = [];

    /// <summary>Who else was asked.</summary>
    public ConcurrentQueue<string> Strangers { get; } = [];

    /// <summary>Goes to the app with that client, and waits until it says that nobody is signed in.</summary>
    public static async Task<AppPage> Open(IBrowserContext profile, Uri site, Uri auth, int client, bool elsewhere)
    {
        var app = new AppPage(profile, await profile.NewPageAsync(), site, auth);
        app.Page.PageError += (_, failure) => app.Failures.Enqueue(failure);
        await profile.RouteAsync("**", app.Answer);
        // The client does some things otherwise with a key for development, such as the one that a host in Development prints.
        var (at, key) = elsewhere ? (site, "pk_live") : (auth, "pk_test");
        await app.Page.GotoAsync(new Uri(at, $"app?client={client}&key={key}&auth={Uri.EscapeDataString(auth.ToString())}").ToString());
        await app.Shows("nobody");
        return app;
    }

    /// <summary>Waits until the page says that this is who is signed in.</summary>
    public Task Shows(string who) => Expect(Page.Locator("#who")).ToHaveTextAsync(who, new() { Timeout = 20_000 });

    /// <summary>What a script in the page comes to.</summary>
    public Task<string> Ask(string script, object? argument = null) => Page.EvaluateAsync<string>(script, argument);

    /// <summary>The first code of the error that a script in the page meets, as the client tells it.</summary>
    public Task<string> Refusal(string script, object? argument = null) =>
        Ask($"argument => ({script})(argument).then(() => 'none', error => error.errors[0].code)", argument);

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await _profile.CloseAsync();

    // The app's page also stands on the service's own origin: there it is the site's answer under another address.
    private async Task Answer(IRoute route)
    {
        var asked = new Uri(route.Request.Url);
        if (asked.Authority == _auth.Authority && asked.AbsolutePath.StartsWith("/app", StringComparison.Ordinal))
            await route.FulfillAsync(new() { Response = await route.FetchAsync(new() { Url = new Uri(_site, asked.PathAndQuery).ToString() }) });
        else if (asked.Authority == _auth.Authority || asked.Authority == _site.Authority)
            await route.ContinueAsync();
        else
        {
            Strangers.Enqueue(asked.ToString());
            await route.AbortAsync();
        }
    }
}
