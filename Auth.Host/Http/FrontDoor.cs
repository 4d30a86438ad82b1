using System.Net;
using Auth.Host.Instances;
using Auth.Host.Wiring;

namespace Auth.Host.Http;

/// <summary>Where an instance is reached, and whom it believes: read at start, or the start fails with a sentence.</summary>
/// <param name="PublicUrl">The one address of the instance; <c>iss</c> of its tokens.</param>
/// <param name="AllowedOrigins">Origins of the apps that may use a browser's cookie.</param>
/// <param name="TrustedProxies">Whose forwarded headers count (R54).</param>
/// <param name="IsDevelopment">Then every loopback origin is allowed, and plain http does without <c>__Host-</c> (R74).</param>
public sealed record FrontDoor(Uri PublicUrl, IReadOnlySet<string> AllowedOrigins, IReadOnlyList<IPNetwork> TrustedProxies, bool IsDevelopment)
{
    /// <summary>The header in which a trusted proxy tells the caller's country, such as <c>CF-IPCountry</c>; null where none does.</summary>
    public string? CountryHeader { get; init; }

    /// <summary>What the operator's settings allow besides.</summary>
    public OriginsInForce InForce { get; } = new();

    /// <summary>That of the request.</summary>
    public static ValueTask<FrontDoor?> BindAsync(HttpContext http) => ValueTask.FromResult<FrontDoor?>(Tenant.Of(http).Door);

    /// <summary>Reads one. Who stands in front of us, and what they say of a caller, is the same for all instances.</summary>
    public static FrontDoor From(InstanceSection section, IHostEnvironment environment)
    {
        var configuration = section.Configuration;
        if (configuration.GetValue<bool>("FORWARDEDHEADERS_ENABLED"))
            throw new SettingException("ASPNETCORE_FORWARDEDHEADERS_ENABLED believes everybody's forwarded headers. Unset it, and name the proxies in Auth:TrustedProxies.");
        var publicUrl = section["PublicUrl"] ?? (environment.IsDevelopment() && section.Instance == Tenants.Default ? "http://localhost:5080" : null) ??
            throw new SettingException($"{section.Key("PublicUrl")} is required{(section.Instance == Tenants.Default ? " outside Development" : "")}: the address under which people reach the service, such as https://auth.example.com");
        return new(
            new(Configured(section.Key("PublicUrl"), publicUrl)),
            Listed(configuration, section.Key("AllowedOrigins")).Select(o => Configured(section.Key("AllowedOrigins"), o)).ToHashSet(StringComparer.Ordinal),
            [.. Listed(configuration, "Auth:TrustedProxies").Select(Network)],
            environment.IsDevelopment())
        { CountryHeader = configuration["Auth:CountryHeader"] };
    }

    /// <summary>May a page of this origin use the cookie that the browser sends along?</summary>
    public bool Allows(string origin, HttpRequest request) =>
        AllowedOrigins.Contains(origin)
        || InForce.Allows(origin)
        || origin == Written(PublicUrl)
        || origin == $"{request.Scheme}://{request.Host.Value}"
        || (IsDevelopment && IsLoopback(origin));

    /// <summary>Is this one of our own proxies?</summary>
    public bool Trusts(IPAddress peer) => TrustedProxies.Any(network => network.Contains(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer));

    /// <summary>May an answer send a browser there?</summary>
    public bool AllowsRedirect(string? url, HttpRequest request) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
        && (Allows(Written(uri), request) || InForce.AllowsRedirect(uri));

    internal static bool IsLoopback(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && Written(uri) == origin
        && (uri.Host is "localhost" || uri.Host.EndsWith(".localhost", StringComparison.Ordinal) || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address)));

    // As a browser writes it: lower case, no default port, no slash.
    private static string Written(Uri uri) => uri.GetLeftPart(UriPartial.Authority);

    /// <summary>An origin as a browser writes it; null for what is none.</summary>
    public static string? Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", Host.Length: > 0, AbsolutePath: "/" or "", Query: "", Fragment: "", UserInfo: "" } ? Written(uri) : null;

    private static string Configured(string setting, string text) =>
        Origin(text) ?? throw new SettingException($"{setting} holds '{text}', which is not an origin such as https://app.example.com");

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : throw new SettingException($"Auth:TrustedProxies holds '{text}', which is neither an address nor a network such as 10.0.0.0/8");

    /// <summary>A list in JSON, or one line with commas.</summary>
    private static IEnumerable<string> Listed(IConfiguration configuration, string key) =>
        configuration.GetSection(key).GetChildren().Select(c => c.Value).Append(configuration[key])
            .SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
