using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Domain.Verifications;
using Auth.Host.Clients;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Keys;
using Auth.Host.Passkeys;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Auth.Projections;
using Marten;

namespace Auth.Host.Me;

/// <summary>What somebody's change to their own account needs, in one round trip. A session that the client does not hold is unknown to it (R61, R69).</summary>
public sealed class MeReading
{
    private const string Me = $"(select user_id from {StoreSettings.Schema}.mt_doc_session where tenant_id = ? and client_id = ? and ended is null)";

    private MeReading(Client client, Session session, PersonView person, Verification verification, long verified, IReadOnlyList<Guesses> guesses, Credentials credentials, AuthenticatorApp? pending) =>
        (Client, Session, Person, Verification, VerificationVersion, Guesses, Credentials, PendingApp) = (client, session, person, verification, verified, guesses, credentials, pending);

    /// <summary>The client that asks.</summary>
    public Client Client { get; }

    /// <summary>The session it asks in.</summary>
    public Session Session { get; }

    /// <summary>Who it is.</summary>
    public PersonView Person { get; }

    /// <summary>The verification named, at the version that was read; nothing where there is none, or it is not theirs.</summary>
    public Verification Verification { get; }

    /// <summary>The version of its stream; 0 before there is one.</summary>
    public long VerificationVersion { get; }

    /// <summary>What their guesses are compared with.</summary>
    public Credentials Credentials { get; }

    /// <summary>An authenticator app that waits for its first code in this session (R34).</summary>
    public AuthenticatorApp? PendingApp { get; }

    private IReadOnlyList<Guesses> Guesses { get; }

    /// <summary>Reads, or refuses whoever is not signed in.</summary>
    /// <param name="verification">The verification the step is about: of an identifier its id, of a step-up the session's.</param>
    public static async Task<MeReading> Of(IDocumentSession session, IKeyring keyring, SignedIn me, Guid? verification, DateTimeOffset now, Dials dials, CancellationToken ct)
    {
        var (tenant, clientId) = (session.TenantId, me.Caller.ClientId?.Value ?? Guid.Empty);
        object[] mine = [tenant, tenant, clientId];
        var batch = session.CreateBatchQuery();
        var clients = batch.Load<Client>(clientId);
        var sessions = batch.Query<Session>("where tenant_id = ? and client_id = ? and ended is null", tenant, clientId);
        var users = batch.Query<User>($"where tenant_id = ? and id in {Me}", mine);
        var keys = batch.Query<PersonalKey>($"where tenant_id = ? and id in {Me}", mine);
        var guesses = batch.Query<Guesses>($"where tenant_id = ? and user_id in {Me}", mine);
        var passwords = batch.Query<PasswordCredential>($"where tenant_id = ? and id in {Me}", mine);
        var apps = batch.Query<AuthenticatorApp>($"where tenant_id = ? and user_id in {Me}", mine);
        var codes = batch.Query<BackupCodeSet>($"where tenant_id = ? and user_id in {Me}", mine);
        var passkeys = batch.Query<PasskeyCredential>($"where tenant_id = ? and user_id in {Me}", mine);
        var stream = verification is { } named && named != Guid.Empty ? batch.Events.FetchForWriting<Verification>(named) : null;
        await batch.Execute(ct);

        if (await clients is not { } client || !me.Caller.Proves(client.SecretHash)) throw Problems.NotAuthenticated.Refuse();
        var held = (await sessions).Where(x => me.Session is null || x.Id == me.Session).OrderBy(x => x.CreatedAt).LastOrDefault(x => x.IsActive(now, dials));
        if (held is null || (await users).FirstOrDefault(x => x.Id == held.UserId) is not { } user || (await keys).FirstOrDefault(x => x.Id == user.Id) is not { } wrapped)
            throw Problems.NotAuthenticated.Refuse();

        IReadOnlyList<PasskeyCredential> keysOf = [.. (await passkeys).Where(x => x.UserId == user.Id)];
        var person = new PersonView(user, keyring.Unwrap(wrapped)) { PasskeysUsed = keysOf.ToDictionary(x => x.Passkey, x => x.LastUsedAt) };
        var (begun, version) = stream is null ? (null, 0) : ((await stream).Aggregate, (await stream).CurrentVersion ?? 0);
        var theirs = begun is { Begun: { } first } && first.User == user.Id && (first.Session is null || first.Session == held.Id) ? begun : Verification.Initial;
        return new(
            client, held, person, theirs, version, [.. (await guesses).Where(x => x.UserId == user.Id)],
            new(person, (await passwords).FirstOrDefault(x => x.Id == user.Id), (await apps).FirstOrDefault(x => x.Id == user.Totp), (await codes).FirstOrDefault(x => x.Id == user.BackupCodes)) { Passkeys = keysOf },
            (await apps).FirstOrDefault(x => x.PendingIn == held.Id && x.UserId == user.Id && now < x.MadeAt + AuthenticatorApp.PendingLife));
    }

    /// <summary>How an authenticator of theirs stands.</summary>
    public Guesses GuessesOn(InstanceKeys keys, Authenticator authenticator) =>
        SignIns.Guesses.Clean(keys, Person.User.Id, authenticator) is var clean && Guesses.FirstOrDefault(row => row.Id == clean.Id) is { } row ? row : clean;

    /// <summary>A change of factors, identifiers or password needs a proof of the strongest kind they have, no older than that (R60).</summary>
    public MeReading SteppedUp(DateTimeOffset now, Dials dials)
    {
        var last = Person.User.HasSecondFactor ? Session.SecondAt : Session.FirstAt;
        return last is { } at && now - at < dials.StepUpAge ? this : throw Problems.StepUpNeeded.Refuse();
    }
}
