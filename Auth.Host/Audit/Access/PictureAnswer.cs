using Auth.Host.Audit.Pictures;
using Auth.Host.Audit.Telling;
using Auth.Host.Http;

namespace Auth.Host.Audit.Access;

/// <summary>How a sign-in is drawn for somebody who asks over HTTP.</summary>
internal sealed record PictureAnswer(string ContentType, Func<OneSignIn, string> Draw)
{
    private static readonly PictureAnswer Svg = new("image/svg+xml", SignInPicture.Written), Html = new("text/html", SignInPage.Written);

    internal static PictureAnswer? Named(string name) => name switch { "svg" => Svg, "html" => Html, _ => null };

    internal static PictureAnswer Asked(string? format) => AuditQuery.Checked("format", format, Named) ?? Svg;

    /// <summary>Nothing in it runs or loads; the style that it brings may be applied.</summary>
    internal IResult Of(OneSignIn one, HttpContext http)
    {
        BrowserRules.Allow(http, Page.Styles);
        return TypedResults.Text(Draw(one), $"{ContentType}; charset=utf-8");
    }
}
