using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Host.Clients;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Auth.Host.Users;
using Auth.Host.Wiring;
using JasperFx.Events;
using Marten;

namespace Auth.Host.SignUps;

/// <summary>What a step of a sign-up needs: the client with its sessions, the stream, the key of the person to be, and who has what they gave. Three round trips; sign-ups are rare.</summary>
public sealed record SignUpReading(SignInReading OfClient, IEventStream<SignUp> Stream, SignUp SignUp, Key? Key, InstanceKeys Keys, IReadOnlySet<Guid> Taken)
{
    private IReadOnlyList<Guesses> Guesses { get; init; } = [];

    private IReadOnlyList<Sends> Sends { get; init; } = [];

    /// <summary>The client that runs it; null where nobody's is proved.</summary>
    public Client? Client => OfClient.Client;

    /// <summary>The operator's settings in force, and their number.</summary>
    public InstanceSettings Settings => OfClient.Settings;

    /// <summary>Reads; a sign-up of another client is one that never was (R08).</summary>
    public static async Task<SignUpReading> Of(IDocumentSession session, IKeyring keyring, Caller caller, Guid signUp, DateTimeOffset now, CancellationToken ct)
    {
        if (signUp == Guid.Empty) throw Problems.NotFound.Refuse();   // not an id at all (R09)
        var (tenant, keys) = (session.TenantId, await keyring.Of(session.TenantId, ct));
        var client = await SignInReading.OfClient(session, keyring, caller, now, ct);
        var batch = session.CreateBatchQuery();
        var fetched = batch.Events.FetchForWriting<SignUp>(signUp);
        var wrapped = batch.Query<PersonalKey>(StreamOwner.OfAny, tenant, tenant, signUp);
        await batch.Execute(ct);

        var stream = await fetched;
        var found = stream.Aggregate is SignUp.Begun begun && begun.Identity.Client == client.Client?.Id ? begun : SignUp.Initial;
        var key = found is SignUp.Begun && await wrapped is [var row] ? keyring.Unwrap(row) : null;
        var reading = new SignUpReading(client, stream, found, key, keys, new HashSet<Guid>());
        return found is SignUp.Open open && key is not null ? await reading.WithRowsOf(open, session, ct) : reading;
    }

    /// <summary>What was given of that kind, readable; null where nothing was.</summary>
    public string? Read(IdentifierKind kind) => SignUp is SignUp.Open open && open.Of(kind) is { } given ? Key?.Open(given.Value) : null;

    /// <summary>What anybody would try as the password of whoever gave this, now or before (R45).</summary>
    public IEnumerable<string> OwnWords => SignUp is not SignUp.Open open ? []
        : open.Identifiers.Select(given => given.Value).Concat(new[] { open.FirstName, open.LastName }.OfType<Domain.Sealed>()).Select(value => Key?.Open(value)).OfType<string>();

    /// <summary>How guesses at that identifier stand over all sign-ups.</summary>
    public Guesses? GuessesOn(Authenticator? authenticator) => authenticator is not null && RowOf(authenticator) is { } id
        ? SignIns.Guesses.OfSignUp(Keys, id, authenticator.Strategy) is var clean && Guesses.FirstOrDefault(row => row.Id == clean.Id) is { } row ? row : SignIns.Guesses.OfSignUp(Keys, id, authenticator.Strategy)
        : null;

    /// <summary>When messages left for it, in whatever sign-up or sign-in (R56).</summary>
    public Sends SendsTo(Authenticator? authenticator) => authenticator is not null && RowOf(authenticator) is { } id
        ? Sends.FirstOrDefault(row => row.Id == id) ?? new(id, [])
        : new("", []);

    private string? RowOf(Authenticator authenticator) =>
        SignUp is SignUp.Open open && open.Identifiers.Find(given => given.Id == authenticator.Id) is { } given ? IdOf(given) : null;

    private string IdOf(GivenIdentifier given) => Identifier.IdOf(Keys, given.Kind, Key!.Open(given.Value)!);

    private async Task<SignUpReading> WithRowsOf(SignUp.Open open, IDocumentSession session, CancellationToken ct)
    {
        var ids = open.Identifiers.ToDictionary(given => IdOf(given), given => given);
        var batch = session.CreateBatchQuery();
        var owned = batch.LoadMany<Identifier>().ById([.. ids.Keys]);
        var guesses = batch.LoadMany<Guesses>().ById([.. ids.Select(pair => SignIns.Guesses.OfSignUp(Keys, pair.Key, pair.Value.Authenticator.Strategy).Id)]);
        var sends = batch.LoadMany<Sends>().ById([.. ids.Keys]);
        await batch.Execute(ct);
        return this with { Taken = (await owned).Select(row => ids[row.Id].Id).ToHashSet(), Guesses = [.. await guesses], Sends = [.. await sends] };
    }

    /// <summary>Which one, and nothing of it.</summary>
    public override string ToString() => $"SignUpReading({SignUp.Id})";
}
