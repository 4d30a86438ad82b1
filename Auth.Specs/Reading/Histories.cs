using Auth.Domain;
using Auth.Domain.Sessions;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Projections;
using Auth.Specs.Given;
using JasperFx;
using JasperFx.Events.Daemon;
using Marten;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Auth.Specs.Reading;

/// <summary>A store of a spec's own, with a clock we can move, and people and their events in short words.</summary>
public sealed class Histories : IAsyncDisposable
{
    public static readonly DateTimeOffset NineOClock = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly Guid Ann = Id(1), AnnsClient = Id(2), AnnsPhone = Id(3), OtherPhone = Id(4), CodeKey = Id(5), Attempt = Id(10), Text = Id(20), Session = Id(30);

    public static readonly Authenticator ByText = new(Strategy.PhoneCode, AnnsPhone);

    private static readonly Lazy<Task<string>> Template = new(MakeTemplate);
    private static int _count;

    private Histories(string connection)
    {
        Connection = connection;
        Store = Open(connection, Clock);
        Keys = new(Store, Root, new(Store, Root, Clock), Clock, Options.Create(new KeyOptions()));
    }

    public string Connection { get; }

    public FakeTimeProvider Clock { get; } = new(NineOClock);

    public IDocumentStore Store { get; }

    public RootKey Root { get; } = new(new byte[RootKey.Length], "the spec");

    public Keyring Keys { get; }

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static async Task<Histories> New() =>
        new(await ThrowAwayCluster.CreateDatabase($"histories_{Interlocked.Increment(ref _count)}", await Template.Value));

    // Ann's events as they come: the host's dials, from nine o'clock on.
    public static Identified Identified(Guid? user, Sealed? identifier = null) =>
        new(AnnsClient, user, IdentifierKind.EmailAddress, identifier ?? new Sealed(Ann, "Ym94"), NineOClock.AddMinutes(15));

    public static FirstFactorVerified Password => new(Authenticator.Password, Demand.SecondFactor, 1, NineOClock.AddMinutes(10));

    public static SecondFactorPrepared Texted(int number = 1, int issue = 1) =>
        new(ByText, Id(19 + number), number, new OneTimeCode(CodeKey, "00ff", issue, NineOClock.AddMinutes(5)), 1, NineOClock.AddSeconds(30));

    public static SecondFactorRejected WrongCode => new(ByText);

    public static SecondFactorVerified RightCode => new(ByText);

    public static Converted ASession => new(Session, NineOClock.AddDays(1));

    public static UserEvent[] AnnWithSecondFactor =>
    [
        new UserCreated(null, null), new PasswordSet(), new PhoneNumberAdded(AnnsPhone, new(Ann, "Ym94")), new PhoneNumberVerified(AnnsPhone, Vouching.Operator),
        new ReservedForSecondFactor(AnnsPhone), new MadeDefaultSecondFactor(AnnsPhone),
    ];

    /// <summary>Adds to a sign-in, or begins it; a moment passes after each event when <paramref name="apart"/> says so.</summary>
    public async Task Happened(Guid signIn, SignInEvent[] events, TimeSpan apart = default, string tenant = Tenants.Default, IReadOnlyDictionary<string, string>? headers = null)
    {
        foreach (var happened in events)
        {
            await using var session = Store.LightweightSession(tenant);
            foreach (var (name, value) in headers ?? new Dictionary<string, string>()) session.SetHeader(name, value);
            if (happened is Identified) session.Events.StartStream<SignIn>(signIn, happened);
            else session.Events.Append(signIn, happened);
            await session.SaveChangesAsync(Stop);
            Clock.Advance(apart);
        }
    }

    /// <summary>Adds to a person's account, or begins it.</summary>
    public async Task Account(Guid user, UserEvent[] events, string tenant = Tenants.Default)
    {
        await using var session = Store.LightweightSession(tenant);
        if (events[0] is UserCreated) session.Events.StartStream<User>(user, events);
        else session.Events.Append(user, events);
        await session.SaveChangesAsync(Stop);
    }

    /// <summary>Adds to a session's own stream, or begins it.</summary>
    public async Task OfSession(Guid id, SessionEvent happened, bool first = true, string tenant = Tenants.Default)
    {
        await using var session = Store.LightweightSession(tenant);
        if (first) session.Events.StartStream<Auth.Host.Sessions.Session>(id, happened);
        else session.Events.Append(id, happened);
        await session.SaveChangesAsync(Stop);
    }

    /// <summary>Lets all readings follow up to the last event.</summary>
    public async Task Read()
    {
        using var daemon = await Store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(TimeSpan.FromSeconds(30), Stop);
    }

    public async Task Rebuild(string reading)
    {
        using var daemon = await Store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync(reading, TimeSpan.FromSeconds(30), Stop);
    }

    public async Task<T?> Stored<T>(Guid id, string tenant = Tenants.Default) where T : notnull
    {
        await using var session = Store.QuerySession(tenant);
        return await session.LoadAsync<T>(id, Stop);
    }

    public async Task<T?> Stored<T>(string id, string tenant = Tenants.Default) where T : notnull
    {
        await using var session = Store.QuerySession(tenant);
        return await session.LoadAsync<T>(id, Stop);
    }

    /// <summary>Every row of a reading, field for field, over all tenants.</summary>
    public async Task<string> Rows(string reading)
    {
        await using var source = NpgsqlDataSource.Create(Connection);
        await using var command = source.CreateCommand($"select coalesce(string_agg(tenant_id || id || data::text, E'\\n' order by tenant_id, id), '') from auth.mt_doc_{reading.ToLowerInvariant()}");
        return (string)(await command.ExecuteScalarAsync(Stop))!;
    }

    public async ValueTask DisposeAsync() => await Store.DisposeAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DocumentStore Open(string connection, TimeProvider clock) => DocumentStore.For(options =>
    {
        options.Connection(connection);
        StoreSettings.Apply(options, clock);
        Keyring.Register(options);
        options.Schema.For<InstanceSettings>();
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
    });

    private static async Task<string> MakeTemplate()
    {
        var connection = await ThrowAwayCluster.CreateDatabase("histories_template");
        await using (var store = Open(connection, TimeProvider.System)) await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.All);
        await using var one = new NpgsqlConnection(connection);
        NpgsqlConnection.ClearPool(one);
        return "histories_template";
    }
}
