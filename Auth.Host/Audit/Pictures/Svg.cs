using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Auth.Host.Audit.Telling;

namespace Auth.Host.Audit.Pictures;

/// <summary>The few shapes that pictures are made of. Every text goes through here, so none can be more than text.</summary>
internal static class Svg
{
    private static readonly XNamespace Space = "http://www.w3.org/2000/svg";

    /// <summary>A picture: what it shows, told to whoever cannot see it, and what is drawn.</summary>
    internal static XElement Picture(string id, double top, double width, double height, string title, string story, IEnumerable<XElement> drawn) => Of("svg",
        [
            ("viewBox", $"0 {N(top)} {N(width)} {N(height)}"), ("width", N(width)), ("height", N(height)), ("lang", "en"), ("role", "img"), ("aria-labelledby", $"{id}-title"), ("aria-describedby", $"{id}-story"),
            ("font-family", "system-ui, sans-serif"), ("font-size", "12"),
        ],
        [
            "\n", Of("title", [("id", $"{id}-title")], [Safe(title)]), "\n", Of("desc", [("id", $"{id}-story")], [Safe(story)]), "\n", Of("style", [], [Ink.ByNight]), "\n", Box(0, top, width, height, Ink.Paper),
            .. drawn.SelectMany(shape => new object[] { "\n", shape }), "\n",
        ]);

    internal static XElement Group(IEnumerable<(string, string)> attributes, IEnumerable<XElement> shapes) => Of("g", attributes, shapes);

    internal static XElement Box(double x, double y, double width, double height, Ink fill, Ink? line = null, double round = 0) =>
        Of("rect", [("x", N(x)), ("y", N(y)), ("width", N(width)), ("height", N(height)), .. Inked(fill, line, 1.2), .. round > 0 ? [("rx", N(round))] : Nothing], []);

    internal static XElement Circle(double x, double y, double radius, Ink fill, Ink? line = null, string? dashes = null) =>
        Of("circle", [("cx", N(x)), ("cy", N(y)), ("r", N(radius)), .. Inked(fill, line, 1.8, dashes)], []);

    internal static XElement Stroke(string path, Ink ink, double width = 1.5, string? dashes = null) => Of("path", [("d", path), .. Inked(null, ink, width, dashes)], []);

    internal static XElement Shape(string path, Ink fill) => Of("path", [("d", path), .. Inked(fill)], []);

    internal static XElement Text(double x, double y, string text, Ink ink, double size = 12, string anchor = "start", bool bold = false) => Of("text",
        [("x", N(x)), ("y", N(y)), .. Inked(ink), .. size == 12 ? [] : new[] { ("font-size", N(size)) }, .. anchor == "start" ? [] : new[] { ("text-anchor", anchor) }, .. bold ? [("font-weight", "bold")] : Nothing], [Safe(text)]);

    /// <summary>The same bytes for the same picture, on every machine.</summary>
    internal static string Written(XElement root)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new() { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None })) root.WriteTo(writer);
        return text.Append('\n').ToString();
    }

    /// <summary>A number of pixels.</summary>
    internal static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>What no XML can hold, and what turns the writing round, is told by its number.</summary>
    internal static string Safe(string text) => Personal.Harmless(text);

    /// <summary>A shape, or anything else of this kind.</summary>
    internal static XElement Of(string name, IEnumerable<(string Name, string Value)> attributes, IEnumerable<object> inside) =>
        new(Space + name, attributes.Select(x => new XAttribute(x.Name, x.Value)), inside);

    private static readonly (string, string)[] Nothing = [];

    private static (string, string)[] Inked(Ink? fill, Ink? line = null, double width = 0, string? dashes = null) =>
    [
        ("class", string.Join(' ', new[] { fill is null ? null : $"fill-{fill.Name}", line is null ? null : $"line-{line.Name}" }.OfType<string>())), ("fill", fill?.Day ?? "none"),
        .. line is null ? Nothing : [("stroke", line.Day), ("stroke-width", N(width))], .. dashes is null ? Nothing : [("stroke-dasharray", dashes)],
    ];
}
