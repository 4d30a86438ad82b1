using Microsoft.Extensions.Options;

namespace Auth.Host.Keys;

/// <summary>A stored key does not open. The service stops rather than make new keys, which would lose everything sealed so far.</summary>
public sealed class WrongRootKeyException(string source) : Exception(
    $"A key stored in the database does not open with the root key from {source}: it was wrapped with another root key, or its row was changed. " +
    "Give back the root key this database was first started with (or, in Development, begin with an empty database). No new keys were made.")
{
    /// <summary>Whether that says that the root key is not here: none was given, one that is no key, or another one.</summary>
    internal static bool Means(Exception e) => e is OptionsValidationException or WrongRootKeyException or InvalidDataException;
}
