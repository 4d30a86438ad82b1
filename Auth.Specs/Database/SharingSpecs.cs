using System.Diagnostics;
using Auth.Host.Database;
using Auth.Specs.Given;

namespace Auth.Specs.Database;

/// <summary>Hosts come and go, and are killed; the data stays.</summary>
public class SharingSpecs
{
    [Fact]
    public async Task what_one_run_wrote_the_next_one_reads()
    {
        await using var machine = new EmptyMachine();
        await using (var first = await machine.Resolve()) await WaysSpecs.Ask(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        machine.Server.ShouldBeNull();

        await using var second = await machine.Resolve();
        (await WaysSpecs.Ask(second, "SELECT answer FROM kept")).ShouldBe("42");
    }

    [Fact]
    public async Task two_hosts_share_one_server_and_the_last_one_stops_it()
    {
        await using var machine = new EmptyMachine();
        var hosts = await Task.WhenAll(machine.Resolve(), machine.Resolve());

        hosts[0].ConnectionString.ShouldBe(hosts[1].ConnectionString);
        hosts.Count(host => host.How.Contains("shared")).ShouldBe(1);

        await hosts[0].DisposeAsync();
        (await WaysSpecs.Ask(hosts[1], "SELECT 1")).ShouldBe("1");
        await hosts[1].DisposeAsync();
        machine.Server.ShouldBeNull();
    }

    [Fact]
    public async Task a_host_that_is_interrupted_stops_its_server()
    {
        await using var machine = new EmptyMachine();
        await using var host = await HostProcess.Start(machine.Settings).Listening();
        machine.Server.ShouldNotBeNull();

        await host.Interrupt();
        machine.Server.ShouldBeNull();
    }

    [Fact]
    public async Task what_a_killed_host_leaves_running_is_taken_over_and_then_stopped()
    {
        await using var machine = new EmptyMachine();
        await using var host = await HostProcess.Start(machine.Settings).Listening();
        var server = machine.Server;
        await host.Kill();

        await using (var next = await machine.Resolve())
        {
            machine.Server.ShouldBe(server);
            (await WaysSpecs.Ask(next, "SELECT 1")).ShouldBe("1");
        }

        machine.Server.ShouldBeNull();
    }

    [Fact]
    public async Task a_server_that_was_killed_is_started_again_with_all_that_was_committed()
    {
        await using var machine = new EmptyMachine();
        await using (var first = await machine.Resolve())
        {
            await WaysSpecs.Ask(first, "CREATE TABLE kept AS SELECT 42 AS answer");
            Process.GetProcessById(machine.Server!.Value).Kill();
        }

        await using var second = await machine.Resolve();
        (await WaysSpecs.Ask(second, "SELECT answer FROM kept")).ShouldBe("42");
    }

    [Fact]
    public async Task control_c_in_the_terminal_does_not_reach_the_server()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sessions are read from /proc.");
        await using var machine = new EmptyMachine();
        await using var database = await machine.Resolve();

        Session(machine.Server!.Value).ShouldBe(machine.Server.Value);
    }

    [Fact]
    public async Task a_folder_too_long_for_a_socket_gets_a_short_one_that_goes_with_the_server()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no unix sockets here.");
        await using var machine = new EmptyMachine();
        var folder = Path.Combine(machine.Folder, "pg", $"with spaces, {new string('x', 80)}");

        string socket;
        await using (var cluster = await PrivateCluster.Join(await ThrowAwayCluster.Binaries(), folder, TestContext.Current.CancellationToken))
        {
            socket = new Npgsql.NpgsqlConnectionStringBuilder(await cluster.CreateDatabase("auth", null, TestContext.Current.CancellationToken)).Host!;
            Directory.Exists(socket).ShouldBeTrue();
        }

        Directory.Exists(socket).ShouldBeFalse();
    }

    /// <summary>The sixth word of /proc/…/stat, counted after the name, which may hold spaces.</summary>
    private static int Session(int process) => int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[3]);
}
