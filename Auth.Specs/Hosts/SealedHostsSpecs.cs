using Auth.Host.Audit;
using Auth.Host.Audit.Verbs;
using Auth.Host.Database;
using Auth.Host.Keys;
using Auth.Specs.Given;
using Npgsql;

namespace Auth.Specs.Hosts;

/// <summary>Two hosts seal one history, one at a time; the death of one loses nothing and forks nothing (R86).</summary>
public sealed class SealedHostsSpecs
{
    private static readonly string Root = Convert.ToBase64String([.. Enumerable.Repeat((byte)3, RootKey.Length)]);

    [Fact]
    public async Task a_killed_host_leaves_one_tree_that_the_other_goes_on_with()
    {
        var connection = await ThrowAwayCluster.CreateDatabase($"sealed_{Guid.NewGuid():n}");
        var folder = Directory.CreateTempSubdirectory("auth-sealed-").FullName;
        await using var first = await Start(connection, Path.Combine(folder, "first")).Listening();
        await using var second = await Start(connection, Path.Combine(folder, "second")).Listening();
        await new Visit(first, await Person.Make(first)).Through();
        await Sealed(connection);
        await new Visit(second, await Person.Make(second)).Through();

        await first.Kill();
        await new Visit(second, await Person.Make(second)).Through();
        await Sealed(connection);

        (await Verify(connection, Directory.GetFiles(Path.Combine(folder, "first"), "*.checkpoints").Single())).ShouldBe(0);
        var other = await Eventually.Of(() => Task.FromResult(Directory.GetFiles(Path.Combine(folder, "second"), "*.checkpoints").SingleOrDefault()));
        (await Verify(connection, other)).ShouldBe(0);
        Directory.Delete(folder, recursive: true);
    }

    private static HostProcess Start(string connection, string witness) => HostProcess.Start(new Dictionary<string, string?>
    {
        [ChosenDatabase.Key] = connection,
        ["Auth:SecretKey"] = RunningHost.SecretKey,
        ["Auth:Keys:Root"] = Root,
        ["Auth:Limits:PerAddress"] = "off",
        ["Auth:Seals:Every"] = "00:00:01",
        ["Auth:Witnesses:Folder"] = witness,
    });

    private static async Task Sealed(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await Eventually.Of(async () =>
        {
            await using var ask = database.CreateCommand("select (select max(seq_id) from auth.mt_events) = (select max(up_to) from auth.seals)");
            return await ask.ExecuteScalarAsync(TestContext.Current.CancellationToken) is true ? "all" : null;
        });
    }

    private static async Task<int> Verify(string connection, string witness)
    {
        var (data, words) = (new StringWriter(), new StringWriter());
        var code = await AuditCommand.Run(["audit", "verify", "--checkpoint", witness], new Terminal(data, words, TextReader.Null, 100, Colours: false),
            new Dictionary<string, string?> { [ChosenDatabase.Key] = connection, ["Auth:Keys:Root"] = Root }, TimeProvider.System, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"{data}\n{words}");
        return code;
    }
}
