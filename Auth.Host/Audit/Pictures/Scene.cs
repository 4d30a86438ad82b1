using System.Text.RegularExpressions;
using Auth.Host.Audit.Telling;
using Auth.Projections;

namespace Auth.Host.Audit.Pictures;

/// <summary>One fact, as it is drawn.</summary>
/// <param name="Gap">How long after the fact before; null for the first.</param>
/// <param name="Name">The fact in a few words, in lines.</param>
/// <param name="More">What else is to be said of it, in lines.</param>
/// <param name="Told">The fact in a sentence.</param>
internal sealed partial record Row(Step Step, TimeSpan? Gap, IReadOnlyList<Arrow> Arrows, IReadOnlyList<string> Name, IReadOnlyList<string> More, string Told)
{
    private const int Columns = 42, SmallColumns = 52;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    /// <summary>The same commit, or as good as that.</summary>
    internal bool AtOnce => Gap is { } gap && Math.Abs(gap.TotalMilliseconds) < 1;

    /// <summary>The gap before it is too long to be drawn.</summary>
    internal bool Broken => Gap > Long;

    /// <summary>The day is another one than before.</summary>
    internal bool NextDay => Gap is { } gap && Look.In(Step.Event.Timestamp).Date != Look.In(Step.Event.Timestamp - gap).Date;

    internal static Row Of(Step step, Step? before, OneSignIn one)
    {
        var words = Svg.Safe(step.Happened);
        var (name, rest) = Joint().Split(words, 2) is [var first, var more] ? (first, more) : (words, "");
        return new(step, before is null ? null : step.Event.Timestamp - before.Event.Timestamp, Arrow.Of(step.Event, one.History), [.. Wrapping.Lines(name, Columns)],
            [.. Wrapping.Lines(rest, SmallColumns), .. Wrapping.Lines(step.Why is { } why ? $"because {Svg.Safe(why.In(one.History.Id))}" : "", SmallColumns)],
            $"{Look.Time(step.Event.Timestamp)[..8]}: {Sentences.Of(step.Event, one.Words)}{(Sentences.Because(step, one.History.Id) is { } because ? $" {because}" : "")}");
    }

    // The name of a fact ends where its words begin to say more of it.
    [GeneratedRegex(": |, | (?=into )")]
    private static partial Regex Joint();
}

/// <summary>A sign-in before it is drawn: who takes part, what happened, and how that is told. Nothing in it depends on when somebody looks.</summary>
internal sealed record Scene(IReadOnlyList<Lane> Lanes, IReadOnlyList<Row> Rows, string Outcome)
{
    internal static Scene Of(OneSignIn one)
    {
        var steps = Replay.Of(one.History, one.History.SignIn.Max(e => e.Timestamp), one.Words).Steps;
        Row[] rows = [.. steps.Select((step, i) => Row.Of(step, i == 0 ? null : steps[i - 1], one))];
        var lanes = rows.SelectMany(row => row.Arrows).SelectMany(arrow => new[] { arrow.From, arrow.To }).Concat([Lane.Person, Lane.Service]).Distinct().Order();
        return new([.. lanes], rows, HowItCameOut(one.Summary, steps[^1].Stage));
    }

    /// <summary>How its story begins.</summary>
    internal static string Opening(string outcome) => $"The sign-in {outcome}.";

    private static string HowItCameOut(SignInHistory line, string stage) => line.FinishedAt is { } end
        ? $"{AuditJson.Snake($"{line.Outcome}")} {Look.Gap(end - line.StartedAt) switch { "" => "at once", var gap => $"after {gap[1..]}" }}"
        : $"has not ended: {stage}";
}
