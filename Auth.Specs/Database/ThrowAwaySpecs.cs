using Auth.Specs.Given;
using Npgsql;

namespace Auth.Specs.Database;

/// <summary>The cluster of the specs themselves.</summary>
public class ThrowAwaySpecs
{
    [Fact]
    public async Task a_database_can_be_a_copy_of_another()
    {
        var original = await ThrowAwayCluster.CreateDatabase("original");
        await Run(original, "CREATE TABLE kept AS SELECT 42 AS answer");

        (await Run(await ThrowAwayCluster.CreateDatabase("copy", template: "original"), "SELECT answer FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task a_folder_that_nobody_claims_any_more_is_deleted_and_a_claimed_one_is_not()
    {
        await using var machine = new EmptyMachine();
        var (abandoned, alive) = (Directory.CreateDirectory(Path.Combine(machine.Folder, "x", "abandoned")), Directory.CreateDirectory(Path.Combine(machine.Folder, "x", "alive")));
        await using (Leftovers.Claim(abandoned.FullName)) { }
        await using var claim = Leftovers.Claim(alive.FullName);

        await Leftovers.Clean(Path.Combine(machine.Folder, "x"));
        Directory.GetDirectories(Path.Combine(machine.Folder, "x")).ShouldBe([alive.FullName]);
    }

    private static async Task<object?> Run(string database, string question)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(question, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
