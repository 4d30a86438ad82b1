using System.Globalization;
using System.Net;
using System.Text;
using Auth.Host.Delivery.FakeMail;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>The inbox as HTML: whole without a script, which only refreshes it.</summary>
internal static class FakeInboxPage
{
    public const string Style = """
        :root { color-scheme: light dark; font: 16px/1.4 system-ui, sans-serif; }
        body { margin: 0; padding: 1.5rem 1rem; display: grid; justify-items: center; gap: 1rem; background: light-dark(#eef0f4, #17181c); color: light-dark(#16181d, #eceef2); }
        .warning { max-width: 24rem; margin: 0; text-align: center; font-weight: 700; color: light-dark(#b00020, #ff8a95); }
        .phone { width: min(23rem, 100%); box-sizing: border-box; padding: .9rem; border-radius: 2.6rem; background: #0b0c0f; box-shadow: 0 1rem 3rem #0005; }
        .screen { height: 40rem; max-height: 75vh; overflow-y: auto; border-radius: 1.8rem; padding: 1rem; box-sizing: border-box; background: light-dark(#fff, #24262c); }
        h1 { font-size: 1rem; text-align: center; margin: 0 0 1rem; }
        ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
        .who, .fate { font-size: .8rem; color: light-dark(#555b66, #a9afba); }
        .who { display: flex; justify-content: space-between; gap: .5rem; }
        .who a { color: inherit; }
        .bubble { margin: .2rem 0; padding: .6rem .8rem; border-radius: 1.1rem 1.1rem 1.1rem .3rem; white-space: pre-wrap; overflow-wrap: anywhere; background: light-dark(#e7e9ee, #3a3d46); }
        .mail .bubble { border-radius: .4rem; border-inline-start: .2rem solid light-dark(#5b6ee1, #93a2ff); }
        .lost .bubble { opacity: .6; }
        .none { text-align: center; color: light-dark(#555b66, #a9afba); }
        """;

    public const string Script = """
        const screen = document.querySelector('.screen');
        const news = new EventSource('inbox/events');
        news.addEventListener('texts', async () => {
          const page = await fetch(location.href, { headers: { accept: 'text/html' } });
          if (!page.ok) return;
          const fresh = new DOMParser().parseFromString(await page.text(), 'text/html').querySelector('.screen');
          if (fresh) screen.replaceChildren(...fresh.childNodes);
        });
        """;

    public static string Of(IReadOnlyList<PhoneText> texts, IReadOnlyList<ReadLetter> letters, DateTimeOffset now) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Texts and mail on this machine</title>
        <base href="/_sinch/">
        <link rel="stylesheet" href="inbox.css">
        <script type="module" src="inbox.js"></script>
        </head>
        <body>
        <p class="warning" role="note">No text leaves this machine. This is a fake provider for development.</p>
        <main class="phone"><div class="screen" tabindex="0" aria-live="polite">
        <h1>Messages <time datetime="{now:O}">{now.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC</time></h1>
        {(texts.Count + letters.Count == 0 ? """<p class="none">Nothing yet. Texts and mail appear here by themselves.</p>""" : List(texts, letters))}
        </div></main>
        </body>
        </html>
        """;

    /// <summary>Both kinds, newest first.</summary>
    private static string List(IReadOnlyList<PhoneText> texts, IReadOnlyList<ReadLetter> letters) =>
        texts.Select(text => (text.At, Html: Line(text))).Concat(letters.Select(letter => (letter.At, Html: Line(letter)))).OrderByDescending(line => line.At)
            .Aggregate(new StringBuilder("<ol>"), (html, line) => html.Append(line.Html)).Append("</ol>").ToString();

    private static string Line(PhoneText text) => $"""
        <li{(Lost(text) ? " class=\"lost\"" : "")}>
        {Head(text.To, text.At)}
        <p class="bubble">{WebUtility.HtmlEncode(text.Body)}</p>
        <div class="fate">{WebUtility.HtmlEncode(Fate(text))}</div>
        </li>
        """;

    private static string Line(ReadLetter letter) => $"""
        <li class="mail">
        {Head(letter.To, letter.At)}
        <p class="bubble"><strong>{WebUtility.HtmlEncode(letter.Subject)}</strong>

        {WebUtility.HtmlEncode(letter.Body)}</p>
        <div class="fate">Mail</div>
        </li>
        """;

    private static string Head(string to, DateTimeOffset at) =>
        $"""<div class="who"><a href="inbox?to={WebUtility.UrlEncode(to)}">{WebUtility.HtmlEncode(to)}</a><time datetime="{at:O}">{at.UtcDateTime.ToString("d MMM HH:mm:ss", CultureInfo.InvariantCulture)}</time></div>""";

    private static bool Lost(PhoneText text) => text.Status.Code is not (0 or 400 or 401);

    private static string Fate(PhoneText text) => Lost(text) ? $"A real phone would not show this: {text.Status.Status} ({text.Status.Code})" : text.Status.Status;
}
