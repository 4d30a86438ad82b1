namespace Auth.Host.Http;

/// <summary>How a client's secret goes out: Clerk's <c>__client</c> cookie, or for apps the <c>Authorization</c> header of the answer.</summary>
public static class ClientCookie
{
    /// <summary>R74: bound to this host; in Development over plain http the prefix and Secure fall away.</summary>
    public static string Name(HttpContext http) => IsPlain(http) ? "__client" : "__Host-__client";

    /// <summary>Hands the secret to the caller; to a page that is not ours, nothing.</summary>
    public static void Issue(this HttpContext http, IssuedSecret issued)
    {
        var (caller, value) = (Caller.Of(http), issued.Secret.Write(issued.Client));
        if (caller.IsNative) http.Response.Headers.Authorization = value;
        else if (caller.CookieAllowed) http.Response.Cookies.Append(Name(http), value, How(http, issued.Expires));
    }

    /// <summary>The client is gone; the caller need not keep its secret.</summary>
    public static void Forget(this HttpContext http)
    {
        var caller = Caller.Of(http);
        if (caller.IsNative) http.Response.Headers.Authorization = "";
        else if (caller.CookieAllowed) http.Response.Cookies.Delete(Name(http), How(http, DateTimeOffset.UnixEpoch));
    }

    private static CookieOptions How(HttpContext http, DateTimeOffset expires) => new()
    {
        HttpOnly = true,
        Secure = !IsPlain(http),
        Path = "/",
        Expires = expires,
        IsEssential = true,
        // An allowed app on another site is called by pages of that site; only None lets its cookie come back.
        SameSite = !IsPlain(http) && Caller.Of(http).Origin is not null && http.Request.Headers["Sec-Fetch-Site"] == "cross-site" ? SameSiteMode.None : SameSiteMode.Lax,
    };

    private static bool IsPlain(HttpContext http) => !http.Request.IsHttps && http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment();
}
