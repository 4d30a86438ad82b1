using Auth.Domain;
using Auth.Host.Http;
using Auth.Host.Keys;

namespace Auth.Host.Sessions;

/// <summary>From where a session was used last, with what, and in which country where a trusted proxy says so.</summary>
public sealed record Seen(Sealed? Address, Sealed? Agent, Sealed? Country)
{
    /// <summary>By this caller, sealed under the person's key.</summary>
    public static Seen By(Caller caller, Key key) => new(key.Seal(caller.Address.ToString()), Seal(caller.UserAgent, key), Seal(caller.Country, key));

    private static Sealed? Seal(string? value, Key key) => value is null ? null : key.Seal(value);
}
