using System.Collections.Concurrent;
using Microsoft.Playwright;

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

    /// <summary>An empty page.</summary>
    public static async Task<AppPage> Open(IBrowserContext profile, Uri site, Uri auth)
    {
        var page = new AppPage(profile, await profile.NewPageAsync(), site, auth);
        page.Page.PageError += (_, failure) => page.Failures.Enqueue(failure);
        await profile.RouteAsync("**", page.Answer);
        return page;
    }

    /// <summary>Goes to the app, and waits until the client is ready.</summary>
    public async Task Load(string client, bool elsewhere)
    {
        await Page.GotoAsync(new Uri(elsewhere ? _site : _auth, $"app?client={Uri.EscapeDataString(client)}&auth={Uri.EscapeDataString(_auth.ToString())}").ToString());
        await Page.EvaluateAsync("() => Clerk.load()");
    }

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
        else if (asked.Authority == _auth.Authority || asked.Authority == _site.Authority || asked.Scheme is "blob" or "data")
            await route.ContinueAsync();
        else
        {
            Strangers.Enqueue(asked.ToString());
            await route.AbortAsync();
        }
    }
}
