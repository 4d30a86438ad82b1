using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Passkeys;
using Auth.Host.Recoveries;
using Auth.Host.Resources;
using Auth.Projections;
using Marten;

namespace Auth.Host.Users;

/// <summary>Which people an operator asks for.</summary>
public sealed record PeopleQuery(IReadOnlyList<string> EmailAddresses, IReadOnlyList<string> PhoneNumbers, IReadOnlyList<string> Users, int Limit, int Offset)
{
    /// <summary>Nothing of it.</summary>
    public override string ToString() => "PeopleQuery(hidden)";
}

/// <summary>Reads people for the Backend API. Search is exact: there is no index over what is sealed.</summary>
public sealed class PeopleReading(IDocumentStore store, IKeyring keyring, TimeProvider clock)
{
    /// <summary>One person, or null.</summary>
    public async Task<UserResource?> One(Guid id, CancellationToken ct)
    {
        await using var session = store.QuerySession(Instances.Tenants.Default);
        return (await Draw(session, [id], ct)).SingleOrDefault();
    }

    /// <summary>How one person stands with 2-step verification, as far as the readings are; null where they do not know them.</summary>
    public async Task<MfaStatusResource?> MfaStatus(Guid id, CancellationToken ct)
    {
        await using var session = store.QuerySession(Instances.Tenants.Default);
        var batch = session.CreateBatchQuery();
        var (user, status, key) = (batch.Load<User>(id), batch.Load<UserMfaStatus>(id), batch.Load<PersonalKey>(id));
        await batch.Execute(ct);
        var now = clock.GetUtcNow();
        return await user is { } row && await key is { } wrapped && await status is { } told ? MfaStatusResource.Of(told, new PersonView(row.Settled(now), keyring.Unwrap(wrapped)), now) : null;
    }

    /// <summary>Several, newest first.</summary>
    public async Task<IReadOnlyList<UserResource>> Many(PeopleQuery asked, CancellationToken ct)
    {
        Paging.Check(asked.Limit, asked.Offset);

        await using var session = store.QuerySession(Instances.Tenants.Default);
        var named = asked.EmailAddresses.Count + asked.PhoneNumbers.Count + asked.Users.Count > 0;
        var query = session.Query<User>().OrderByDescending(user => user.Id).Select(user => user.Id);
        var ids = named ? await Find(session, asked, ct) : await query.Skip(asked.Offset).Take(asked.Limit).ToListAsync(ct);
        return await Draw(session, [.. named ? ids.OrderDescending().Skip(asked.Offset).Take(asked.Limit) : ids], ct);
    }

    /// <summary>How many there are; where some are named, how many of those.</summary>
    public async Task<long> Count(PeopleQuery asked, CancellationToken ct)
    {
        await using var session = store.QuerySession(Instances.Tenants.Default);
        if (asked.EmailAddresses.Count + asked.PhoneNumbers.Count + asked.Users.Count == 0) return await session.Query<User>().CountAsync(ct);
        var ids = await Find(session, asked, ct);
        return await session.Query<User>().CountAsync(user => user.Id.IsOneOf(ids.ToArray()), ct);
    }

    private async Task<IReadOnlyList<Guid>> Find(IQuerySession session, PeopleQuery asked, CancellationToken ct)
    {
        var keys = await keyring.Of(session.TenantId, ct);
        var identifiers = asked.EmailAddresses.Select(CanonicalIdentifier.OfEmailAddress).Concat(asked.PhoneNumbers.Select(CanonicalIdentifier.OfPhoneNumber))
            .OfType<CanonicalIdentifier>().Select(x => Identifier.IdOf(keys, x.Kind, x.Value)).ToArray();
        var owners = await session.LoadManyAsync<Identifier>(ct, identifiers);
        return [.. owners.Select(owner => owner.UserId)
            .Concat(asked.Users.Select(text => UserId.TryParse(text, out var id) ? id.Value : Guid.Empty)).Distinct()];
    }

    private async Task<IReadOnlyList<UserResource>> Draw(IQuerySession session, Guid[] ids, CancellationToken ct)
    {
        var batch = session.CreateBatchQuery();
        var users = batch.LoadMany<User>().ById(ids);
        var keys = batch.LoadMany<PersonalKey>().ById(ids);
        var overviews = batch.LoadMany<UserOverview>().ById(ids);
        var passkeys = batch.Query<PasskeyCredential>().Where(row => row.UserId.IsOneOf(ids)).ToList();
        await batch.Execute(ct);
        var last = (await overviews).ToDictionary(row => row.Id, row => row.LastSignInAt);
        var used = (await passkeys).ToDictionary(row => row.Passkey, row => row.LastUsedAt);
        var byId = (await keys).ToDictionary(key => key.Id);
        return [.. (await users).Where(user => byId.ContainsKey(user.Id)).OrderByDescending(user => user.Id)
            .Select(user => UserResource.Of(new PersonView(user.Settled(clock.GetUtcNow()), keyring.Unwrap(byId[user.Id])) { PasskeysUsed = used }, clock.GetUtcNow(), last.GetValueOrDefault(user.Id)).ForOperator())];
    }
}
