using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Auth.Host.Database;

/// <summary>The server of one data folder: a unix socket only we can reach, or loopback on Windows.</summary>
internal sealed class ClusterServer(PostgresBinaries binaries, string data)
{
    // sun_path holds 107 bytes (103 on macOS), and the file is called .s.PGSQL.5432.
    private const int LongestSocketFolder = 85, SocketPort = 5432;

    /// <summary>Folder of the socket, or the address.</summary>
    internal string Host { get; private set; } = "";

    internal int Port { get; private set; } = SocketPort;

    /// <summary>False when it runs already.</summary>
    internal async Task<bool> Start(CancellationToken ct)
    {
        ForgetStranger();
        if (await Runs(ct))
        {
            await Find(ct);
            return false;
        }

        var (where, log) = (await Listening(ct), Path.Combine(data, "server.log"));
        if (new FileInfo(log) is { Exists: true, Length: > 10_000_000 }) File.Delete(log);
        var options = $"{where} -c fsync=on -c synchronous_commit=on -c max_connections=200 -c timezone=UTC -c log_timezone=UTC";
        for (var attempt = 1; ; attempt++)
        {
            // pg_ctl gives the server a session of its own, so Ctrl-C in our terminal does not reach it.
            var started = await Command.Run(binaries.PgCtl, ServerUser.Name, ct, "start", "-D", data, "-l", log, "-w", "-t", "120", "-s", "-o", options);
            if (started.Succeeded) break;
            // After a crash the dead server's children may hold its memory for a moment.
            if (attempt == 5) throw new NoDatabaseException($"The private database in {data} does not start{ServerUser.Told}:\n{started.Story}\n{LastLines(log)}");
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
        }

        await Find(ct);
        return true;
    }

    /// <summary>Stops it; <c>immediate</c> leaves nothing worth keeping, and does not wait for a checkpoint.</summary>
    internal async Task Stop(string mode = "fast")
    {
        var socket = File.Exists(Pid) ? File.ReadLines(Pid).ElementAtOrDefault(4) ?? "" : "";
        // The pool would hand out connections that are gone.
        NpgsqlConnection.ClearAllPools();
        await Command.Run(binaries.PgCtl, ServerUser.Name, CancellationToken.None, "stop", "-D", data, "-m", mode, "-w", "-t", "60", "-s");
        if (socket.StartsWith(SocketFolders, StringComparison.Ordinal) && Directory.Exists(socket)) Directory.Delete(socket, recursive: true);
    }

    private async Task<bool> Runs(CancellationToken ct) => (await Command.Run(binaries.PgCtl, ServerUser.Name, ct, "status", "-D", data)).Succeeded;

    /// <summary>postmaster.pid: process, folder, start, port, socket folder, address, shared memory, state.</summary>
    private async Task Find(CancellationToken ct)
    {
        string[] lines;
        while ((lines = File.Exists(Pid) ? await File.ReadAllLinesAsync(Pid, ct) : []) is not [_, _, _, _, _, _, _, { } state, ..] || state.Trim() != "ready")
        {
            if (!await Runs(ct)) throw new NoDatabaseException($"The private database in {data} stopped while it was starting:\n{LastLines(Path.Combine(data, "server.log"))}");
            await Task.Delay(50, ct);
        }

        Port = int.Parse(lines[3]);
        Host = lines[4].Trim() is { Length: > 0 } socket ? socket : lines[5].Trim();
    }

    private async Task<string> Listening(CancellationToken ct)
    {
        if (OperatingSystem.IsWindows()) return $"-c listen_addresses=127.0.0.1 -c port={FreePort()}";
        var plain = data.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_');
        return $"-c listen_addresses= -c port={SocketPort} -c unix_socket_directories={(plain && data.Length <= LongestSocketFolder ? data : await ShortFolder(ct))}";
    }

    private const string SocketFolders = "/tmp/auth-pg-";

    /// <summary>A new folder of the server's user, mode 0700.</summary>
    private static async Task<string> ShortFolder(CancellationToken ct) =>
        await Command.Run("mktemp", ServerUser.Name, ct, "-d", SocketFolders + "XXXXXXXX") is { Succeeded: true } made
            ? made.Out
            : throw new NoDatabaseException("No folder for the private database's socket could be made in /tmp.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Pid => Path.Combine(data, "postmaster.pid");

    /// <summary>A number left by a server that is long gone may by now belong to some other program of ours, and pg_ctl would take that for the server.</summary>
    private void ForgetStranger()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Pid)) return;
        var name = $"/proc/{File.ReadLines(Pid).FirstOrDefault()?.Trim()}/comm";
        if (File.Exists(name) && !File.ReadAllText(name).StartsWith("postgres", StringComparison.Ordinal)) File.Delete(Pid);
    }

    private static string LastLines(string log) => File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(5)) : "";
}
