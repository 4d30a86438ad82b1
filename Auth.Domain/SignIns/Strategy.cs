namespace Auth.Domain.SignIns;

/// <summary>A way to prove who you are. What it can do stands in <see cref="Strategies"/>.</summary>
public enum Strategy
{
    /// <summary>Something they know.</summary>
    Password,

    /// <summary>Something they have: the phone that gets a texted code.</summary>
    PhoneCode,
}

/// <summary>The kind of proof (guide, NIST SP 800-63B §2): two factors of one sign-in are never of one kind.</summary>
public enum FactorKind { Knowledge, Possession, Inherence }

/// <summary>What a strategy can do, as data: a new strategy is a row here.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Amr">Its name in a token (RFC 8176).</param>
/// <param name="Prepared">Something is sent before it can be attempted.</param>
public sealed record StrategyTraits(string Name, string Amr, FactorKind Kind, bool First, bool Second, bool Prepared);

/// <summary>Every strategy there is.</summary>
public static class Strategies
{
    /// <summary>One row per strategy, in the order they are offered.</summary>
    public static readonly IReadOnlyDictionary<Strategy, StrategyTraits> All = new Dictionary<Strategy, StrategyTraits>
    {
        [Strategy.Password]  = new("password",   "pwd", FactorKind.Knowledge,  First: true,  Second: false, Prepared: false),
        [Strategy.PhoneCode] = new("phone_code", "sms", FactorKind.Possession, First: false, Second: true,  Prepared: true),
    };

    /// <summary>What this strategy can do.</summary>
    public static StrategyTraits Traits(this Strategy strategy) => All[strategy];

    /// <summary>The strategy of that name, or null.</summary>
    public static Strategy? Named(string? name) => All.Where(row => row.Value.Name == name).Select(row => (Strategy?)row.Key).SingleOrDefault();
}

/// <summary>One thing of one person that can be guessed: their password, one of their numbers. Its failures are counted together over all sign-ins (R18).</summary>
/// <param name="Id">The phone number's id; null where a person has just one.</param>
public sealed record Authenticator(Strategy Strategy, Guid? Id = null)
{
    /// <summary>The person's only password.</summary>
    public static Authenticator Password { get; } = new(Strategy.Password);
}
