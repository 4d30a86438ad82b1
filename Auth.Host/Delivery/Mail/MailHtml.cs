using System.Net;

namespace Auth.Host.Delivery.Mail;

/// <summary>The same lines as HTML: nothing is loaded, nothing leads anywhere.</summary>
internal static class MailHtml
{
    public static string Of(IReadOnlyList<string> lines) => $"""
        <!doctype html>
        <html lang="en">
        <body style="margin:0;padding:24px;font:16px/1.5 sans-serif;color:#16181d;background:#ffffff">
        <p style="font-size:20px;font-weight:bold">{WebUtility.HtmlEncode(lines[0])}</p>
        {string.Join('\n', lines.Skip(1).Select(line => $"<p>{WebUtility.HtmlEncode(line)}</p>"))}
        </body>
        </html>

        """;
}
