using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Auth.Specs.Given;

/// <summary>Auth.Host as a process of its own, from the build beside the specs.</summary>
public sealed class HostProcess : IReachable, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly StringBuilder _words = new();

    private HostProcess(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <inheritdoc />
    public HttpClient Connect() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>What it said so far, on both outputs.</summary>
    public string Words
    {
        get { lock (_words) return _words.ToString(); }
    }

    /// <summary>Starts it with those settings; as root, <paramref name="user"/> may be somebody else, with programs they can read.</summary>
    public static HostProcess Start(
        IReadOnlyDictionary<string, string?> settings, string environment = "Development", string? user = null, string? programs = null, string? path = null, params string[] verb)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(Dotnet, [Path.Combine(programs ?? AppContext.BaseDirectory, "Auth.Host.dll"), .. verb])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = programs ?? AppContext.BaseDirectory,
        };
        if (user is not null) start.UserName = user;
        if (path is not null) start.Environment["PATH"] = path;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = start.Environment["DOTNET_ENVIRONMENT"] = environment;
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        if (environment == "Development") start.Environment["Auth__PublicUrl"] = address.ToString();
        foreach (var (key, value) in settings) start.Environment[key.Replace(":", "__")] = value;

        var host = new HostProcess(new Process { StartInfo = start }, address);
        host._process.OutputDataReceived += (_, line) => host.Hear(line.Data);
        host._process.ErrorDataReceived += (_, line) => host.Hear(line.Data);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>The number of its process.</summary>
    public int Id => _process.Id;

    /// <summary>Waits until it accepts connections; fails with its words when it ends before.</summary>
    public async Task<HostProcess> Listening()
    {
        var since = Stopwatch.GetTimestamp();
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await Answers())
        {
            if (Stopwatch.GetElapsedTime(since) > Patience) throw new TimeoutException($"The host does not listen:\n{Words}");
            if (_process.HasExited) throw new InvalidOperationException($"The host ended with {_process.ExitCode}:\n{Words}");
            await again.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return this;
    }

    /// <summary>Waits for its end and tells its exit code; a host that does not end is a failure, not a wait without end.</summary>
    public async Task<int> Exit()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ctrl-C, as a terminal sends it to this one process.</summary>
    public async Task<int> Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{Id}"]);
        return await Exit();
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Address.Host, Address.Port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Hear(string? line)
    {
        lock (_words) _words.AppendLine(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The program that runs us: three folders above the framework's.</summary>
    internal static string Dotnet =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
