using Auth.Domain;
using Auth.Host.Keys;

namespace Auth.Host.Audit;

/// <summary>Opens what is sealed with the keys that are left, and masks what it opened.</summary>
/// <param name="keys">By id; null for one that is there but cannot be unwrapped here.</param>
public sealed class Personal(IReadOnlyDictionary<Guid, Key?> keys)
{
    /// <summary>The value, masked, or why it cannot be read.</summary>
    public string Show(Sealed? value) =>
        value is null ? Masked.Unnamed
        : !keys.TryGetValue(value.Key, out var key) ? Masked.Erased
        : key?.Open(value) is { } plain ? Masked.Of(plain)
        : Masked.Closed;
}
