using Auth.Host.Http;
using Auth.Specs.Given;
using Microsoft.AspNetCore.WebUtilities;

namespace Auth.Specs.Sessions;

/// <summary>An app's backend: it has the secret key, and for each browser the cookies of its own host.</summary>
public sealed class AppsBackend(IReachable host)
{
    public const string Origin = "http://localhost:3000";

    private Dictionary<string, string> _cookies = [];

    public string Token => _cookies["__session"];

    public string Refresh => _cookies["__refresh"];

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    /// <summary>Sends the browser by, and asks what was found.</summary>
    public async Task<Reply> Handshake(Browser browser)
    {
        var reply = await Payload(await Word(browser));
        reply.Status.ShouldBe(200, reply.Text);
        _cookies = Read(reply.Json["directives"]!.AsArray().Select(one => (string)one!));
        return reply;
    }

    /// <summary>The word that a handshake sends along.</summary>
    public static async Task<string> Word(Browser browser)
    {
        var reply = await browser.Get($"/v1/client/handshake?format=nonce&redirect_url={Uri.EscapeDataString($"{Origin}/home?a=b")}");
        reply.Status.ShouldBe(307, reply.Text);
        reply.Headers["Location"].ShouldStartWith($"{Origin}/home?a=b&__clerk_handshake_nonce=");
        return QueryHelpers.ParseQuery(new Uri(reply.Headers["Location"]).Query)["__clerk_handshake_nonce"]!;
    }

    /// <summary>Shows the word.</summary>
    public Task<Reply> Payload(string word) => new Operator(host).Get($"/v1/clients/handshake_payload?nonce={Uri.EscapeDataString(word)}");

    /// <summary>Asks for another token with what it holds, and keeps what it gets.</summary>
    public async Task<Reply> Renew(string session)
    {
        var reply = await Renew(session, Refresh, Token);
        if (reply.Status != 200) return reply;
        foreach (var (name, value) in Set(reply)) _cookies[name] = value;
        return reply;
    }

    /// <summary>Asks with that.</summary>
    public Task<Reply> Renew(string session, string value, string token, string? format = "cookie", string origin = Origin, IReachable? at = null) =>
        new Operator(at ?? host).Post($"/v1/sessions/{session}/refresh", new { expired_token = token, refresh_token = value, request_origin = origin, format, request_headers = new { accept = new[] { "*/*" } } });

    /// <summary>The cookies of an answer.</summary>
    public static Dictionary<string, string> Set(Reply reply) => Read(reply.Json["cookies"]!.AsArray().Select(one => (string)one!));

    private static Dictionary<string, string> Read(IEnumerable<string> directives) => directives.Select(one => one.Split(';')[0].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
