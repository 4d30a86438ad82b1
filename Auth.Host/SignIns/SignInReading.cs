using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Clients;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Passkeys;
using Auth.Host.Limits;
using Auth.Host.Resources;
using Auth.Host.Sessions;
using Auth.Host.Recoveries;
using Auth.Host.TrustedDevices;
using Auth.Host.Users;
using Auth.Projections;
using JasperFx.Events;
using Marten;
using Marten.Events;
using Marten.Services.BatchQuerying;

namespace Auth.Host.SignIns;

/// <summary>
/// What one step needs, in one round trip. A row that hangs on another row not read yet is a sub-select; SQL given to <c>Query</c> is not filtered by tenant,
/// so every clause names it.
/// </summary>
public sealed class SignInReading
{
    private const string People = $"""
        where tenant_id = ? and id in (
            select user_id from {StoreSettings.Schema}.mt_doc_client where tenant_id = ? and id = ?
            union all select user_id from {StoreSettings.Schema}.mt_doc_session where tenant_id = ? and client_id = ? and ended is null
            union all select user_id from {StoreSettings.Schema}.mt_doc_identifier where tenant_id = ? and id = ?
            union all select user_id from {StoreSettings.Schema}.mt_doc_passkeycredential where tenant_id = ? and id = ?)
        """;

    private const string PersonOfStep = $"""
        (select user_id from {StoreSettings.Schema}.mt_doc_client where tenant_id = ? and id = ?
         union all select user_id from {StoreSettings.Schema}.mt_doc_identifier where tenant_id = ? and id = ?)
        """;

    // The identifier this request names; else the one its client's sign-in began with.
    private const string Typing = $"""
        select ?::text where ?::text <> ''
        union all select typed from {StoreSettings.Schema}.mt_doc_client where tenant_id = ? and id = ? and ?::text = ''
        """;

    private const string OlderFacts = $"""
        select data from {StoreSettings.Schema}.mt_events where tenant_id = ? and type in ('sign_in.identified', 'sign_in.first_factor_verified', 'sign_in.password_reset')
            and stream_id = (select (data ->> 'signIn')::uuid from {StoreSettings.Schema}.mt_doc_client where tenant_id = ? and id = ?) order by version
        """;

    private Dictionary<Guid, PersonView> _people;
    private readonly IReadOnlyList<OlderFact> _older;

    private SignInReading(
        Client? client, IEventStream<SignIn>? stream, Identifier? typed, IReadOnlyList<User> users, IReadOnlyList<PersonalKey> keys,
        IReadOnlyList<Session> sessions, IReadOnlyList<Guesses> guesses, IReadOnlyList<Sends> sends, IReadOnlyList<TextCount> texts, Secrets secrets, IReadOnlyList<OlderFact> older, IReadOnlyList<TrustedDevice> trusted, InstanceSettings settings, IKeyring keyring, DateTimeOffset now, string? offered)
    {
        (Client, Stream, Sessions, Guesses, Sends, TextsToday, Settings, _older) = (client, stream, sessions, guesses, sends, texts, settings, older);
        _people = users.Join(keys, user => user.Id, key => key.Id, (user, key) => new PersonView(user.Settled(now), keyring.Unwrap(key))).ToDictionary(person => person.User.Id);
        var passkeys = secrets.Passkeys;
        foreach (var id in _people.Keys.ToList()) _people[id] = _people[id] with { PasskeysUsed = passkeys.Where(row => row.UserId == id).ToDictionary(row => row.Passkey, row => row.LastUsedAt) };
        Offered = passkeys.FirstOrDefault(row => row.Id == offered);
        Person = PersonOf(stream is null ? typed?.UserId : SignIn is SignIn.AwaitingFirstFactor { IsUnnamed: true } ? Offered?.UserId : (SignIn as SignIn.Begun)?.Identity.User);
        Typed = Person is not null && typed?.UserId == Person.User.Id ? typed.IdentifierId : null;
        Trust = trusted.FirstOrDefault(row => row.UserId == Person?.User.Id)?.Trust;
        Credentials = (Person is null ? Credentials.None : secrets.Of(Person)) with { Passkeys = passkeys };
    }

    /// <summary>The caller's client, proved by its secret; null for anybody else.</summary>
    public Client? Client { get; }

    /// <summary>The sign-in's stream at the version that was read; null before there is one.</summary>
    public IEventStream<SignIn>? Stream { get; }

    /// <summary>The sign-in, or nothing where it is not this client's: the same as one that never was (R08).</summary>
    public SignIn SignIn => Stream?.Aggregate is SignIn.Begun begun && begun.Identity.Client == Client?.Id && !IsTorn(begun) ? begun : SignIn.Initial;

    // A conversion clears its client's sign-in and renews its secret. Where the client still has it, its row was read before that commit and the stream after: the secret is nobody's by now.
    private bool IsTorn(SignIn.Begun begun) => begun is SignIn.Finished && Client?.SignIn == begun.Id;

    /// <summary>Whose sign-in it is; null for a stranger.</summary>
    public PersonView? Person { get; private set; }

    /// <summary>The passkey that was offered, whosever it is; null where nobody has it.</summary>
    public PasskeyCredential? Offered { get; }

    /// <summary>The passkeys of the person.</summary>
    public IEnumerable<PasskeyCredential> Passkeys => Credentials.Passkeys.Where(row => row.UserId == Person?.User.Id);

    /// <summary>Which of the person's identifiers was typed; null for a stranger's, and for one that is no longer theirs.</summary>
    public Guid? Typed { get; }

    /// <summary>What the person's guesses are compared with.</summary>
    public Credentials Credentials { get; }

    /// <summary>The trust that this person gave to the caller's device, if they did; only to a client that proved itself.</summary>
    public DeviceTrust? Trust { get; }

    /// <summary>The operator's settings in force, and their number.</summary>
    public InstanceSettings Settings { get; }

    /// <summary>The client's sessions that have not ended.</summary>
    public IReadOnlyList<Session> Sessions { get; private set; }

    private IReadOnlyList<Guesses> Guesses { get; }

    private IReadOnlyList<Sends> Sends { get; }

    /// <summary>The texts that left today, to everybody.</summary>
    public IReadOnlyList<TextCount> TextsToday { get; }

    /// <summary>Reads for a sign-in that is under way, or for a client alone.</summary>
    /// <param name="offered">The row of the passkey that is offered: where nobody was named, its owner is who this is about.</param>
    public static Task<SignInReading> Of(IDocumentSession session, IKeyring keyring, Caller caller, Guid? signIn, DateTimeOffset now, CancellationToken ct, string? offered = null) =>
        Read(session, keyring, caller, signIn, identifier: null, now, ct, offered);

    /// <summary>Reads for a new sign-in: who has the identifier, and how a stranger who typed it stands.</summary>
    public static Task<SignInReading> OfIdentifier(IDocumentSession session, IKeyring keyring, Caller caller, string identifier, DateTimeOffset now, CancellationToken ct) =>
        Read(session, keyring, caller, null, identifier, now, ct);

    /// <summary>Reads for a client that begins something without an identifier of its own: its sessions, and whether its older sign-in is over.</summary>
    public static Task<SignInReading> OfClient(IDocumentSession session, IKeyring keyring, Caller caller, DateTimeOffset now, CancellationToken ct) =>
        Read(session, keyring, caller, null, identifier: "", now, ct);

    /// <summary>Whether the client's older sign-in is over already, for every reader: out of time, or proved against other factors. Then a newer one does not supersede it (R06, R10).</summary>
    public bool OlderIsOver(DateTimeOffset now)
    {
        var epoch = PersonOf(_older.FirstOrDefault(fact => fact.User is not null)?.User)?.User.Epoch;
        var last = _older.LastOrDefault(fact => fact.Epoch is not null);
        return _older.Any(fact => fact.EndsAt <= now) || last?.SecondFactorBy <= now || (last is not null && last.Epoch != epoch);
    }

    /// <summary>The same reading, where a passkey named somebody and did not prove it: they have nothing to do with this.</summary>
    public SignInReading OfNobody()
    {
        var after = (SignInReading)MemberwiseClone();
        after.Person = null;
        return after;
    }

    /// <summary>The same reading, of the person as this step leaves them, without the sessions it ended.</summary>
    public SignInReading After(UserEvent happened, IReadOnlyList<Session> ended, DateTimeOffset now)
    {
        var after = (SignInReading)MemberwiseClone();
        after.Person = Person! with { User = User.Evolve(Person.User, happened, now) };
        after.Sessions = [.. Sessions.Where(session => ended.All(gone => gone.Id != session.Id))];
        return after;
    }

    /// <summary>The same reading, about somebody who came into being in this step.</summary>
    public SignInReading About(PersonView person)
    {
        var after = (SignInReading)MemberwiseClone();
        (after.Person, after._people) = (person, new(_people) { [person.User.Id] = person });
        return after;
    }

    /// <summary>A person of this reading.</summary>
    public PersonView? PersonOf(Guid? user) => user is { } id ? _people.GetValueOrDefault(id) : null;

    /// <summary>How an authenticator of the person, or of the stranger who typed that identifier, stands; a clean row where there is none yet.</summary>
    public Guesses GuessesOn(InstanceKeys keys, Authenticator authenticator, string? typed = null)
    {
        var clean = Person is { } person
            ? SignIns.Guesses.Clean(keys, person.User.Id, authenticator, Client?.LaneOf(keys, person.User.Id))
            : SignIns.Guesses.OfStranger(keys, typed ?? Client?.Typed ?? "", authenticator);
        return Guesses.FirstOrDefault(row => row.Id == clean.Id) ?? clean;
    }

    /// <summary>What strangers missed on that authenticator of the person, where there is anything to forget.</summary>
    public Guesses? MissedByStrangers(Authenticator authenticator) =>
        Guesses.FirstOrDefault(row => row.IsSharedOf(Person!.User.Id, authenticator) && row is { Failures: > 0, Disabled: false });

    /// <summary>The code on its way that a guess by this strategy is compared with; null where nothing is sent for it.</summary>
    public SentCode? Sent(Strategy? strategy) => (strategy?.Traits().Prepared, SignIn) switch
    {
        (true, SignIn.AwaitingFirstFactor { Prepared: { } sent } s)  => new(s.Id, OneTimeCodes.FirstFactor, sent),
        (true, SignIn.AwaitingSecondFactor { Prepared: { } sent } s) => new(s.Id, OneTimeCodes.SecondFactor, sent),
        _ => null,
    };

    /// <summary>The texts sent so far under that id.</summary>
    public Sends SendsOf(string id) => Sends.FirstOrDefault(row => row.Id == id) ?? new Sends(id, []);

    private static async Task<SignInReading> Read(IDocumentSession session, IKeyring keyring, Caller caller, Guid? signIn, string? identifier, DateTimeOffset now, CancellationToken ct, string? offered = null)
    {
        var (tenant, client, typed) = (session.TenantId, caller.ClientId?.Value ?? Guid.Empty, identifier ?? "");
        object[] people = [tenant, tenant, client, tenant, client, tenant, typed, tenant, offered ?? ""];
        object[] person = [tenant, tenant, client, tenant, typed];
        object[] typing = [typed, typed, tenant, client, typed];

        var batch = session.CreateBatchQuery();
        var clientRow = batch.Load<Client>(client);
        var settings = batch.Load<InstanceSettings>(InstanceSettings.TheOne);
        var stream = signIn is { } id && id != Guid.Empty ? batch.Events.FetchForWriting<SignIn>(id) : null;   // empty: not an id at all (R09)
        var typedRow = batch.Query<Identifier>($"where tenant_id = ? and id in ({Typing})", [tenant, .. typing]);
        var users = batch.Query<User>(People, people);
        var keys = batch.Query<PersonalKey>(People, people);
        var sessions = batch.Query<Session>("where tenant_id = ? and client_id = ? and ended is null", tenant, client);
        var guesses = batch.Query<Guesses>($"where tenant_id = ? and (user_id in {PersonOfStep} or typed in ({Typing}))", [.. person, .. typing]);
        var passwords = batch.Query<PasswordCredential>($"where tenant_id = ? and id in {PersonOfStep}", person);
        var apps = signIn is null ? null : batch.Query<AuthenticatorApp>($"where tenant_id = ? and user_id in {PersonOfStep}", person);
        var backupCodes = signIn is null ? null : batch.Query<BackupCodeSet>($"where tenant_id = ? and user_id in {PersonOfStep}", person);
        var passkeys = batch.Query<PasskeyCredential>($"where tenant_id = ? and (id = ? or user_id in (select id from {StoreSettings.Schema}.mt_doc_user {People}))", [tenant, offered ?? "", .. people]);
        var sends = signIn is null && identifier is null ? null : SendsOfPerson(batch, tenant, client, typing);
        var texts = sends is null ? null : batch.Query<TextCount>(TextTable.OfToday, tenant, TextTable.DayOf(now), tenant);
        var older = identifier is null ? null : batch.Query<OlderFact>(OlderFacts, tenant, tenant, client);
        var trusted = batch.Query<TrustedDevice>("where tenant_id = ? and client_id = ?", tenant, client);
        await batch.Execute(ct);

        var proved = await clientRow is { } row && caller.Proves(row.SecretHash) ? row : null;
        return new(
            proved, stream is null ? null : await stream, await typedRow is [var identifierRow, ..] ? identifierRow : null, await users, await keys, proved is null ? [] : await sessions, await guesses,
            sends is null ? [] : await sends, texts is null ? [] : await texts, new(await passwords, apps is null ? [] : await apps, backupCodes is null ? [] : await backupCodes, await passkeys), older is null ? [] : await older, proved is null ? [] : await trusted, await settings ?? InstanceSettings.Shipped, keyring, now, offered);
    }

    private static Task<IReadOnlyList<Sends>> SendsOfPerson(IBatchedQuery batch, string tenant, Guid client, object[] typing) =>
        batch.Query<Sends>(
            $"""
            where tenant_id = ? and id in (
                select 'user:' || replace(user_id::text, '-', '') from {StoreSettings.Schema}.mt_doc_client where tenant_id = ? and id = ?
                union all select id from {StoreSettings.Schema}.mt_doc_identifier where tenant_id = ?
                    and user_id = (select user_id from {StoreSettings.Schema}.mt_doc_client where tenant_id = ? and id = ?)
                union all {Typing})
            """,
            [tenant, tenant, client, tenant, tenant, client, .. typing]);

    private sealed record Secrets(IReadOnlyList<PasswordCredential> Passwords, IReadOnlyList<AuthenticatorApp> Apps, IReadOnlyList<BackupCodeSet> BackupCodes, IReadOnlyList<PasskeyCredential> Passkeys)
    {
        public Credentials Of(PersonView person) => new(
            person, Passwords.FirstOrDefault(x => x.Id == person.User.Id), Apps.FirstOrDefault(x => x.Id == person.User.Totp), BackupCodes.FirstOrDefault(x => x.Id == person.User.BackupCodes));
    }
}

/// <summary>What an older sign-in's facts say of its end: the instants that were decided, and whose factors it was proved against.</summary>
public sealed record OlderFact(Guid? User, DateTimeOffset? EndsAt, DateTimeOffset? SecondFactorBy, long? Epoch);
