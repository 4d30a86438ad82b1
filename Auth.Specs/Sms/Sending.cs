using Auth.Host.Delivery.Sms;
using Auth.Specs.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Sms;

/// <summary>The real client on the other side of the wire, set up by configuration and nothing else.</summary>
public sealed class Sending : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private Sending(ServiceProvider services, JumpingClock clock, LogBook log) => (this.services, Clock, Log) = (services, clock, log);

    public JumpingClock Clock { get; }

    public LogBook Log { get; }

    /// <summary>Its time-out is a minute, so that the clock jumps over every other wait.</summary>
    public static Sending To(Uri address, params (string Key, string? Value)[] settings)
    {
        var (clock, log) = (new JumpingClock(), new LogBook());
        var builder = FakeHost.Bare("Development", log,
            [.. new (string, string?)[] { ("Sinch:SmsBaseAddress", address.AbsoluteUri), ("Sinch:AuthBaseAddress", address.AbsoluteUri), ("Sinch:From", "+12015550100"), ("Sinch:Timeout", "00:01:00") }, .. settings]);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddSms();
        return new(builder.Services.BuildServiceProvider(), clock, log);
    }

    public Task<SmsReceipt> Send(SmsMessage text) => services.GetRequiredService<ISmsSender>().SendAsync(text, TestContext.Current.CancellationToken);

    /// <summary>A text with a code in it, and a reference that no other spec has.</summary>
    public static SmsMessage Text(string to, string code = "482916") =>
        new(to, $"{code} is your Acme code.\n\n@localhost #{code}", $"ver_{Guid.CreateVersion7():N}", JumpingClock.NineOClock.AddMinutes(10));

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
