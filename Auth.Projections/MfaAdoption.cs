using System.Collections.Immutable;
using System.Globalization;
using Auth.Domain.SignIns;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;

namespace Auth.Projections;

/// <summary>One day of an instance (UTC): how many signed in, with what, and what became of the messages. For people to look at; no decision reads it.</summary>
/// <param name="Id">The day, as in 2026-11-24.</param>
/// <param name="UpTo">The last event in it, by its number in the whole store.</param>
public sealed record MfaAdoption(string Id, long UpTo)
{
    /// <summary>Sign-ins that began.</summary>
    public int Started { get; init; }

    /// <summary>Sign-ins that became sessions.</summary>
    public int Converted { get; init; }

    /// <summary>Sign-ins that ended otherwise: out of time, replaced, void.</summary>
    public int Failed { get; init; }

    /// <summary>Wrong passwords and codes.</summary>
    public int WrongGuesses { get; init; }

    /// <summary>First factors that were right, by strategy.</summary>
    public ImmutableSortedDictionary<Strategy, int> First { get; init; } = ImmutableSortedDictionary<Strategy, int>.Empty;

    /// <summary>Second factors that were right, by strategy.</summary>
    public ImmutableSortedDictionary<Strategy, int> Second { get; init; } = ImmutableSortedDictionary<Strategy, int>.Empty;

    /// <summary>Messages that a provider took over, texts and mails.</summary>
    public int Sent { get; init; }

    /// <summary>Those that arrived, says the provider.</summary>
    public int Delivered { get; init; }

    /// <summary>Codes from messages that were typed right.</summary>
    public int Typed { get; init; }

    /// <summary>The day of a moment.</summary>
    public static string DayOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The same day with one event more.</summary>
    public static MfaAdoption Fold(MfaAdoption? row, string day, IEvent e) => (row ?? new(day, 0)).After(e.Data) with { UpTo = e.Sequence };

    private MfaAdoption After(object happened) => happened switch
    {
        Identified                                  => this with { Started = Started + 1 },
        Domain.SignIns.Converted                    => this with { Converted = Converted + 1 },
        Expired or Superseded or Invalidated        => this with { Failed = Failed + 1 },
        FirstFactorRejected or SecondFactorRejected => this with { WrongGuesses = WrongGuesses + 1 },
        FirstFactorVerified e                       => Right(e.Authenticator) with { First = Plus(First, e.Authenticator.Strategy) },
        SecondFactorVerified e                      => Right(e.Authenticator) with { Second = Plus(Second, e.Authenticator.Strategy) },
        TextHandedOver                              => this with { Sent = Sent + 1 },
        TextDelivered                               => this with { Delivered = Delivered + 1 },
        _                                           => this,
    };

    private MfaAdoption Right(Authenticator authenticator) => authenticator.Strategy.Traits().Prepared ? this with { Typed = Typed + 1 } : this;

    private static ImmutableSortedDictionary<Strategy, int> Plus(ImmutableSortedDictionary<Strategy, int> counts, Strategy strategy) => counts.SetItem(strategy, counts.GetValueOrDefault(strategy) + 1);
}

/// <summary>Keeps one row per day, each event on the day it happened.</summary>
public sealed class MfaAdoptionProjection : MultiStreamProjection<MfaAdoption, string>
{
    /// <summary>All that happens in sign-ins.</summary>
    public MfaAdoptionProjection()
    {
        Name = nameof(MfaAdoption);
        SignInFold.IncludeAll<SignInEvent>(this);
        CustomGrouping((session, page, grouping) => Group(session, page, grouping.AddEvent));
    }

    /// <inheritdoc />
    public override MfaAdoption? Evolve(MfaAdoption? snapshot, string id, IEvent e) => MfaAdoption.Fold(snapshot, id, e);

    internal static Task Group(IQuerySession session, IReadOnlyList<IEvent> page, Action<string, IEvent> add)
    {
        foreach (var e in page)
            if (e.Data is SignInEvent) add(MfaAdoption.DayOf(e.Timestamp), e);
        return Task.CompletedTask;
    }
}
