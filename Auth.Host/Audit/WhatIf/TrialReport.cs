using Auth.Domain.SignIns;

namespace Auth.Host.Audit.WhatIf;

/// <summary>What came of it.</summary>
public sealed class TrialReport(TrialQuestion question)
{
    private readonly Dictionary<Effect, HashSet<Guid>> _people = [];
    private readonly SortedDictionary<(Effect, string), long> _reasons = [];
    private readonly SortedDictionary<string, TextChange> _texts = new(StringComparer.Ordinal);
    private readonly long[] _effects = new long[Enum.GetValues<Effect>().Length];

    /// <summary>What was asked.</summary>
    public TrialQuestion Question => question;

    /// <summary>The last event that was looked at.</summary>
    public long UpTo { get; private set; }

    /// <summary>Sign-ins that began in the window.</summary>
    public long SignIns => _effects.Sum();

    /// <summary>The first of those that would have come out otherwise, oldest first.</summary>
    public List<Case> Cases { get; } = [];

    /// <summary>Of the one that was asked for, step by step.</summary>
    public List<CaseStep> Steps { get; } = [];

    /// <summary>How many came out so.</summary>
    public long Of(Effect effect) => _effects[(int)effect];

    /// <summary>How many people they are.</summary>
    public int PeopleOf(Effect effect) => _people.GetValueOrDefault(effect)?.Count ?? 0;

    /// <summary>Why, of those that have a reason, the most frequent first.</summary>
    public IEnumerable<(Effect Effect, string Why, long Count)> Reasons => _reasons.OrderByDescending(row => row.Value).Select(row => (row.Key.Item1, row.Key.Item2, row.Value));

    /// <summary>Texts of these sign-ins, by country; an empty one is not known.</summary>
    public IEnumerable<TextChange> Texts => _texts.Values;

    internal void Step(Moment moment, Decision? supposed, string? texted)
    {
        if (texted is not null) _texts[texted] = TextsTo(texted) with { Instead = TextsTo(texted).Instead + 1 };
        if (moment.SignIn == question.Only)
            Steps.Add(new(moment.Step.First.Version, moment.At, AuditJson.Snake(moment.Command.GetType().Name), moment.Step.Facts, supposed?.Events, supposed?.Refusal));
    }

    internal void Texted(string? recorded)
    {
        if (recorded is not null) _texts[recorded] = TextsTo(recorded) with { Recorded = TextsTo(recorded).Recorded + 1 };
    }

    internal void Case(Case ended)
    {
        _effects[(int)ended.Effect]++;
        if (ended.Effect is Effect.Same) return;
        if (ended.User is { } user) (_people.TryGetValue(ended.Effect, out var people) ? people : _people[ended.Effect] = []).Add(user);
        if (ended.Why is { } why) _reasons[(ended.Effect, why)] = _reasons.GetValueOrDefault((ended.Effect, why)) + 1;
        if (Cases.Count < question.MostCases) Cases.Add(ended);
    }

    internal TrialReport Ended(long upTo)
    {
        UpTo = upTo;
        Cases.Sort((one, other) => (one.At, one.SignIn).CompareTo((other.At, other.SignIn)));
        return this;
    }

    private TextChange TextsTo(string country) => _texts.TryGetValue(country, out var row) ? row
        : new(country, 0, 0, question.Prices.TryGetValue(country, out var price) || question.Prices.TryGetValue("", out price) ? price : null);
}

/// <summary>Texts to one country.</summary>
/// <param name="Price">Of one, in whatever money it was given in.</param>
public sealed record TextChange(string Country, long Recorded, long Instead, decimal? Price)
{
    /// <summary>How many more, or less.</summary>
    public long More => Instead - Recorded;

    /// <summary>What that costs more, or less.</summary>
    public decimal? Cost => Price * More;
}
