using Auth.Host.Database;
using Auth.Specs.Given;
using Npgsql;

namespace Auth.Specs.Database;

/// <summary>The role that the service runs with adds to the history and cannot change it; tables are made by their owner (R86).</summary>
public sealed class OwnerSpecs : IAsyncLifetime
{
    private readonly string _role = $"service_{Guid.NewGuid():n}";
    private string _owner = "", _service = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _owner = await ThrowAwayCluster.CreateDatabase($"owned_{Guid.NewGuid():n}");
        _service = new NpgsqlConnectionStringBuilder(_owner) { Username = _role, Password = "service" }.ConnectionString;
        await Run(_owner, $"create role {_role} login password 'service'");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task a_host_without_the_right_to_change_events_does_all_its_work()
    {
        await using var host = new RunningHost { Name = "owned_elsewhere" };
        host.Settings[ChosenDatabase.Key] = _service;
        host.Settings[ChosenDatabase.OwnerKey] = _owner;
        host.Settings["Auth:Seals:Every"] = "00:00:01";
        await host.InitializeAsync();

        await new Visit(host, await Person.Make(host)).Through();
        await using var owner = NpgsqlDataSource.Create(_owner);
        await Eventually.Of(async () =>
        {
            await using var ask = owner.CreateCommand("select (select max(seq_id) from auth.mt_events) = (select min(last_seq_id) from auth.mt_event_progression) and exists (select from auth.seals)");
            return await ask.ExecuteScalarAsync(Ct) is true ? "followed and sealed" : null;
        });

        ((string?)(await new Browser(host).Get("/health/ready")).Json["checks"]!["seals"]!["description"]).ShouldBeNull();
        foreach (var change in Changes) (await Should.ThrowAsync<PostgresException>(() => Run(_service, change))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, change);
    }

    [Fact]
    public async Task db_apply_makes_tables_as_their_owner_and_lets_the_service_use_them()
    {
        await using var applying = HostProcess.Start(new Dictionary<string, string?>
        {
            [ChosenDatabase.Key] = _service,
            [ChosenDatabase.OwnerKey] = _owner,
            ["Auth:Keys:Root"] = Convert.ToBase64String(new byte[32]),
            ["Auth:SecretKey"] = RunningHost.SecretKey,
            ["Auth:PublicUrl"] = "https://auth.example.com",
            ["Auth:HomeCountry"] = "US",
        }, "Production", programs: await ProductionBuild.Folder, verb: "db-apply");

        (await applying.Exit()).ShouldBe(0, applying.Words);

        await Run(_service, "select from auth.mt_events; select from auth_bus.wolverine_nodes; update auth.mt_streams set version = version; delete from auth_bus.wolverine_nodes");
        foreach (var change in Changes) (await Should.ThrowAsync<PostgresException>(() => Run(_service, change))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, change);
    }

    [Fact]
    public async Task the_cluster_that_a_host_makes_for_itself_has_such_a_role()
    {
        var (folder, mark) = ThrowAwayCluster.NewFolder("owner");
        await using (var cluster = await PrivateCluster.Join(await ThrowAwayCluster.Binaries(), Path.Combine(folder, "pg"), Ct))
        {
            var owner = await cluster.CreateDatabase("auth", template: null, Ct);
            var service = await cluster.Service("auth", Ct);
            (await cluster.Service("auth", Ct)).ShouldBe(service);
            await OwnersWork.Prepare(owner, service);
            await OwnersWork.Prepare(owner, service);

            await Run(service, "select from auth.mt_events; delete from auth.mt_streams");
            foreach (var change in Changes.Append("create table auth.more (id int)").Append("create role friend superuser"))
                (await Should.ThrowAsync<PostgresException>(() => Run(service, change))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, change);
            NpgsqlConnection.ClearAllPools();
        }

        await mark.DisposeAsync();
        await Leftovers.Remove(folder);
    }

    private static IEnumerable<string> Changes =>
        from table in new[] { "auth.mt_events", "auth.seals" }
        from change in new[] { $"update {table} set tenant_id = tenant_id", $"delete from {table}", $"truncate {table} cascade", $"alter table {table} owner to current_user", $"drop table {table}" }
        select change;

    private static async Task Run(string connection, string sql)
    {
        await using var database = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await database.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, database);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
