using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Recoveries;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.Wiring;
using Marten;
using Wolverine;

namespace Auth.Host.TrustedDevices;

/// <summary>Devices that are spared the second factor: listed and revoked, by their person and by the operator (R66).</summary>
public static class TrustedDeviceEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapTrustedDevices(this IEndpointRouteBuilder app)
    {
        var me = app.MapGroup("/v1/me/trusted_devices").WithTags("Frontend API: me");
        me.MapGet("/", Mine).Produces<IReadOnlyList<TrustedDeviceResource>>();
        me.MapDelete("/{id}", RevokeMine).Produces<DeletedResource>();
        var api = app.MapGroup("/v1/users/{id}/trusted_devices").RequireSecretKey().WithTags("Backend API: people");
        api.MapGet("/", Theirs).Produces<IReadOnlyList<TrustedDeviceResource>>();
        api.MapDelete("/{device}", RevokeTheirs).Produces<DeletedResource>();
    }

    /// <summary>One's own.</summary>
    public static async Task<IReadOnlyList<TrustedDeviceResource>> Mine([AsParameters] Speaker me, IDocumentStore store, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        await using var session = store.QuerySession(me.Caller.Tenant);
        var now = clock.GetUtcNow();
        var who = await SignedIn.Of(session, keyring, me, now, ct);
        return await session.Draw(who.Person, who.Client.Id, now, ct);
    }

    /// <summary>Takes the trust from one.</summary>
    public static Task<DeletedResource> RevokeMine(TrustedDeviceId id, [AsParameters] Speaker me, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<DeletedResource>(new RevokeOwnTrustStep(me, id.Value), ct);

    /// <summary>A person's.</summary>
    public static async Task<IReadOnlyList<TrustedDeviceResource>> Theirs(UserId id, Tenant tenant, IDocumentStore store, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        await using var session = store.QuerySession(tenant.Id);
        var now = clock.GetUtcNow();
        if (await session.LoadAsync<Domain.Users.User>(id.Value, ct) is not { } user || await session.LoadAsync<PersonalKey>(id.Value, ct) is not { } wrapped) throw Problems.NotFound.Refuse();
        return await session.Draw(new PersonView(user.Settled(now), keyring.Unwrap(wrapped)), null, now, ct);
    }

    /// <summary>Takes the trust from one of a person's.</summary>
    public static Task<DeletedResource> RevokeTheirs(UserId id, TrustedDeviceId device, Caller caller, ApiKeys keys, IMessageBus bus, CancellationToken ct) =>
        bus.Ask<DeletedResource>(new RevokeTrustStep(caller, id.Value, device.Value, keys.Id), ct);

    private static async Task<IReadOnlyList<TrustedDeviceResource>> Draw(this IQuerySession session, PersonView person, Guid? asking, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await session.Query<TrustedDevice>().Where(row => row.UserId == person.User.Id).OrderByDescending(row => row.Id).ToListAsync(ct);
        return [.. rows.Where(row => row.Holds(person.User, now)).Select(row => TrustedDeviceResource.Of(row, person.Key, asking))];
    }
}
