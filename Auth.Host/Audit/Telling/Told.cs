using Auth.Host.Audit.Streams;
using Auth.Host.Audit.Verbs;
using Auth.Host.Http;
using JasperFx.Events;
using Spectre.Console;

namespace Auth.Host.Audit.Telling;

/// <summary>Any stream that can be replayed, opened for one reader. The command and the audit API both read it here.</summary>
/// <param name="Name">Its id as it is written outside.</param>
/// <param name="Fold">Folds those of its events again, as of an instant.</param>
/// <param name="Head">What it is, in a line or two.</param>
/// <param name="Sentence">A fact for somebody who knows nothing of the rules.</param>
public sealed record Told(
    string Name, Guid Id, string? User, IReadOnlyList<IEvent> Events, DateTimeOffset Now, Personal Personal,
    Func<IReadOnlyList<IEvent>, DateTimeOffset, Replay> Fold, Action<IAnsiConsole, string> Head, Func<IEvent, string> Sentence)
{
    /// <summary>A sign-in.</summary>
    internal static Told Of(OneSignIn one) => new(
        $"{new SignInId(one.History.Id)}", one.History.Id, one.Summary.User is { } user ? $"{new UserId(user)}" : null, one.History.SignIn, one.Now, one.Personal,
        (events, at) => Telling.Replay.Of(one.History with { SignIn = events }, at, one.Words),
        (canvas, outcome) => ShowVerb.Head(canvas, one, outcome), e => Sentences.Of(e, one.Words));

    /// <summary>Any other stream.</summary>
    internal static Told Of(StreamHistory history, DateTimeOffset now, Personal personal) => new(
        history.Name, history.Id, history.Kind.Name is "user" ? history.Name : null, history.Events, now, personal,
        (events, at) => (history with { Events = events }).Replay(at, personal),
        (canvas, outcome) =>
        {
            canvas.MarkupLine($"[bold]{history.Name.EscapeMarkup()}[/]  [grey]{history.Kind.Name.Replace('_', ' ')}, {history.Events.Count} event{(history.Events.Count == 1 ? "" : "s")} since {Look.Instant(history.Events[0].Timestamp)}[/]");
            canvas.MarkupLine(outcome);
            canvas.WriteLine();
        },
        e => $"{Phrases.Of(e, personal)}.");

    /// <summary>As it stood at an instant, or after so many of its events; now where neither is given. Null where it had not begun, or has not so many.</summary>
    public Replay? Replay(DateTimeOffset? at, int? version)
    {
        if (version > Events.Count || at < Events[0].Timestamp) return null;
        var events = version is { } n ? [.. Events.Take(n)] : Events;
        return Fold(events, at ?? (version is null ? Now : events[^1].Timestamp));
    }

    /// <summary>Why there is no such replay.</summary>
    internal string NoReplay(int? version) => version is not null ? $"It has only {Events.Count} events." : $"It had not begun then: it began {Look.Instant(Events[0].Timestamp)}.";
}
