using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Auth.Host.Http;

namespace Auth.Host.Audit.Pictures;

/// <summary>A page in one file: no script, nothing is loaded, no style but its own and its pictures'. It prints on A4.</summary>
internal static class Page
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1f2328; --faint: #57606a; --rule: #b4bcc4; --band: #f3f5f7; --paper: #fff }
        body { margin: 1.5rem auto; padding: 0 1rem; max-width: 64rem; font: 0.95rem/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
        h1 { font-size: 1.35rem; overflow-wrap: anywhere } h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem }
        svg { display: block; width: 100%; height: auto } svg.plot { max-width: 45rem }
        .wide { overflow-x: auto } .wide svg, .wide table { min-width: 46rem } .wide svg.plot { min-width: 32rem } .note { color: var(--faint) }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0.5rem 0 } dt { color: var(--faint) } dd { margin: 0; overflow-wrap: anywhere }
        table { border-collapse: collapse; margin: 0.75rem 0; font-size: 0.85rem } caption { text-align: left; font-weight: bold; padding: 0.3rem 0 } caption.unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap }
        th, td { border-bottom: 1px solid var(--rule); padding: 0.3rem 0.75rem 0.3rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere }
        thead th { border-bottom-width: 2px } thead .number { white-space: normal } tbody th { font-weight: normal } .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums } .facts { width: 32% } .stage { width: 16% } .time { white-space: nowrap; font-variant-numeric: tabular-nums }
        code { font: 0.9em ui-monospace, monospace; color: var(--faint); display: block; padding-left: 1em; text-indent: -1em } .why { display: block; font-style: italic }
        @media screen and (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #a2abb5; --rule: #4a525c; --band: #171c24; --paper: #0d1117 } }
        @media print { @page { size: A4; margin: 14mm } body { margin: 0; padding: 0; max-width: none; font-size: 9pt } .wide { overflow: visible } .wide svg, .wide table { min-width: 0 } tr, svg { break-inside: avoid } h2 { break-after: avoid } thead { display: table-header-group } tbody tr:first-child { break-before: avoid } code { font-size: 0.8em } }
        """;

    /// <summary>What a browser may do with it: read it, in the style that it brings.</summary>
    internal static string[] Styles { get; } = [Hash(Style), Hash(Ink.ByNight)];

    /// <summary>The page.</summary>
    internal static string Written(string title, params IEnumerable<XElement> body) => "<!DOCTYPE html>\n" + Svg.Written(new XElement("html", new XAttribute("lang", "en"), "\n",
        new XElement("head", "\n",
            new XElement("meta", new XAttribute("charset", "utf-8")), "\n",
            new XElement("meta", new XAttribute("http-equiv", "Content-Security-Policy"), new XAttribute("content", BrowserRules.Styled("default-src 'none'; base-uri 'none'; form-action 'none'", Styles))), "\n",
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")), "\n",
            Text("title", title), "\n", new XElement("style", Style), "\n"), "\n",
        new XElement("body", "\n", new XElement("main", "\n", Text("h1", title), body.SelectMany(part => new object[] { "\n", part }), "\n"), "\n")));

    /// <summary>Something with a text in it, which is nothing but text.</summary>
    internal static XElement Text(string name, string text, string? kind = null) => new(name, kind is null ? null : new XAttribute("class", kind), Svg.Safe(text));

    /// <summary>Names and what they stand for.</summary>
    internal static XElement Pairs(params (string Name, string Value)[] pairs) => new("dl", pairs.SelectMany(pair => new[] { Text("dt", pair.Name), Text("dd", pair.Value) }));

    /// <summary>A table with a name, heads and rows; a cell is a text or what is made already.</summary>
    /// <param name="headed">A heading above says its name already; then it is there for screen readers only.</param>
    internal static XElement Table(string caption, IReadOnlyList<(string Name, string? Kind)> heads, IEnumerable<object[]> rows, bool headed = false) => new("table", "\n", Text("caption", caption, headed ? "unseen" : null), "\n",
        new XElement("thead", new XElement("tr", heads.Select(head => new XElement("th", new XAttribute("scope", "col"), Kind(head.Kind), Svg.Safe(head.Name))))), "\n",
        new XElement("tbody", rows.SelectMany(row => new object[] { "\n", new XElement("tr", row.Select((cell, i) => Cell(cell, i, heads[i].Kind))) }), "\n"), "\n");

    /// <summary>What may be wider than a phone: it can be moved, by keyboard as well.</summary>
    internal static XElement Wide(string name, params XElement[] inside) =>
        new("div", new XAttribute("class", "wide"), new XAttribute("role", "region"), new XAttribute("tabindex", "0"), new XAttribute("aria-label", name), "\n", inside.SelectMany(part => new object[] { part, "\n" }));

    private static XElement Cell(object cell, int place, string? kind) => place == 0
        ? new("th", new XAttribute("scope", "row"), Kind(kind), Inside(cell))
        : new("td", Kind(kind), Inside(cell));

    private static object Inside(object cell) => cell is string text ? Svg.Safe(text) : cell;

    private static XAttribute? Kind(string? kind) => kind is null ? null : new("class", kind);

    private static string Hash(string style) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
}
