using System.Collections.Frozen;

namespace Auth.Host.Keys;

/// <summary>All keys of an instance at one moment.</summary>
public sealed class OpenKeys(string tenant, IReadOnlyList<OpenKey> all)
{
    /// <summary>Every one, retired ones too.</summary>
    public IReadOnlyList<OpenKey> All { get; } = all;

    /// <summary>What an instance signs, derives and looks up with.</summary>
    public InstanceKeys Instance { get; } = new(
        tenant,
        Latest(all, KeyPurpose.Index),
        Latest(all, KeyPurpose.Code), ById(all, KeyPurpose.Code),
        Latest(all, KeyPurpose.Pepper), ById(all, KeyPurpose.Pepper),
        Latest(all, KeyPurpose.Inbox),
        Latest(all, KeyPurpose.Addresses));

    /// <summary>Whether one of them has that id.</summary>
    public bool Hold(Guid id) => All.Any(key => key.Id == id);

    private static Key Latest(IReadOnlyList<OpenKey> all, KeyPurpose purpose) => all.Where(k => k.Purpose == purpose).MaxBy(k => k.Generation)!.Key;

    private static FrozenDictionary<Guid, Key> ById(IReadOnlyList<OpenKey> all, KeyPurpose purpose) =>
        all.Where(k => k.Purpose == purpose).ToFrozenDictionary(k => k.Id, k => k.Key);
}
