using Auth.Domain;

namespace Auth.Host.Keys;

/// <summary>Every key of the service but the root key, which wraps them all in the database (R85).</summary>
public interface IKeyring
{
    /// <summary>The keys of one instance; made on first use, once over all hosts, then kept in memory.</summary>
    ValueTask<InstanceKeys> Of(string tenant, CancellationToken ct = default);

    /// <summary>The same keys, surely with the one named: a key that is not known here is looked for in the database once.</summary>
    ValueTask<InstanceKeys> Of(string tenant, Guid named, CancellationToken ct = default);

    /// <summary>Makes the next key of that purpose; what was made with older ones stays readable by their id.</summary>
    Task Rotate(string tenant, KeyPurpose purpose, CancellationToken ct = default);

    /// <summary>Emergency, for <see cref="KeyPurpose.Signing"/> and <see cref="KeyPurpose.Code"/>: old keys are destroyed at once.</summary>
    Task Revoke(string tenant, KeyPurpose purpose, CancellationToken ct = default);

    /// <summary>A new random key for a person, and the document to store in the transaction that creates the person.</summary>
    (Key Key, PersonalKey Document) NewPersonKey(Guid user);

    /// <summary>The key inside a stored document.</summary>
    Key Unwrap(PersonalKey document);

    /// <summary>The key under which identifiers of strangers are sealed on that day (UTC); made on first use, destroyed after 30 days.</summary>
    ValueTask<Key> OfStrangers(string tenant, DateOnly day, CancellationToken ct = default);

    /// <summary>Destroys the strangers' keys of earlier days in every instance; what was sealed under them reads <c>[erased]</c> for ever.</summary>
    Task DestroyStrangerKeysBefore(DateOnly day, CancellationToken ct = default);
}

/// <summary>Stored beside a person (id = user id) or a day of strangers (random id): their own key, wrapped by the root key. Deleting it erases them.</summary>
public sealed record PersonalKey(Guid Id, string Wrapped, DateOnly? Day = null)
{
    /// <summary>Shows no wrapped key.</summary>
    public override string ToString() => $"PersonalKey({Id})";
}

/// <summary>What an instance signs, derives and looks up with.</summary>
/// <param name="Index">Finds identifiers without reading them: HMAC key of <c>Identifier</c>, <c>Guesses</c> and <c>Sends</c> ids.</param>
/// <param name="Code">Derives one-time codes now; older ones in <paramref name="Codes"/> by id.</param>
/// <param name="Pepper">Applied to password hashes now; older ones in <paramref name="Peppers"/> by id.</param>
/// <param name="Inbox">Seals the fake provider's texts.</param>
/// <param name="Addresses">Counts addresses without keeping them.</param>
public sealed record InstanceKeys(
    string Tenant, Key Index, Key Code, IReadOnlyDictionary<Guid, Key> Codes, Key Pepper, IReadOnlyDictionary<Guid, Key> Peppers,
    Key Inbox, Key Addresses);
