using Auth.Domain.SignIns;
using Auth.Projections;
using Marten;

namespace Auth.Host.Audit.Search;

/// <summary>Which sign-ins are asked for.</summary>
public sealed record ListFilter
{
    /// <summary>Of this person.</summary>
    public Guid? User { get; init; }

    /// <summary>Begun then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Begun before then.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>That came out like this, as of <see cref="Now"/>.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>In which this proved something.</summary>
    public Strategy? Factor { get; init; }

    /// <summary>One of these: where an address or an identifier was looked for.</summary>
    public IReadOnlyCollection<Guid>? Among { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>Time ends a sign-in whether or not that was told.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Leaves to the database what it can look up.</summary>
    public IQueryable<SignInHistory> Narrow(IQueryable<SignInHistory> rows)
    {
        if (User is { } user) rows = rows.Where(row => row.User == user);
        if (Among is { } among) rows = rows.Where(row => row.Id.IsOneOf(among.ToArray()));
        if (Since is { } since) rows = rows.Where(row => row.StartedAt >= since);
        if (Until is { } until) rows = rows.Where(row => row.StartedAt < until);
        return rows;
    }

    /// <summary>Whether this one is among them.</summary>
    public bool Takes(SignInHistory row) =>
        (User is null || row.User == User) && (Among?.Contains(row.Id) ?? true) && !(row.StartedAt < Since) && !(row.StartedAt >= Until)
        && (Outcome is null || row.OutcomeAt(Now) == Outcome)
        && (Factor is null || row.FirstFactor == Factor || row.SecondFactor == Factor);
}
