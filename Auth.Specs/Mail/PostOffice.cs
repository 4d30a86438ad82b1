using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace Auth.Specs.Mail;

/// <summary>What a post office was handed: the envelope and the letter.</summary>
public sealed record Handed(string From, IReadOnlyList<string> To, MimeMessage Letter);

/// <summary>A mail server on a port of this machine, small enough to read: it keeps what it is handed, unless <paramref name="says"/> has another answer to a line.</summary>
/// <param name="says">Asked for every line; the greeting is the line "", the end of a letter the line ".". No answer: the usual one.</param>
public sealed class PostOffice(Func<string, string?>? says = null, X509Certificate2? certificate = null, bool tlsFirst = false) : IAsyncDisposable
{
    /// <summary>Answers of a script that are none: the connection breaks, or nobody says a word.</summary>
    public const string HangUp = "hang up", Silence = "silence";

    /// <summary>The one account it knows.</summary>
    public const string UserName = "mailer", Password = "very-secret-mailer";

    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<Handed> _letters = new();
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _open = Task.CompletedTask;

    /// <summary>Where it is.</summary>
    public int Port => ((IPEndPoint)_door.LocalEndpoint).Port;

    /// <summary>Everything clients said, but for letters.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>What it took.</summary>
    public IReadOnlyCollection<Handed> Letters => _letters;

    /// <summary>When it has fallen silent.</summary>
    public Task Silent => _silent.Task.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>A certificate for 127.0.0.1 that nobody signed.</summary>
    public static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>From now on it serves.</summary>
    public PostOffice Open()
    {
        _door.Start();
        _open = ServeAsync();
        return this;
    }

    private async Task ServeAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true) talks.Add(TalkAsync(await _door.AcceptTcpClientAsync(_closing.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            Stream stream = client.GetStream();
            if (tlsFirst) stream = await SecuredAsync(stream);
            await new Talk(this, stream).RunAsync(_closing.Token);
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
        }
    }

    private async Task<SslStream> SecuredAsync(Stream stream)
    {
        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, _closing.Token);
        return secured;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _open;
        _door.Dispose();
        _closing.Dispose();
    }

    /// <summary>One connection.</summary>
    private sealed class Talk(PostOffice office, Stream stream)
    {
        private readonly List<string> _to = [];
        private Stream _stream = stream;
        private string _from = "";
        private bool _secured = stream is SslStream;

        public async Task RunAsync(CancellationToken ct)
        {
            for (var line = ""; line is not null; line = await ReadAsync(ct))
            {
                office._lines.Enqueue(line);
                var answer = office.Said(line) ?? Usual(line);
                if (!await AnswerAsync(answer, ct) || line is "QUIT") return;
                if (answer[0] is '4' or '5') continue;
                if (line is "STARTTLS") (_stream, _secured) = (await office.SecuredAsync(_stream), true);
                if (line is "DATA" && !await TakeAsync(ct)) return;
            }
        }

        private string Usual(string line) => line.Split(' ', ':')[0].ToUpperInvariant() switch
        {
            "" => "220 post office",
            "EHLO" => $"250-post office\r\n{(office.HasCertificate && !_secured ? "250-STARTTLS\r\n" : "")}250 AUTH PLAIN",
            "AUTH" => line == $"AUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{UserName}\0{Password}"))}" ? "235 welcome" : "535 5.7.8 no such account",
            "STARTTLS" => "220 go ahead",
            "MAIL" => Keep(_from = Path(line)),
            "RCPT" => Keep(Path(line), _to),
            "DATA" => "354 go on",
            "QUIT" => "221 goodbye",
            _ => "250 fine",
        };

        private async Task<bool> TakeAsync(CancellationToken ct)
        {
            var letter = new StringBuilder();
            while (await ReadAsync(ct) is { } line && line != ".") letter.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            office._lines.Enqueue(".");
            var answer = office.Said(".") ?? $"250 queued as {office._letters.Count + 1}";
            if (answer.StartsWith("250", StringComparison.Ordinal))
                office._letters.Enqueue(new(_from, [.. _to], await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(letter.ToString())), ct)));
            return await AnswerAsync(answer, ct);
        }

        /// <summary>False when there is nothing more to say.</summary>
        private async Task<bool> AnswerAsync(string answer, CancellationToken ct)
        {
            if (answer == HangUp) return false;
            if (answer == Silence)
            {
                office._silent.TrySetResult();
                await Task.Delay(Timeout.Infinite, ct);
            }

            await _stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"), ct);
            return true;
        }

        private async Task<string?> ReadAsync(CancellationToken ct)
        {
            var (line, one) = (new List<byte>(), new byte[1]);
            while (await _stream.ReadAsync(one, ct) == 1)
            {
                if (one[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                line.Add(one[0]);
            }

            return null;
        }

        private static string Keep(string path, List<string>? paths = null)
        {
            paths?.Add(path);
            return "250 fine";
        }

        private static string Path(string line) => line.Split('<', '>')[1];
    }

    private bool HasCertificate => certificate is not null;

    private string? Said(string line) => says?.Invoke(line);
}
