using System.Security.Cryptography.X509Certificates;
using Auth.Host.Delivery.Mail;
using Auth.Specs.Http;
using Auth.Specs.Sms;
using MailKit.Net.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Auth.Specs.Mail;

/// <summary>The real client, set up by configuration and nothing else, but that it trusts one more certificate.</summary>
public sealed class Posting : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly LogBook _log;

    private Posting(ServiceProvider services, FakeTimeProvider clock, LogBook log) => (_services, Clock, _log) = (services, clock, log);

    /// <summary>Stands still unless it is moved.</summary>
    public FakeTimeProvider Clock { get; }

    /// <summary>All that was logged.</summary>
    public string Log => string.Join('\n', _log.Lines.Select(line => line.Text));

    /// <summary>Whether an operator was called.</summary>
    public bool Alarmed => _log.Lines.Any(line => line.Level == LogLevel.Critical);

    /// <summary>A client for that office; settings given later win.</summary>
    public static Posting To(PostOffice office, X509Certificate2? trusted, params (string Key, string? Value)[] settings)
    {
        var (clock, log) = (new FakeTimeProvider(Given.People.NineOClock), new LogBook());
        (string, string?)[] usual = [("Auth:Mail:Host", "127.0.0.1"), ("Auth:Mail:Port", $"{office.Port}"), ("Auth:Mail:Security", "None"), ("Auth:Mail:From", "noreply@example.com")];
        var builder = FakeHost.Bare("Development", log, [.. usual.Concat(settings).GroupBy(setting => setting.Item1).Select(setting => setting.Last())]);
        builder.Services.AddSingleton<TimeProvider>(clock);
        if (trusted is not null)
            builder.Services.AddSingleton<Func<SmtpClient>>(() => new SmtpClient { ServerCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == trusted.GetCertHashString() });
        builder.AddMail();
        return new(builder.Services.BuildServiceProvider(), clock, log);
    }

    /// <summary>A client that trusts nobody in particular.</summary>
    public static Posting To(PostOffice office, params (string Key, string? Value)[] settings) => To(office, null, settings);

    /// <summary>A mail with a code in it.</summary>
    public static MailMessage Letter { get; } =
        new("quokka7391@example.com", "482916 is your Acme code", "482916 is your Acme code to sign in.\n\n@localhost #482916", "<p>482916</p>", "ver_7391", Given.People.NineOClock.AddMinutes(5));

    /// <summary>One try.</summary>
    public Task<MailReceipt> Send(MailMessage? letter = null) => _services.GetRequiredService<IMailSender>().SendAsync(letter ?? Letter, TestContext.Current.CancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
