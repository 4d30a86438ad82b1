using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Recoveries;
using Auth.Host.Sessions;
using Marten;

namespace Auth.Host.Users;

/// <summary>A person whom nobody else changes for the rest of the transaction: read after the lock, so that what is decided holds.</summary>
public static class LockedPerson
{
    /// <summary>The person, their key and the settings; whom there is not is not found.</summary>
    public static async Task<(User User, Key Key, InstanceSettings Settings)> Locked(this IDocumentSession session, Guid id, IKeyring keyring, DateTimeOffset now, CancellationToken ct)
    {
        if (id == Guid.Empty) throw Problems.NotFound.Refuse();   // not an id at all (R09)
        await session.LockPerson(id, ct);
        var batch = session.CreateBatchQuery();
        var (userRow, wrapped, settings) = (batch.Load<User>(id), batch.Load<PersonalKey>(id), batch.Load<InstanceSettings>(InstanceSettings.TheOne));
        await batch.Execute(ct);
        if (await userRow is not { } user || await wrapped is not { } stored) throw Problems.NotFound.Refuse();
        return (user.Settled(now), keyring.Unwrap(stored), await settings ?? InstanceSettings.Shipped);
    }
}
