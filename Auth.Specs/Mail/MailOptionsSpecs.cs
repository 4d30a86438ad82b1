using Auth.Host.Delivery.FakeMail;
using Auth.Host.Delivery.Mail;
using Auth.Specs.Http;
using Auth.Specs.Sms;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Auth.Specs.Mail;

/// <summary>A host that could not mail says so when it starts, and names the key; one that nobody told about a server does not mail.</summary>
public class MailOptionsSpecs
{
    private static readonly (string, string?)[] Fine = [("Auth:Mail:Host", "mail.example.com"), ("Auth:Mail:From", "Auth <noreply@example.com>")];

    [Fact]
    public void a_server_and_a_sender_are_enough()
    {
        Complaints("Production", Fine).ShouldBeEmpty();
        Complaints("Production", [.. Fine, ("Auth:Mail:Security", "tls"), ("Auth:Mail:UserName", "u"), ("Auth:Mail:Password", "p")]).ShouldBeEmpty();
        Complaints("Production", ("Auth:Mail:Host", "127.0.0.1"), ("Auth:Mail:Security", "None"), ("Auth:Mail:From", "noreply@example.com")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Auth:Mail:Host is missing, while Auth:Mail:From", "Host=")]
    [InlineData("Auth:Mail:Host is not the name", "Host=mail example")]
    [InlineData("Auth:Mail:Port must be", "Port=70000")]
    [InlineData("Auth:Mail:Security is not one of StartTls, Tls, None", "Security=1")]
    [InlineData("Auth:Mail:Security may be None only", "Security=None")]
    [InlineData("Auth:Mail:Password is missing", "UserName=u")]
    [InlineData("Auth:Mail:UserName is missing", "Password=very-secret")]
    [InlineData("Auth:Mail:From is missing", "From=")]
    [InlineData("Auth:Mail:From is not a sender", "From=noreply")]
    [InlineData("Auth:Mail:From is not a sender", "From=a@example.com\r\nBcc: b@example.com")]
    [InlineData("Auth:Mail:Timeout must be", "Timeout=00:03:00")]
    public void what_does_not_fit_is_named(string complaint, string setting)
    {
        var told = Complaints("Production", [.. Fine.Where(fine => !fine.Item1.EndsWith(setting.Split('=')[0])), ($"Auth:Mail:{setting.Split('=')[0]}", setting.Split('=', 2)[1])]).ShouldHaveSingleItem();
        told.ShouldContain(complaint);
        told.ShouldNotContain("very-secret");
    }

    [Fact]
    public async Task without_a_server_production_starts_and_mails_nothing()
    {
        Complaints("Production").ShouldBeEmpty();
        var sender = Built("Production").Services.GetRequiredService<IMailSender>();

        sender.IsConfigured.ShouldBeFalse();
        (await sender.SendAsync(Posting.Letter, TestContext.Current.CancellationToken)).ShouldBe(new MailReceipt.Refused("not_configured", Permanent: true));
    }

    [Fact]
    public void a_configured_server_is_used_in_development_too() =>
        Built("Development", Fine).Services.GetRequiredService<IMailSender>().ShouldBeOfType<SmtpMailSender>().IsConfigured.ShouldBeTrue();

    [Fact]
    public void the_fake_is_refused_in_production()
    {
        Should.Throw<InvalidOperationException>(() => Built("Production", ("Auth:Mail:Fake", "true"))).Message.ShouldContain("Auth:Mail:Fake");
        var app = Built("Production");
        app.MapFakeMail();
        ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).ShouldBeEmpty();
    }

    private static IEnumerable<string> Complaints(string environment, params (string, string?)[] settings)
    {
        try
        {
            _ = Built(environment, settings).Services.GetRequiredService<IOptions<MailOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException no)
        {
            return no.Failures;
        }
    }

    private static WebApplication Built(string environment, params (string, string?)[] settings)
    {
        var builder = FakeHost.Bare(environment, new LogBook(), settings);
        builder.AddMail();
        builder.AddFakeMail();
        return builder.Build();
    }
}
