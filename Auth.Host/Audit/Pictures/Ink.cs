namespace Auth.Host.Audit.Pictures;

/// <summary>A colour by day and by night, on paper of its own at least 4.5 to 1. None says anything that no shape says.</summary>
internal sealed record Ink(string Name, string Day, string Night)
{
    internal static readonly Ink Paper   = new("paper",   "#ffffff", "#0d1117");
    internal static readonly Ink Band    = new("band",    "#f3f5f7", "#171c24");
    internal static readonly Ink Rule    = new("rule",    "#b4bcc4", "#4a525c");
    internal static readonly Ink Plain   = new("plain",   "#1f2328", "#e6edf3");
    internal static readonly Ink Faint   = new("faint",   "#57606a", "#a2abb5");
    internal static readonly Ink Asked   = new("asked",   "#0550ae", "#79c0ff");
    internal static readonly Ink Sent    = new("sent",    "#6639ba", "#d2a8ff");
    internal static readonly Ink Right   = new("right",   "#116329", "#56d364");
    internal static readonly Ink Wrong   = new("wrong",   "#7d4e00", "#e3b341");
    internal static readonly Ink Refused = new("refused", "#a40e26", "#ff938a");

    private static readonly Ink[] All = [Paper, Band, Rule, Plain, Faint, Asked, Sent, Right, Wrong, Refused];

    /// <summary>The only style of a picture: by day the colours are attributes, so that it needs none; paper stays white.</summary>
    internal static string ByNight { get; } = $"@media screen and (prefers-color-scheme: dark) {{ {string.Join(' ', All.Select(ink => $".fill-{ink.Name} {{ fill: {ink.Night} }} .line-{ink.Name} {{ stroke: {ink.Night} }}"))} }}";
}
