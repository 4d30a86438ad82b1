using System.Text.RegularExpressions;

namespace Auth.Host.Sessions;

/// <summary>What a program says it is, in words that somebody recognises their device by. From the <c>User-Agent</c> header alone; it may lie, and nothing is decided by it.</summary>
/// <param name="Type">iPhone, iPad, Android, Windows, Macintosh, ChromeOS, Linux; null where it does not say.</param>
public sealed partial record Device(string? BrowserName, string? BrowserVersion, string? Type, bool IsMobile)
{
    /// <summary>Nothing is known.</summary>
    public static Device Unknown { get; } = new(null, null, null, false);

    // Tried top down: most browsers call themselves Chrome and Safari as well.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg",            "Edge"),
        ("EdgA",           "Edge"),
        ("EdgiOS",         "Edge"),
        ("OPR",            "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Vivaldi",        "Vivaldi"),
        ("YaBrowser",      "Yandex Browser"),
        ("DuckDuckGo",     "DuckDuckGo"),
        ("FxiOS",          "Firefox"),
        ("Firefox",        "Firefox"),
        ("CriOS",          "Chrome"),
        ("HeadlessChrome", "Chrome"),
        ("Chrome",         "Chrome"),
        ("Version",        "Safari"),
        ("curl",           "curl"),
        ("okhttp",         "OkHttp"),
        ("PostmanRuntime", "Postman"),
    ];

    private static readonly (string Mark, string Type, bool Mobile)[] Types =
    [
        ("iPhone",    "iPhone",    true),
        ("iPad",      "iPad",      true),
        ("Android",   "Android",   true),
        ("Windows",   "Windows",   false),
        ("Macintosh", "Macintosh", false),
        ("CrOS",      "ChromeOS",  false),
        ("Linux",     "Linux",     false),
    ];

    /// <summary>The device behind a <c>User-Agent</c>.</summary>
    public static Device Of(string? agent)
    {
        if (agent is null) return Unknown;
        var products = Product().Matches(agent).Select(found => (Name: found.Groups[1].Value, Version: found.Groups[2].Value)).ToList();
        var (mark, name) = Browsers.FirstOrDefault(row => products.Exists(product => product.Name == row.Mark) && (row.Mark != "Version" || agent.Contains("Safari/", StringComparison.Ordinal)));
        var (_, type, mobile) = Types.FirstOrDefault(row => agent.Contains(row.Mark, StringComparison.Ordinal));
        return new(name, mark is null ? null : products.Find(product => product.Name == mark).Version, type, mobile);
    }

    [GeneratedRegex(@"([A-Za-z]{2,32})/([0-9][0-9.]{0,31})", RegexOptions.NonBacktracking)]
    private static partial Regex Product();
}
