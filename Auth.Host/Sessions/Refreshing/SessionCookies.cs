using System.Globalization;

namespace Auth.Host.Sessions.Refreshing;

/// <summary>The cookies that an app's backend sets on its own host, as directives it can pass on.</summary>
public static class SessionCookies
{
    /// <summary>Of a session: its token for the page, its refresh value for the backend alone, and since when somebody is signed in.</summary>
    public static IReadOnlyList<string> Of(Session session, string token, RefreshSecret? refresh, string origin, DateTimeOffset now)
    {
        var life = Math.Max(0, (long)(session.ExpiresAt - now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return
        [
            Cookie("__session", token, life, origin),
            .. refresh is null ? Array.Empty<string>() : [$"{Cookie("__refresh", refresh.Write(), life, origin)}; HttpOnly"],
            Cookie("__client_uat", session.CreatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), life, origin),
        ];
    }

    /// <summary>Of nobody: what was there goes.</summary>
    public static IReadOnlyList<string> None(string origin) =>
        [Cookie("__session", "", "0", origin), $"{Cookie("__refresh", "", "0", origin)}; HttpOnly", Cookie("__client_uat", "0", "31536000", origin)];

    private static string Cookie(string name, string value, string life, string origin) =>
        $"{name}={value}; Path=/; Max-Age={life}; SameSite=Lax{(origin.StartsWith("https:", StringComparison.Ordinal) ? "; Secure" : "")}";
}
