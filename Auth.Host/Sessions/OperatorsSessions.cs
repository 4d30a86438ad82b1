using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Recoveries;
using Auth.Host.Resources;
using Auth.Host.SignIns;
using Marten;

namespace Auth.Host.Sessions;

/// <summary>Which sessions an operator asks for: a person's or a client's, in one status or in any.</summary>
public sealed record SessionQuery(UserId? User, ClientId? Client, string? Status, int Limit, int Offset);

/// <summary>Reads sessions for the Backend API, ended ones too.</summary>
public sealed class OperatorsSessions(IDocumentStore store, IKeyring keyring, TimeProvider clock)
{
    /// <summary>Several, newest first.</summary>
    public async Task<IReadOnlyList<OperatorsSession>> Many(SessionQuery asked, CancellationToken ct)
    {
        if (asked is { User: null, Client: null }) throw Problems.FieldMissing.About("user_id").Refuse();
        Paging.Check(asked.Limit, asked.Offset);

        await using var session = store.QuerySession(Tenants.Default);
        IQueryable<Session> query = session.Query<Session>();
        if (asked.User is { Value: var user }) query = query.Where(row => row.UserId == user);
        if (asked.Client is { Value: var client }) query = query.Where(row => row.ClientId == client);
        if (asked.Status is { } status) query = query.In(status, clock.GetUtcNow(), (await InstanceSettings.Of(session, ct)).InForce.Dials) ?? throw Problems.FieldUnknownValue.About("status").Refuse();
        return await Draw(session, await query.OrderByDescending(row => row.Id).Skip(asked.Offset).Take(asked.Limit).ToListAsync(ct), ct);
    }

    /// <summary>One session, or null.</summary>
    public async Task<OperatorsSession?> One(Guid id, CancellationToken ct)
    {
        await using var session = store.QuerySession(Tenants.Default);
        return await session.LoadAsync<Session>(id, ct) is { } row ? (await Draw(session, [row], ct))[0] : null;
    }

    /// <summary>One client with the sessions it holds, or null.</summary>
    public async Task<OperatorsClient?> Client(Guid id, CancellationToken ct)
    {
        await using var session = store.QuerySession(Tenants.Default);
        if (await session.LoadAsync<Client>(id, ct) is not { } client) return null;
        var dials = (await InstanceSettings.Of(session, ct)).InForce.Dials;
        var held = await session.Query<Session>().Where(row => row.ClientId == id).In("active", clock.GetUtcNow(), dials)!.OrderBy(row => row.Id).ToListAsync(ct);
        return OperatorsClient.Of(client, await Draw(session, held, ct));
    }

    private async Task<IReadOnlyList<OperatorsSession>> Draw(IQuerySession session, IReadOnlyList<Session> rows, CancellationToken ct)
    {
        var keys = (await session.LoadManyAsync<PersonalKey>(ct, [.. rows.Select(row => row.UserId).Distinct()])).ToDictionary(key => key.Id, keyring.Unwrap);
        foreach (var user in await session.LoadManyAsync<Domain.Users.User>(ct, [.. rows.Select(row => row.UserId).Distinct()])) user.Settled(clock.GetUtcNow());
        var dials = (await InstanceSettings.Of(session, ct)).InForce.Dials;
        return [.. rows.Select(row => OperatorsSession.Of(row, keys.GetValueOrDefault(row.UserId), clock.GetUtcNow(), dials))];
    }
}

/// <summary>An operator ends a session.</summary>
public sealed record RevokeSessionStep(Caller Caller, Guid Session);

/// <summary>Ends it, if it can still be used; what is over stays as it is.</summary>
public static class RevokeSessionHandler
{
    /// <summary>No token is issued from the commit on (R70).</summary>
    public static async Task<OperatorsSession> Handle(RevokeSessionStep step, IDocumentSession session, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var (now, settings) = (clock.GetUtcNow(), await InstanceSettings.Of(session, ct));
        var dials = settings.InForce.Dials;
        if (await session.LoadAsync<Session>(step.Session, ct) is not { } row) throw Problems.NotFound.Refuse();
        var key = await session.LoadAsync<PersonalKey>(row.UserId, ct) is { } stored ? keyring.Unwrap(stored) : null;
        if (key is null || !row.IsActive(now, dials)) return OperatorsSession.Of(row, key, now, dials);

        session.Sign(step.Caller, key, settings);
        return OperatorsSession.Of(session.End(row, EndReason.Revoked, now), key, now, dials);
    }
}
