using Auth.Host.Database;
using Auth.Specs.Given;
using Npgsql;

namespace Auth.Specs.Database;

/// <summary>Which database a host takes.</summary>
public class WaysSpecs
{
    [Fact]
    public async Task a_configured_connection_string_is_taken_as_it_is_and_nothing_is_started()
    {
        await using var machine = new EmptyMachine().With(ChosenDatabase.Key, "Host=db");
        await using var database = await machine.Resolve("Production");

        database.ConnectionString.ShouldBe("Host=db");
        machine.Server.ShouldBeNull();
    }

    [Theory, InlineData("Production"), InlineData("Staging")]
    public async Task outside_development_none_is_started(string environment)
    {
        await using var machine = new EmptyMachine();

        await Should.ThrowAsync<NoDatabaseException>(() => machine.Resolve(environment));
        machine.Server.ShouldBeNull();
    }

    [Fact]
    public async Task in_development_a_private_one_is_started_that_keeps_what_it_is_told()
    {
        await using var machine = new EmptyMachine();
        await using var database = await machine.Resolve();

        (await Ask(database, "SELECT current_setting('fsync') || current_setting('synchronous_commit')")).ShouldBe("onon");
        (await Ask(database, "SELECT current_setting('TimeZone') || ' ' || current_setting('server_encoding')")).ShouldBe("UTC UTF8");
        database.How.ShouldContain("started");
    }

    [Fact]
    public async Task it_listens_on_no_network_and_wants_its_password()
    {
        await using var machine = new EmptyMachine();
        await using var database = await machine.Resolve();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no unix sockets here: it listens on loopback.");

        (await Ask(database, "SELECT current_setting('listen_addresses')")).ShouldBe("");
        await using var stranger = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = "guess" }.ConnectionString);
        (await Should.ThrowAsync<PostgresException>(() => stranger.OpenAsync(TestContext.Current.CancellationToken))).SqlState.ShouldBe("28P01");
    }

    [Fact]
    public async Task the_password_is_printed_by_nothing()
    {
        await using var machine = new EmptyMachine();
        await using var database = await machine.Resolve();

        var password = new NpgsqlConnectionStringBuilder(database.ConnectionString).Password!;
        (database.ToString() + database.How).ShouldNotContain(password);
        (database.ToString() + database.How).ShouldNotContain(new NpgsqlConnectionStringBuilder(database.Owner).Password!);
    }

    [Fact]
    public async Task a_folder_named_for_the_programs_that_holds_none_is_an_error_and_not_a_hint()
    {
        await using var machine = new EmptyMachine();
        machine.With("Auth:Postgres:BinDir", machine.Folder);

        await Should.ThrowAsync<NoDatabaseException>(() => machine.Resolve());
    }

    [Fact]
    public async Task a_lone_pg_ctl_is_not_an_installation()
    {
        await using var machine = new EmptyMachine();
        var found = await ThrowAwayCluster.Binaries();
        File.Copy(found.PgCtl, Path.Combine(machine.Folder, Path.GetFileName(found.PgCtl)));

        (await PostgresBinaries.In(machine.Folder, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await PostgresBinaries.In(found.Folder, TestContext.Current.CancellationToken)).ShouldBe(found);
    }

    [Fact]
    public async Task without_any_programs_they_are_fetched_once_and_work()
    {
        Assert.SkipWhen(FetchedBinaries.Platform is null, "There is no package for this platform.");
        await using var machine = new EmptyMachine().With("Auth:Postgres:UseInstalled", "false");

        await using (var first = await machine.Resolve()) (await Ask(first, "SHOW server_version")).ShouldBe("18.4");
        await using (var second = await machine.Resolve()) second.How.ShouldContain(FetchedBinaries.Version);
    }

    /// <summary>As the owner, who may make tables.</summary>
    internal static async Task<string?> Ask(ChosenDatabase database, string question)
    {
        await using var connection = new NpgsqlConnection(database.Owner ?? database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(question, connection);
        return (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))?.ToString();
    }
}
