using Auth.Domain.Users;
using Auth.Host.Audit.Verbs;
using Auth.Host.Database;
using Auth.Host.Rebuilding;
using Auth.Projections.Proof;
using Auth.Projections.Rebuilding;
using Auth.Specs.Given;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Auth.Specs.Reading;

/// <summary>Readings are built anew while people sign in; the live ones go on, and nothing is sent (R87, R90).</summary>
public class RebuildUnderLoadSpecs(VerifiedHost verified) : IClassFixture<VerifiedHost>
{
    private const string Texts = "select count(*) from auth.mt_doc_fake_text";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task each_is_rebuilt_under_load_and_goes_on()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var people = new[] { await Person.Make(verified.Host), await Person.Make(verified.Host) };
        var texts = await verified.Number(Texts);
        var load = Task.WhenAll(people.Select(person => SignInUntil(person, enough.Token)));

        var (code, data) = await Readings("rebuild", "--all");
        await enough.CancelAsync();
        var signIns = await load;

        code.ShouldBe(0, data);
        Refold.All(null).ShouldAllBe(reading => data.Contains($"{reading.Reading}: ", StringComparison.Ordinal));
        signIns.Sum().ShouldBeGreaterThan(0);
        await new Visit(verified.Host, people[0]).Create();
        await verified.Settled();
        (await Fresh()).ShouldBeEmpty();
        (await verified.Number("select count(*) from pg_namespace where nspname in ('auth_fresh', 'auth_old')")).ShouldBe(0);
        (await verified.Number(Texts)).ShouldBe(texts, "nobody asked for one, and folding sends none");
    }

    [Fact]
    public async Task one_that_was_damaged_is_told_and_is_right_afterwards()
    {
        await verified.Settled();
        var indexes = await Indexes();
        await verified.Owner("update auth.mt_doc_signinhistory set data = jsonb_set(data, '{wrongGuesses}', '9')");
        await verified.Owner("delete from auth.mt_doc_signintimeline");

        (await Readings("rebuild", "SignInHistory", "--compare-only")).ShouldSatisfyAllConditions(told => told.Code.ShouldBe(1), told => told.Data.ShouldContain("is not what the events say"));
        (await Fresh()).Count.ShouldBeGreaterThan(1);
        (await Readings("rebuild", "SignInHistory")).ShouldSatisfyAllConditions(told => told.Code.ShouldBe(1), told => told.Data.ShouldContain("rows differed; in its place"));
        (await Readings("rebuild", "SignInTimeline")).ShouldSatisfyAllConditions(told => told.Code.ShouldBe(1), told => told.Data.ShouldContain("is missing"));

        (await Fresh()).ShouldBeEmpty();
        (await Indexes()).ShouldBe(indexes);
        (await Readings("rebuild", "SignInHistory")).Code.ShouldBe(0);
        (await Readings("rebuild", "Nothing")).Code.ShouldBe(64);
    }

    [Fact]
    public async Task so_are_the_snapshots_of_people_that_decisions_read()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var (still, moving) = (await Person.Make(verified.Host), await Person.Make(verified.Host));
        await verified.Owner($"update auth.mt_doc_user set data = jsonb_set(data, '{{banned}}', 'true') where id = '{still.Id}'");
        (await new Visit(verified.Host, still).Create()).Status.ShouldBe(403);
        var load = RenameUntil(moving, enough.Token);

        var told = await Readings("rebuild", "User");
        await enough.CancelAsync();
        (await load).ShouldBeGreaterThan(0);

        told.Code.ShouldBe(1, told.Data);
        told.Data.ShouldContain($"{still.Id} is not what the events say");
        told.Data.ShouldContain("1 rows differed; in its place");
        (await new Visit(verified.Host, still).Create()).Status.ShouldBe(200);
        (await new Operator(verified.Host).Patch($"/v1/users/{moving.UserId}", new { first_name = "After" })).Status.ShouldBe(200);
        (await Readings("rebuild", "User", "--compare-only")).Code.ShouldBe(0);
        (await verified.Number("select count(*) from auth.mt_doc_user where mt_version <> (data ->> 'version')::bigint")).ShouldBe(0);
    }

    [Fact]
    public async Task what_commits_at_the_last_moment_is_in_the_new_snapshots()
    {
        var person = await Person.Make(verified.Host);
        await using var connection = new NpgsqlConnection(verified.Host.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var change = await connection.BeginTransactionAsync(Ct);
        var options = Marten.Services.SessionOptions.ForTransaction(change);
        options.TenantId = "default";
        await using var session = verified.Host.Store.LightweightSession(options);
        session.Events.Append(person.Id, new Banned());
        await session.SaveChangesAsync(Ct);

        var rebuild = Readings("rebuild", "User");
        await Eventually.Of(async () => await verified.Number("select count(*) from pg_locks where relation = 'auth.mt_doc_user'::regclass and mode = 'AccessExclusiveLock' and not granted") > 0 ? "it waits" : null);
        await change.CommitAsync(Ct);

        (await rebuild).Code.ShouldBe(0);
        (await verified.Number($"select count(*) from auth.mt_doc_user where id = '{person.Id}' and (data ->> 'banned')::boolean")).ShouldBe(1);
    }

    private async Task<int> RenameUntil(Person person, CancellationToken enough)
    {
        for (var many = 0; ; many++)
        {
            if (enough.IsCancellationRequested) return many;
            (await new Operator(verified.Host).Patch($"/v1/users/{person.UserId}", new { first_name = $"Ann {many}" })).Status.ShouldBe(200);
        }
    }

    private async Task<int> SignInUntil(Person person, CancellationToken enough)
    {
        for (var many = 0; ; many++)
        {
            if (enough.IsCancellationRequested) return many;
            await new Visit(verified.Host, person).Create();
        }
    }

    private async Task<(int Code, string Data)> Readings(params string[] args)
    {
        var (data, words) = (new StringWriter(), new StringWriter());
        var code = await ReadingsCommand.Run(["readings", .. args], new Terminal(data, words, TextReader.Null, 100, Colours: false), new Dictionary<string, string?>
        {
            [ChosenDatabase.Key] = verified.Host.ConnectionString,
            ["Auth:Keys:RootFile"] = Path.Combine(verified.Host.Alba.Services.GetRequiredService<IConfiguration>()["Auth:Keys:Folder"]!, Auth.Host.Keys.RootKeyFile.Name),
        }, Ct);
        TestContext.Current.TestOutputHelper?.WriteLine($"{data}\n{words}");
        return (code, data.ToString());
    }

    private async Task<IReadOnlyList<Finding>> Fresh()
    {
        await using var connection = new NpgsqlConnection(verified.Host.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, Ct);
        var options = Marten.Services.SessionOptions.ForTransaction(snapshot);
        options.TenantId = "default";
        await using var session = verified.Host.Store.QuerySession(options);
        return await new FreshFold(session, connection).Run(Ct);
    }

    private async Task<IReadOnlyList<string>> Indexes()
    {
        await using var database = NpgsqlDataSource.Create(verified.Host.ConnectionString);
        await using var command = database.CreateCommand("select indexdef from pg_indexes where schemaname = 'auth' order by 1");
        await using var rows = await command.ExecuteReaderAsync(Ct);
        var all = new List<string>();
        while (await rows.ReadAsync(Ct)) all.Add(rows.GetString(0));
        return all;
    }
}
