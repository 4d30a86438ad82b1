using System.Xml.Linq;
using Auth.Host.Audit.Telling;
using static Auth.Host.Audit.Pictures.Svg;

namespace Auth.Host.Audit.Pictures;

/// <summary>Marks and arrows: each has a shape of its own, and then a colour.</summary>
internal static class Signs
{
    private const double Radius = 7;

    /// <summary>How a fact came out.</summary>
    internal static XElement[] Of(Mark mark, double x, double y) => mark switch
    {
        Mark.Right   => [Circle(x, y, Radius, Ink.Right), Stroke(Tick(x, y), Ink.Paper, 2)],
        Mark.Spared  => [Circle(x, y, Radius, Ink.Paper, Ink.Right, "3 2"), Stroke(Tick(x, y), Ink.Right, 2)],
        Mark.Wrong   => [Circle(x, y, Radius, Ink.Paper, Ink.Wrong), Stroke(Cross(x, y, 3), Ink.Wrong, 2)],
        Mark.Refused => [Box(x - 6.5, y - 6.5, 13, 13, Ink.Refused), Stroke($"M{N(x - 3.5)} {N(y)}h7", Ink.Paper, 2.4)],
        Mark.Ended   => [Circle(x, y, Radius, Ink.Paper, Ink.Refused), Circle(x, y, 3, Ink.Refused)],
        _            => [Circle(x, y, 4, Ink.Plain)],
    };

    /// <summary>Something that goes from one lane to another.</summary>
    internal static XElement[] Of(Way way, double from, double to, double y) => way switch
    {
        Way.Asked    => [Line(from, to - Ahead(from, to, 6), y, Ink.Asked, 1.8), Shape($"M{N(to)} {N(y)}{Wings(from, to, 9, 4.5)}z", Ink.Asked)],
        Way.Answered => [Line(from, to, y, Ink.Plain, 1.5), Stroke(Open(from, to, y), Ink.Plain)],
        Way.Sent     => [Line(from, to - Ahead(from, to, 8), y, Ink.Sent, 3.6), Shape($"M{N(to)} {N(y)}{Wings(from, to, 12, 6)}z", Ink.Sent)],
        Way.Lost     => [Line(from, from + ((to - from) * 0.55), y, Ink.Sent, 3.6), Stroke(Cross(from + ((to - from) * 0.55) + Ahead(from, to, 8), y, 5), Ink.Wrong, 2.4)],
        _            => [Line(from, to, y, Ink.Plain, 1.5, "5 4"), Stroke(Open(from, to, y), Ink.Plain)],
    };

    /// <summary>What it means.</summary>
    internal static string Words(this Way way) => way switch
    {
        Way.Asked    => "asked",
        Way.Answered => "answered",
        Way.Sent     => "message",
        Way.Lost     => "message lost",
        _            => "report of it",
    };

    /// <summary>Who it is.</summary>
    internal static string Words(this Lane lane) => lane switch { Lane.Person => "person", Lane.Service => "Auth", Lane.Phone => "phone", Lane.MailProvider => "mail provider", Lane.Mailbox => "mailbox", _ => $"{lane}" };

    private static XElement Line(double from, double to, double y, Ink ink, double width, string? dashes = null) => Stroke($"M{N(from)} {N(y)}H{N(to)}", ink, width, dashes);

    private static double Ahead(double from, double to, double by) => to > from ? by : -by;

    private static string Wings(double from, double to, double length, double half) => $"l{N(-Ahead(from, to, length))} {N(-half)}v{N(half * 2)}";

    private static string Open(double from, double to, double y) => $"M{N(to - Ahead(from, to, 8))} {N(y - 4.5)}L{N(to)} {N(y)}l{N(-Ahead(from, to, 8))} 4.5";

    private static string Tick(double x, double y) => $"M{N(x - 3.4)} {N(y)}l2.4 2.8l4.4 -5.2";

    private static string Cross(double x, double y, double half) => $"M{N(x - half)} {N(y - half)}l{N(half * 2)} {N(half * 2)}m0 {N(-half * 2)}l{N(-half * 2)} {N(half * 2)}";
}
