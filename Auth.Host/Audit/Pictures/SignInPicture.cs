using System.Globalization;
using System.Xml.Linq;
using Auth.Host.Audit.Telling;
using Auth.Host.Audit.Verbs;
using Auth.Host.Http;
using static Auth.Host.Audit.Pictures.Svg;

namespace Auth.Host.Audit.Pictures;

/// <summary>One sign-in as lanes on a time axis: what the person asked, what Auth told, what left for the phone and what was heard of it. The same for the same events, whoever asks and when.</summary>
internal sealed class SignInPicture
{
    private const double Margin = 16, AxisX = 116, FirstLane = 176, LaneStep = 104, HeadWidth = 96, HeadHeight = 24, Numbers = 26, WordsWidth = 330, LineHeight = 15, StepHeight = 6, BreakHeight = 54, Part = 600;

    private readonly Scene _scene;
    private readonly OneSignIn _one;
    private readonly double _words, _width;
    private readonly List<Block> _blocks = [];
    private readonly List<(double From, double To)> _breaks = [];
    private double _y = Margin;

    private SignInPicture(OneSignIn one, bool headed)
    {
        (_one, _scene) = (one, Scene.Of(one));
        _words = X(_scene.Lanes[^1]) + (HeadWidth / 2) + Numbers;
        _width = _words + WordsWidth + Margin;

        Add(Scene.Opening(_scene.Outcome), [.. headed ? Head() : [], .. Heads()]);
        foreach (var row in _scene.Rows) Add(row.Told, [Drawn(row)]);
        Add("", [.. Heads(), .. Legend()]);
    }

    /// <summary>Something that is not cut in two when the picture is.</summary>
    private sealed record Block(double Top, double Bottom, IReadOnlyList<XElement> Shapes, string Told);

    /// <summary>As a file.</summary>
    internal static string Written(OneSignIn one) => Svg.Written(new SignInPicture(one, headed: true).Of("sign-in", "", (_, _) => false)[0]);

    /// <summary>In parts of half a sheet, which stand under each other: a printer puts no event on two sheets.</summary>
    internal static IReadOnlyList<XElement> Parts(OneSignIn one) => new SignInPicture(one, headed: false).Of("part", ", part ", (top, bottom) => bottom - top > Part);

    private XElement[] Of(string id, string named, Func<double, double, bool> cut)
    {
        List<List<Block>> parts = [[]];
        foreach (var block in _blocks)
            if (parts[^1] is [var first, ..] && cut(first.Top, block.Bottom)) parts.Add([block]);
            else parts[^1].Add(block);
        return [.. parts.Select((part, i) => Of(part, parts.Count > 1 ? (FormattableString.Invariant($"{id}-{i + 1}"), FormattableString.Invariant($"{named}{i + 1}")) : (id, "")))];
    }

    private XElement Of(List<Block> part, (string Id, string Named) as_) => Picture(
        as_.Id, part[0].Top, _width, part[^1].Bottom - part[0].Top, $"Sign-in {new SignInId(_one.History.Id)} {_scene.Outcome}{as_.Named}", string.Join(' ', part.Select(block => block.Told)).Trim(),
        [.. Lines(), .. part.SelectMany(block => block.Shapes)]);

    private void Add(string told, IReadOnlyList<XElement> shapes) => _blocks.Add(new(_blocks is [.., var before] ? before.Bottom : 0, _y, shapes, told));

    private List<XElement> Head()
    {
        var columns = (int)((_width - (2 * Margin)) / 7.6);
        List<XElement> drawn = [Text(Margin, _y += 14, $"Sign-in {new SignInId(_one.History.Id)}", Ink.Plain, 16, bold: true)];
        _y += 6;
        foreach (var line in new[] { $"{_one.Words.Identifier}, {_one.Who}", ShowVerb.Began(_one), $"It {_scene.Outcome}." }.SelectMany(line => Wrapping.Lines(Safe(line), columns)))
            drawn.Add(Text(Margin, _y += 17, line, Ink.Plain));
        _y += 16;
        return drawn;
    }

    private XElement[] Heads()
    {
        _y += HeadHeight + 14;
        var top = _y - HeadHeight - (_blocks.Count == 0 ? 14 : 0);
        return
        [
            Text(AxisX - 12, top + 16, Look.Zone.Value is null ? "UTC" : Look.In(_scene.Rows[0].Step.Event.Timestamp).ToString("zzz", CultureInfo.InvariantCulture), Ink.Faint, anchor: "end"),
            .. _scene.Lanes.SelectMany(lane => new[] { Box(X(lane) - (HeadWidth / 2), top, HeadWidth, HeadHeight, Ink.Band, Ink.Rule, 5), Text(X(lane), top + 16, lane.Words(), Ink.Plain, anchor: "middle", bold: true) }),
        ];
    }

    private XElement Drawn(Row row)
    {
        List<XElement> shapes = [.. row.Broken ? Break(row) : []];
        _y += row.Broken ? 0 : StepHeight * Look.Steps(row.Gap ?? TimeSpan.Zero);
        var (y, height, e) = (_y + 14, Math.Max(28, ((row.Name.Count + row.More.Count) * LineHeight) + 11), row.Step.Event);

        shapes.Add(Box(AxisX + 10, _y + 1, _width - AxisX - 10 - Margin, height - 2, Ink.Band, round: 4));
        shapes.AddRange(_scene.Lanes.Select(lane => Stroke($"M{N(X(lane))} {N(_y + 1)}v{N(height - 2)}", Ink.Rule)));
        shapes.AddRange(Clock(row, y));
        shapes.AddRange(row.Arrows.SelectMany(arrow => Signs.Of(arrow.Way, X(arrow.From) + Beside(arrow.From, arrow.To, row), X(arrow.To) + Beside(arrow.To, arrow.From, row), y)));
        shapes.AddRange(Signs.Of(Marks.Of(e.Data), X(Lane.Service), y));
        shapes.Add(Text(_words - 7, y + 4, $"{e.Version}", Ink.Faint, 11, "end"));
        shapes.AddRange(row.Name.Select((line, i) => Text(_words, y + 4 + (i * LineHeight), line, Ink.Plain, bold: true)));
        shapes.AddRange(row.More.Select((line, i) => Text(_words, y + 4 + ((row.Name.Count + i) * LineHeight), line, Ink.Plain, 11)));
        _y += height;
        return Group([("data-event", $"{e.Version}"), ("data-type", e.EventTypeName)], shapes);
    }

    private static IEnumerable<XElement> Clock(Row row, double y)
    {
        yield return Circle(AxisX, y, 3, Ink.Plain);
        yield return row.AtOnce ? Text(AxisX - 12, y + 4, "at once", Ink.Faint, 11, "end") : Text(AxisX - 12, y + 4, Look.Time(row.Step.Event.Timestamp), Ink.Plain, anchor: "end");
        if (row.NextDay) yield return Text(AxisX - 12, y - 11, Look.Instant(row.Step.Event.Timestamp)[..10], Ink.Plain, 10, "end");
        else if (row is { Broken: false, AtOnce: false, Gap: { Ticks: > 0 } gap }) yield return Text(AxisX - 12, y - 11 - (StepHeight * Look.Steps(gap) / 2), Look.Gap(gap), Ink.Faint, 10, "end");
    }

    private IEnumerable<XElement> Break(Row row)
    {
        var (from, to, middle, gap) = (_y + 6, _y + BreakHeight - 6, _y + (BreakHeight / 2) + 4, Look.Gap(row.Gap!.Value));
        _breaks.Add((from, to));
        _y += BreakHeight;
        return
        [
            Text(AxisX - 12, middle, gap, Ink.Plain, 11, "end", bold: true), Text((X(_scene.Lanes[0]) + X(_scene.Lanes[^1])) / 2, middle, $"nothing for {gap[1..]}", Ink.Faint, 11, "middle"),
            .. _scene.Lanes.Select(X).Append(AxisX).SelectMany(x => new[] { from, to }.Select(y => Stroke($"M{N(x - 6)} {N(y + 3)}l12 -6", Ink.Rule, 2))),
        ];
    }

    // From the heads above to the heads below, and not where nothing is drawn for long.
    private IEnumerable<XElement> Lines()
    {
        var starts = _breaks.Select(gap => gap.To).Prepend(_blocks[0].Bottom - 14);
        var ends = _breaks.Select(gap => gap.From).Append(_blocks[^2].Bottom + 14);
        return starts.Zip(ends).SelectMany(piece => _scene.Lanes.Select(X).Append(AxisX).Select(x => Stroke($"M{N(x)} {N(piece.First)}V{N(piece.Second)}", Ink.Rule)));
    }

    private List<XElement> Legend()
    {
        var ways = _scene.Rows.SelectMany(row => row.Arrows).Select(arrow => arrow.Way).Distinct().Order().Select(way => (way.Words(), (Func<double, XElement[]>)(x => Signs.Of(way, x, x + 30, _y))));
        var marks = _scene.Rows.Select(row => Marks.Of(row.Step.Event.Data)).Distinct().Order().Select(mark => (mark.Words(), (Func<double, XElement[]>)(x => Signs.Of(mark, x + 23, _y))));
        var (drawn, at) = (new List<XElement>(), Margin);
        _y += 26;
        foreach (var (words, draw) in ways.Concat(marks))
        {
            var width = 52 + (Wrapping.Columns(words) * 7.2);
            if (at + width > _width - Margin) (at, _y) = (Margin, _y + 22);
            drawn.AddRange([.. draw(at), Text(at + 38, _y + 4, words, Ink.Plain, 11)]);
            at += width;
        }

        _y += 18;
        return drawn;
    }

    private double X(Lane lane) => FirstLane + (_scene.Lanes.ToList().IndexOf(lane) * LaneStep);

    // An arrow ends at the rim of the mark that Auth has on this row, and at a lane's line elsewhere.
    private static double Beside(Lane lane, Lane other, Row row) => (lane is Lane.Service ? Marks.Of(row.Step.Event.Data) is Mark.Told ? 5 : 9 : 1) * (other > lane ? 1 : -1);
}
