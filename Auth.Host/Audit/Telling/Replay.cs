using System.Collections.Immutable;
using System.Globalization;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Projections;
using JasperFx.Events;

namespace Auth.Host.Audit.Telling;

/// <summary>One event and what it made of its stream.</summary>
/// <param name="Happened">The fact in words.</param>
/// <param name="Stage">Where the stream stands after it.</param>
/// <param name="Changed">What it changed in the stream's state.</param>
/// <param name="Why">Why a refusal was refused, or an end came; null for other facts.</param>
public sealed record Step(IEvent Event, string Happened, string Stage, ImmutableList<Change> Changed, Reason? Why);

/// <summary>One thing that is otherwise than before.</summary>
public sealed record Change(string What, string From, string To)
{
    /// <inheritdoc />
    public override string ToString() => From.Length == 0 ? $"{What} {To}" : $"{What} {From} → {To}";
}

/// <summary>A replay up to some event or instant.</summary>
/// <param name="Stage">Where it stands at that instant, whether or not that was told.</param>
public sealed record Replay(ImmutableList<Step> Steps, DateTimeOffset At, string Stage)
{
    /// <summary>Folds the history again, with the domain's own fold, one event at a time.</summary>
    public static Replay Of(History history, DateTimeOffset at, Words words)
    {
        var reasons = new Reasons(history, words);
        var (state, steps) = (SignIn.Initial, ImmutableList.CreateBuilder<Step>());
        foreach (var e in history.SignIn.Where(e => e.Timestamp <= at))
        {
            var after = SignIn.Evolve(state, (SignInEvent)e.Data);
            steps.Add(new(e, words.Of(e), after.Words(), [.. Changes.Between(state, after, history.DialsOf(e))], reasons.For(e)));
            state = after;
        }

        return new(steps.ToImmutable(), at, state.WordsAt(at, history.UserAt(at), history.DialsOf(steps[^1].Event)));
    }
}

/// <summary>Everything a replay is made from, as read at one moment.</summary>
/// <param name="SignIn">The sign-in's own events.</param>
/// <param name="User">The person's account; empty for a stranger.</param>
/// <param name="Others">The person's other sign-ins, where something was refused because of them.</param>
/// <param name="UpTo">The last event in the store at that moment.</param>
public sealed record History(Guid Id, IReadOnlyList<IEvent> SignIn, IReadOnlyList<IEvent> User, IReadOnlyList<IEvent> Others, long UpTo)
{
    /// <summary>The operator's settings as they were.</summary>
    public SettingsThen Settings { get; init; } = SettingsThen.Shipped;

    /// <summary>The numbers that an event was decided under.</summary>
    public Dials DialsOf(IEvent e) => SettingsOf(e).Dials;

    /// <summary>The settings that an event was decided under.</summary>
    public Settings SettingsOf(IEvent e) => Settings.Of(e);

    /// <summary>Who typed what, where.</summary>
    public Identified Identity => (Identified)SignIn[0].Data;

    /// <summary>The person as of an instant.</summary>
    public User? UserAt(DateTimeOffset at) => User.Where(e => e.Timestamp <= at)
        .Aggregate((User?)null, (user, e) => Domain.Users.User.Evolve(user ?? Domain.Users.User.Initial, (UserEvent)e.Data, e.Timestamp));
}
