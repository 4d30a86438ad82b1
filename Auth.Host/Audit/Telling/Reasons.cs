using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Audit.Streams;
using Auth.Host.Http;
using JasperFx.Events;

namespace Auth.Host.Audit.Telling;

/// <summary>Why something was turned away or ended, and the earlier events that led to it.</summary>
public sealed record Reason(string Sentence, IReadOnlyList<IEvent> Because)
{
    /// <summary>The sentence, naming the events: this sign-in's by their place, others with the stream they are in.</summary>
    public string In(Guid signIn) => Because.Count == 0 ? Sentence
        : $"{Sentence}: {string.Join("; ", Because.GroupBy(e => e.StreamId).OrderBy(stream => stream.Key == signIn ? 0 : 1).Select(stream => Named(signIn, [.. stream])))}";

    private static string Named(Guid signIn, IReadOnlyList<IEvent> events) =>
        $"{(events[0].StreamId == signIn ? "" : $"{Stream(events[0])} ")}event{(events.Count > 1 ? "s" : "")} {string.Join(", ", events.Select(e => e.Version))}";

    /// <summary>A stream's id as it is written outside.</summary>
    public static string Stream(IEvent e) => StreamKind.Of(e.EventTypeName).Write(e.StreamId);
}

/// <summary>Looks for reasons in a history: one row per fact that has one.</summary>
public sealed class Reasons(History history, Words words)
{
    /// <summary>The reason of a fact, or null where it needs none.</summary>
    public Reason? For(IEvent e) => e.Data switch
    {
        FirstFactorRefused x  => Refused(e, x.Authenticator, x.Reason, x.Until),
        SecondFactorRefused x => Refused(e, x.Authenticator, x.Reason, x.Until),
        Expired               => OutOfTime(e),
        Superseded x          => new($"the same client began {new SignInId(x.By)}", []),
        Invalidated { Epoch: null } => new("the person was erased", [.. Before(e, history.User).Where(x => x.Data is UserErased)]),
        Invalidated           => new("the person's factors changed after the first one was verified", FactorChanges(e)),
        _                     => null,
    };

    private Reason Refused(IEvent e, Authenticator authenticator, RefusalReason reason, DateTimeOffset? until) => reason switch
    {
        RefusalReason.Closed      => Closed(WrongHere(e, authenticator), history.DialsOf(e)),
        RefusalReason.Waiting     => Waiting(Failures.InARow(history, e, authenticator), authenticator, until, history.DialsOf(e)),
        RefusalReason.Banned      => new("the person was banned", [.. Before(e, history.User).Where(x => x.Data is Banned).TakeLast(1)]),
        RefusalReason.Locked      => new("the person was locked", [.. Before(e, history.User).Where(x => x.Data is Locked).TakeLast(1)]),
        RefusalReason.CodeExpired => RanOut(Before(e, history.SignIn).LastOrDefault(x => x.Message()?.Authenticator == authenticator)),
        RefusalReason.SendLimit   => Sent(e, authenticator),
        RefusalReason.Disabled    => new("it was disabled after too many failures in a row", [.. Before(e, history.User).Where(x => x.Data is AuthenticatorDisabled d && d.Authenticator == authenticator).TakeLast(1)]),
        RefusalReason.Country     => new("the settings do not open the country of the number", []),
        RefusalReason.Budget      => new("all texts of the day had left", []),
        RefusalReason.Prefix      => new("the block of numbers had all texts of the day", []),
        RefusalReason.CountryLimit => new("the country had all texts of the day", []),
        _                         => new(reason.ToString(), []),
    };

    private static Reason Closed(List<IEvent> wrong, Dials dials) => new($"{wrong.Count} of {dials.Tries} wrong guesses", wrong);

    private static Reason RanOut(IEvent? prepared) =>
        prepared?.Message() is { } sent ? new($"its code was good until {Changes.Time(sent.Code.ExpiresAt)}", [prepared]) : new("its code had run out", []);

    // Guesses outside of sign-ins count with them: fewer than make somebody wait means that the others were there (R18).
    private Reason Waiting(List<IEvent> row, Authenticator authenticator, DateTimeOffset? until, Dials dials) =>
        new($"{row.Count} failures in a row on the {words.Name(authenticator)}{(row.Count < dials.WaitFrom ? " and others outside of sign-ins" : "")}, wait until {Changes.Time(until)}", row);

    private List<IEvent> WrongHere(IEvent e, Authenticator authenticator) => [.. Before(e, history.SignIn).Where(x => Failures.Missed(x) == authenticator)];

    private Reason Sent(IEvent e, Authenticator authenticator)
    {
        var dials = history.DialsOf(e);
        var sent = Failures.Before(history, e).Where(x => x.Message() is not null).DistinctBy(x => x.Message()!.Text).ToList();
        var toPlace = sent.FindAll(x => x.Message()!.Authenticator is var to && to.Id == authenticator.Id && to.Strategy.Traits().By == authenticator.Strategy.Traits().By);
        var second = sent.FindAll(x => x.Data is SecondFactorPrepared);
        var (noun, place) = authenticator.Noun() is "mail" ? ("mails", "address") : ("texts", "number");
        return Full(e, toPlace, TimeSpan.FromHours(1), dials.TextsPerNumberAndHour, $"{noun} to this {place} in an hour")
            ?? Full(e, toPlace, TimeSpan.FromDays(1), dials.TextsPerNumberAndDay, $"{noun} to this {place} in a day")
            ?? Full(e, second, TimeSpan.FromHours(1), dials.TextsPerUserAndHour, $"{noun} to this person in an hour")
            ?? new("too many were asked for, outside of sign-ins or from the caller's part of the network", []);
    }

    private static Reason? Full(IEvent e, List<IEvent> texts, TimeSpan window, int most, string what) =>
        texts.FindAll(x => x.Timestamp > e.Timestamp - window) is { } sent && sent.Count >= most ? new($"{sent.Count} of {most} {what}", sent) : null;

    private Reason OutOfTime(IEvent e)
    {
        var (proof, due) = Before(e, history.SignIn).Select(x => (x, Due: DueBy(x.Data))).LastOrDefault(x => x.Due is not null);
        return due < history.Identity.EndsAt
            ? new($"the second factor was due by {Changes.Time(due)}", [proof])
            : new($"its time was over at {Changes.Time(history.Identity.EndsAt)}", [history.SignIn[0]]);
    }

    private static DateTimeOffset? DueBy(object fact) => fact switch
    {
        FirstFactorVerified x when !x.Authenticator.Strategy.Traits().Resets => x.SecondFactorBy,
        PasswordReset x                                                      => x.SecondFactorBy,
        _                                                                    => null,
    };

    // Whatever raised the epoch after the one that the first proof was accepted at, or that the new password made (R63).
    private List<IEvent> FactorChanges(IEvent e)
    {
        var proved = Before(e, history.SignIn).Select(x => x.Data switch { FirstFactorVerified first => first.Epoch, PasswordReset reset => reset.Epoch, _ => (long?)null }).LastOrDefault(epoch => epoch is not null);
        var (changes, user) = (new List<IEvent>(), User.Initial);
        foreach (var x in Before(e, history.User))
        {
            var after = User.Evolve(user, (UserEvent)x.Data, x.Timestamp);
            if (after.Epoch > user.Epoch && user.Epoch >= proved) changes.Add(x);
            user = after;
        }

        return changes;
    }

    private static IEnumerable<IEvent> Before(IEvent e, IEnumerable<IEvent> events) => events.Where(x => x.Sequence < e.Sequence);
}
