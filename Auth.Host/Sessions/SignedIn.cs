using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Passkeys;
using Auth.Host.Recoveries;
using Auth.Host.Resources;
using Auth.Projections;
using Marten;
using Marten.Services.BatchQuerying;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Host.Sessions;

/// <summary>Who asks for something of <c>/v1/me…</c>, as bound from the request by <c>[AsParameters]</c>. Nothing is proved yet: <see cref="SignedIn.Of"/> does that.</summary>
/// <param name="Session">The session they say they speak in; needed only where the client holds several.</param>
public sealed record Speaker(Caller Caller, [FromQuery(Name = "_clerk_session_id")] string? Session);

/// <summary>
/// Somebody who is signed in: proved by a session that their own client holds and that is active (R61, R69). Read in one round trip; whoever has none is refused with
/// <c>authentication_invalid</c>. Every step under <c>/v1/me</c> begins with it.
/// </summary>
public sealed class SignedIn
{
    private const int MostSessions = 500;

    private SignedIn(Speaker speaker, Client client, Session session, IReadOnlyList<Session> held, InstanceSettings settings, IReadOnlyList<Session> all, IReadOnlyDictionary<Guid, PersonView> people) =>
        (Caller, Client, Session, Held, Settings, Sessions, Person, People) = (speaker.Caller, client, session, held, settings, all, people[session.UserId], people);

    /// <summary>Who sent the request.</summary>
    public Caller Caller { get; }

    /// <summary>Their client, proved by its secret.</summary>
    public Client Client { get; }

    /// <summary>The active session they speak in.</summary>
    public Session Session { get; }

    /// <summary>The person, with the key that reads and seals what is theirs. A change is bound to <c>Person.User.Version</c>: see <c>session.Tell</c>.</summary>
    public PersonView Person { get; }

    /// <summary>The operator's settings in force, and their number.</summary>
    public InstanceSettings Settings { get; }

    /// <summary>The sessions their client holds that have not ended.</summary>
    public IReadOnlyList<Session> Held { get; }

    /// <summary>All sessions of the person, on any client, ended ones too, newest first; only where they were asked for.</summary>
    public IReadOnlyList<Session> Sessions { get; }

    /// <summary>Their passkeys.</summary>
    public IReadOnlyList<PasskeyCredential> Passkeys { get; private init; } = [];

    private IReadOnlyDictionary<Guid, PersonView> People { get; }

    /// <summary>A person whose session the client holds.</summary>
    public PersonView? PersonOf(Guid? user) => user is { } id ? People.GetValueOrDefault(id) : null;

    /// <summary>Whether this session holds a proof of the strongest kind they have that is young enough to change something (R60).</summary>
    public bool HasSteppedUp(DateTimeOffset now) =>
        (Person.User.HasSecondFactor ? Session.SecondAt : Session.FirstAt) is { } at && now - at < Settings.InForce.Dials.StepUpAge;

    /// <summary>Reads and proves. <paramref name="all"/>: with all sessions of the person; <paramref name="also"/>: what else the step needs, in the same batch.</summary>
    public static async Task<SignedIn> Of(
        IQuerySession session, IKeyring keyring, Speaker speaker, DateTimeOffset now, CancellationToken ct, bool all = false, Action<TheirRows>? also = null)
    {
        var id = speaker.Caller.ClientId?.Value ?? Guid.Empty;
        var batch = session.CreateBatchQuery();
        var theirs = new TheirRows(batch, session.TenantId, id);
        var clientRow = batch.Load<Client>(id);
        var settingsRow = batch.Load<InstanceSettings>(InstanceSettings.TheOne);
        var heldRows = batch.Query<Session>("where tenant_id = ? and client_id = ? and ended is null order by id", session.TenantId, id);
        var users = theirs.Of<User>("id");
        var keys = theirs.Of<PersonalKey>("id");
        var passkeys = theirs.Of<PasskeyCredential>("user_id");
        var sessions = all ? theirs.Of<Session>("user_id", $"order by id desc limit {MostSessions}") : null;
        also?.Invoke(theirs);
        await batch.Execute(ct);

        if (await clientRow is not { } client || !speaker.Caller.Proves(client.SecretHash)) throw Problems.NotAuthenticated.Refuse();
        var (held, settings) = (await heldRows, await settingsRow ?? InstanceSettings.Shipped);
        var used = (await passkeys).ToDictionary(row => row.Passkey, row => row.LastUsedAt);
        var people = (await users).Join(await keys, user => user.Id, key => key.Id, (user, key) => new PersonView(user.Settled(now), keyring.Unwrap(key)) { PasskeysUsed = used }).ToDictionary(person => person.User.Id);
        var spoken = speaker.Session is { } named ? held.FirstOrDefault(one => new SessionId(one.Id).ToString() == named) : held is [var only] ? only : null;
        if (spoken is null || !spoken.IsActive(now, settings.InForce.Dials) || !people.ContainsKey(spoken.UserId)) throw Problems.NotAuthenticated.Refuse();
        return new(speaker, client, spoken, held, settings, sessions is null ? [] : [.. (await sessions).Where(one => one.UserId == spoken.UserId)], people) { Passkeys = [.. (await passkeys).Where(row => row.UserId == spoken.UserId)] };
    }

    /// <summary>Who it is, and nothing that belongs to them.</summary>
    public override string ToString() => $"SignedIn({Person.User.Id})";
}

/// <summary>Rows that hang on the person whose session a client holds, found in the batch that reads the session: SQL given to <c>Query</c> is not filtered by tenant, so it is named here.</summary>
public sealed class TheirRows(IBatchedQuery batch, string tenant, Guid client)
{
    private const string Them = $"(select user_id from {StoreSettings.Schema}.mt_doc_session where tenant_id = ? and client_id = ? and ended is null)";

    /// <summary>Those whose <paramref name="column"/> is the person's id.</summary>
    public Task<IReadOnlyList<T>> Of<T>(string column, string then = "") where T : class =>
        batch.Query<T>($"where tenant_id = ? and {column} in {Them} {then}", tenant, tenant, client);
}
