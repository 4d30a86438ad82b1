using System.Net;
using System.Text.RegularExpressions;
using Auth.Domain.Audits;
using Auth.Domain.SignIns;
using Auth.Projections;

namespace Auth.Host.Audit.Search;

/// <summary>Which events are asked for; what is not said is not asked.</summary>
public sealed partial record EventFilter
{
    /// <summary>Names of events; a star stands for the rest, commas for or. Null: all but what auditors did.</summary>
    public string? Types { get; init; }

    /// <summary>Of this stream.</summary>
    public Guid? Stream { get; init; }

    /// <summary>Of this person: their account, sign-ins, sessions, sign-up, tickets, verifications.</summary>
    public Guid? User { get; init; }

    /// <summary>Done with this key, or by this auditor.</summary>
    public string? Actor { get; init; }

    /// <summary>Of sign-ins and sign-ups on this client.</summary>
    public Guid? Client { get; init; }

    /// <summary>Asked for from this address.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Of streams in which this identifier was given, in its canonical form.</summary>
    public string? Identifier { get; init; }

    /// <summary>Of this trace.</summary>
    public string? Trace { get; init; }

    /// <summary>About this way to prove something.</summary>
    public Strategy? Factor { get; init; }

    /// <summary>That came out like this.</summary>
    public EventOutcome? Outcome { get; init; }

    /// <summary>Then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before then.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What it asks for, as it may be kept.</summary>
    public Sought Sought => new()
    {
        Types = Types,
        Stream = Stream,
        User = User,
        Actor = Actor,
        Client = Client,
        Trace = Trace,
        Factor = Factor,
        Outcome = Outcome,
        Since = Since,
        Until = Until,
        ByAddress = Address is not null,
        ByIdentifier = Identifier is not null,
    };

    /// <summary>The stored names that are asked for; null where all are.</summary>
    public IReadOnlyList<string>? Names
    {
        get
        {
            if (Types == "*" && Outcome is null) return null;
            var named = EventNames.All.Values.Where(name => Types is null ? !name.StartsWith("audit.", StringComparison.Ordinal) : Types.Split(',').Any(type => Matches(type, name)));
            return [.. Outcome is { } outcome ? named.Intersect(Outcomes.Types(outcome)) : named];
        }
    }

    /// <summary>Whether that can be the name of events.</summary>
    public static bool IsType(string text) => text.Length <= 200 && Type().IsMatch(text);

    /// <summary>Whether somebody who does things can be called that.</summary>
    public static bool IsActor(string text) => ActorId().IsMatch(text);

    /// <summary>Whether that can be a trace.</summary>
    public static bool IsTrace(string text) => text.Length <= 64 && TraceId().IsMatch(text);

    private static bool Matches(string type, string name) => type.EndsWith('*') ? name.StartsWith(type[..^1], StringComparison.Ordinal) : name == type;

    [GeneratedRegex(@"^[a-z_.]*\*?(,[a-z_.]*\*?)*$")]
    private static partial Regex Type();

    [GeneratedRegex("^[a-z]{2,10}_[0-9a-f]{8}$")]
    private static partial Regex ActorId();

    [GeneratedRegex("^[0-9A-Za-z:_-]+$")]
    private static partial Regex TraceId();
}
