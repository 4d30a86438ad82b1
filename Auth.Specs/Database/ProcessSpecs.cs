using System.Diagnostics;
using Auth.Host.Database;
using Auth.Specs.Given;

namespace Auth.Specs.Database;

/// <summary>What the person at the keyboard, or the supervisor of the process, gets to see.</summary>
public class ProcessSpecs
{
    [Fact]
    public async Task production_without_a_connection_string_ends_with_78_and_says_what_to_set()
    {
        await using var machine = new EmptyMachine();
        await using var host = HostProcess.Start(machine.Settings, "Production");

        (await host.Exit()).ShouldBe(NoDatabaseException.ExitCode);
        host.Words.ShouldContain("ConnectionStrings__Auth");
    }

    [Fact]
    public async Task without_programs_and_without_npm_it_ends_with_78_and_lines_to_paste()
    {
        await using var machine = new EmptyMachine().With("Auth:Postgres:UseInstalled", "false");
        await using var host = HostProcess.Start(machine.Settings, path: machine.Folder);

        (await host.Exit()).ShouldBe(NoDatabaseException.ExitCode);
        host.Words.ShouldContain("apt-get install -y postgresql");
        host.Words.ShouldContain("Auth__Postgres__BinDir");
    }

    [Fact]
    public async Task root_hands_the_server_to_a_user_without_rights()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root has somebody to hand it to.");
        await using var machine = new EmptyMachine();
        await using var database = await machine.Resolve();

        OwnerOf(machine.Server!.Value).ShouldNotBe("root");
        database.How.ShouldContain($"as {ServerUser.Name}");
    }

    [Fact]
    public async Task an_ordinary_user_runs_it_under_their_own_name_in_their_own_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "An ordinary user is what all the other specs run as.");
        await using var machine = new EmptyMachine();
        var programs = Readable(machine.Folder);
        var home = Directory.CreateDirectory(Path.Combine(machine.Folder, "home")).FullName;
        Shell($"chown nobody '{home}'");
        Assert.SkipUnless(Shell($"runuser -u nobody -- test -x '{HostProcess.Dotnet}'") == 0, "The SDK of this machine is not for everybody.");

        await using var host = await HostProcess.Start(
            new Dictionary<string, string?> { ["HOME"] = home, ["XDG_DATA_HOME"] = home, ["DOTNET_CLI_HOME"] = home, ["TMPDIR"] = home }, user: "nobody", programs: programs).Listening();

        machine.Server.ShouldNotBeNull(host.Words);
        OwnerOf(machine.Server.Value).ShouldBe("nobody");
        host.Words.ShouldContain($"in {home}/auth/pg/");
        await host.Interrupt();
        machine.Server.ShouldBeNull();
    }

    /// <summary>The build beside the specs, where everybody can read it: a clone may be in a folder that is private.</summary>
    private static string Readable(string folder)
    {
        var copy = AuthFolder.Make(folder, "programs");
        Shell($"cd '{AppContext.BaseDirectory}' && cp -r *.dll *.json runtimes '{copy}' 2>/dev/null; chmod -R a+rX '{copy}'");
        return copy;
    }

    private static string OwnerOf(int process)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%U", $"/proc/{process}"]) { RedirectStandardOutput = true })!;
        return stat.StandardOutput.ReadToEnd().Trim();
    }

    private static int Shell(string line)
    {
        using var shell = Process.Start("/bin/sh", ["-c", line]);
        shell.WaitForExit();
        return shell.ExitCode;
    }
}
