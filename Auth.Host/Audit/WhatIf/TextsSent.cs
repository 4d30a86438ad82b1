using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Projections;

namespace Auth.Host.Audit.WhatIf;

/// <summary>Which messages left for whom, counted again from events: what the limits on texts look at (R56, R57).</summary>
/// <param name="home">The operator's own country.</param>
internal sealed class TextsSent(string? home)
{
    private readonly Dictionary<Guid, List<DateTimeOffset>> _toPlace = [], _toUser = [];
    private readonly Dictionary<(string Day, string Country), int> _days = [];

    private static readonly int Most = (int)Bounds.All.Where(bound => bound.Field is "dials.sends_per_number_and_day" or "dials.sends_per_user_and_hour").Max(bound => bound.Most);

    /// <summary>As a step for that authenticator sees it.</summary>
    /// <param name="user">Whose own limit counts too; null for a first factor.</param>
    internal Sendings Before(Authenticator on, Guid? user, DateTimeOffset at, TextHints hints) =>
        new(_toPlace.GetValueOrDefault(on.Id ?? Guid.Empty) ?? [], user is { } id ? _toUser.GetValueOrDefault(id) ?? [] : [], hints.BlockedUntil)
        {
            Traffic = on.Strategy.Traits().By is not Channel.Text || (hints.Country is null && !hints.NoCountry) ? null
                : new(hints.Country, home, Of(at, ""), hints.Country is { } country ? Of(at, country) : 0, hints.PrefixFull),
        };

    internal void Left(Authenticator on, Guid? user, string? country, DateTimeOffset at)
    {
        if (on.Id is not { } place) return;
        Add(_toPlace, place, at);
        if (user is { } id) Add(_toUser, id, at);
        if (on.Strategy.Traits().By is Channel.Text) Count(country, at);
    }

    /// <summary>A text that left for something else than a sign-in counts against the same day.</summary>
    internal void Count(string? country, DateTimeOffset at)
    {
        foreach (var place in new[] { "", country }.OfType<string>().Distinct()) _days[(MfaAdoption.DayOf(at), place)] = Of(at, place) + 1;
    }

    private int Of(DateTimeOffset at, string place) => _days.GetValueOrDefault((MfaAdoption.DayOf(at), place));

    private static void Add(Dictionary<Guid, List<DateTimeOffset>> sent, Guid to, DateTimeOffset at)
    {
        var list = sent.TryGetValue(to, out var known) ? known : sent[to] = [];
        list.Add(at);
        if (list.Count > Most) list.RemoveAt(0);
    }
}

/// <summary>What only the record knows of a text: where it would have gone, and limits that nobody counts in events.</summary>
/// <param name="NoCountry">It was refused because its number is of no country.</param>
/// <param name="BlockedUntil">The caller's address block had caused as many as it may.</param>
internal sealed record TextHints(string? Country, bool NoCountry, bool PrefixFull, DateTimeOffset? BlockedUntil);
