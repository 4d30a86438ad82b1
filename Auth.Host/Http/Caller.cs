using System.Globalization;
using System.Net;
using System.Text;
using Auth.Host.Instances;

namespace Auth.Host.Http;

/// <summary>Who sent a request, as far as it can be known without asking the database.</summary>
/// <param name="ClientId">The client it says it is; only <see cref="Proves"/> shows it.</param>
/// <param name="Origin">The allowed origin of the page that asks; null for others and for what is no page.</param>
/// <param name="Address">Where it comes from, by the word of trusted proxies only (R54).</param>
/// <param name="UserAgent">At most 256 characters, none of them a control or a direction mark.</param>
/// <param name="IsNative">An app: its secret travels in headers, never in a cookie.</param>
/// <param name="CookieAllowed">A browser's cookie counts, and may be set: the page that asks is one of ours.</param>
public sealed record Caller(
    ClientId? ClientId, ClientSecret? Secret, string? Origin, IPAddress Address, string? UserAgent, string TraceId, bool IsNative, bool CookieAllowed)
{
    /// <summary>The instance it asks.</summary>
    public required string Tenant { get; init; }

    /// <summary>Two letters (ISO 3166), where a trusted proxy says so in <c>Auth:CountryHeader</c>.</summary>
    public string? Country { get; init; }

    private const int LongestUserAgent = 256;

    /// <summary>Is its secret the one whose hash was stored?</summary>
    public bool Proves(string secretHash) => Secret is { } secret && secret.Matches(secretHash);

    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult<Caller?>(Of(http));

    /// <summary>Read once per request.</summary>
    public static Caller Of(HttpContext http)
    {
        if (http.Features.Get<Caller>() is { } known) return known;
        var tenant = Instances.Tenant.Of(http);
        var native = http.Request.Query["_is_native"] == "1";
        var origin = http.Request.Headers.Origin.ToString();
        var allowed = origin.Length > 0 && tenant.Door.Allows(origin, http.Request);
        // R74: a page of an origin that is not allowed gets nothing out of the cookie that the browser sends along.
        var cookie = !native && (origin.Length > 0 ? allowed : http.Request.Headers["Sec-Fetch-Site"] != "cross-site");
        var claimed = native ? ClientSecret.Read(Bare(http.Request.Headers.Authorization)) : cookie ? ClientSecret.Read(http.Request.Cookies[ClientCookie.Name(http)]) : null;
        var caller = new Caller(
            claimed?.Client, claimed?.Secret, allowed ? origin : null, AddressOf(http), Shown(http.Request.Headers.UserAgent.ToString()), ProblemJson.TraceId(http), native, cookie)
        { Tenant = tenant.Id, Country = CountryOf(http, tenant.Door) };
        http.Features.Set(caller);
        return caller;
    }

    private static string? Bare(string? header) =>
        header?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? header["Bearer ".Length..] : header;

    private static IPAddress AddressOf(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => IPAddress.Any,   // a socket that has no address
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4(),
        var address => address,
    };

    // Of a request that comes from no trusted proxy the header is gone by now.
    private static string? CountryOf(HttpContext http, FrontDoor door) =>
        door.CountryHeader is { } header && http.Request.Headers[header].ToString() is { Length: 2 } code
        && code != "XX" && code.All(char.IsAsciiLetterUpper) ? code : null;

    private static string? Shown(string userAgent)
    {
        var text = new StringBuilder(Math.Min(userAgent.Length, LongestUserAgent));
        foreach (var rune in userAgent.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) continue;
            if (text.Length + rune.Utf16SequenceLength > LongestUserAgent) break;
            text.Append(rune);
        }

        return text.Length == 0 ? null : text.ToString();
    }

    /// <summary>Neither secret nor address nor device is printed.</summary>
    public override string ToString() => $"Caller({ClientId?.ToString() ?? "unknown"}, trace {TraceId})";
}
